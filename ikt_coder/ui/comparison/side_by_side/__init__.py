"""Whole documents with the codings of two or three coders beside each other."""
