"""What stands there before a project is open."""
