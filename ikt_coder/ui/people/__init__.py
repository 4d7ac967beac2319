"""Participants, consent, whose words are whose, and withdrawing."""
