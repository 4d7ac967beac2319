"""The user guide in a window beside the work."""
