"""Speeds a user should feel, measured through the services and the real window."""
