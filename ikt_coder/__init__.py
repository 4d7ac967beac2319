"""IKT Coder: qualitative thematic coding of interviews."""

__version__ = "0.1.0"
