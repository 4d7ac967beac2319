"""The Themes place: a board and an outline of themes, their fields, and the theme table."""
