"""The history: who did what and when, and the way back."""
