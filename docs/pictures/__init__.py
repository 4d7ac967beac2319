"""The pictures of the README and the documentation, and the command that makes them."""
