"""The framework matrix: cases by codes or themes, written by hand."""
