"""Backups, restore points, and checking the project file."""
