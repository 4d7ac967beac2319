"""The Codebook place and what leads to it."""
