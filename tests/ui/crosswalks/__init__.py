"""Tests of the Crosswalks page."""
