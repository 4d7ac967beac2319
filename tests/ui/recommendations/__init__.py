"""Tests of the Recommendations page."""
