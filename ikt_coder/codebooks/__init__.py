"""Preset frameworks as data: levels, codebooks, dimensions, and crosswalks between them."""
