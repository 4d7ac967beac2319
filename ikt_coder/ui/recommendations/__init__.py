"""From barriers to what could be done about them."""
