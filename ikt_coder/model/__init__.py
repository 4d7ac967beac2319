"""The stored entities, one file per noun; no queries here."""
