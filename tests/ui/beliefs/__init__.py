"""Tests of the Beliefs page."""
