"""Tests of the Reports place."""
