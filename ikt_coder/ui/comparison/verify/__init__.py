"""The Verify page: the second coder goes through what the first one coded."""
