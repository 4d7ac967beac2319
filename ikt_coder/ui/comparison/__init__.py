"""The Compare place: rounds, agreement, side by side, settling, verifying."""
