"""The Reports place: every report of the catalogue, previewed and written."""
