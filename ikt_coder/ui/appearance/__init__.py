"""How the window looks: colours, type, icons, focus. Nothing here knows the project."""
