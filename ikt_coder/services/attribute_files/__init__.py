"""Attributes from .csv and .xlsx files, looked at before anything is written, and to files."""
