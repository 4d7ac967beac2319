"""Belief statements and the relevance of domains."""
