"""The settings and the keys, as dialogs."""
