"""Tests of crosswalks, drawn links and what codings lead to."""
