"""Rounds on screen: setting them up, who is how far, finishing, reopening, unsealing."""
