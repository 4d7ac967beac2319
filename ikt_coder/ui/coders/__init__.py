"""Who codes."""
