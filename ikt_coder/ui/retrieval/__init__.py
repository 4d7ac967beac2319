"""Lists of passages."""
