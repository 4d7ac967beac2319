"""Memos: writing one at its place, and reading them all."""
