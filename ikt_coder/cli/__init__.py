"""The command line: one file per command. A command calls services and prints."""
