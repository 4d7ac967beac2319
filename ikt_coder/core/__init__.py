"""Pure rules of the field: spans, text, trees, changes, tables. Standard library only."""
