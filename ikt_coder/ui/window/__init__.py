"""The parts of the main window: its frame, menus, session, backups, undo and coder."""
