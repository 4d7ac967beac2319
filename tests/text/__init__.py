"""Tests of the text services."""
