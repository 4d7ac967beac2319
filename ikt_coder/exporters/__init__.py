"""Writers of files: one module per format, each takes the neutral tables of ``core.table``."""
