"""Ratings from outside: plain JSON data in, coefficients by name out."""
