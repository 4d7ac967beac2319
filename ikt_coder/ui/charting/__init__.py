"""Charting: the form filled in for each document, its counts, and the place around it."""
