"""Searching the texts, and the words they are made of."""
