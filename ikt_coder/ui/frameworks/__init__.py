"""The gallery of preset frameworks."""
