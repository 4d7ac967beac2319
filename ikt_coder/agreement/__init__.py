"""Agreement between coders: pure statistics on frozen codings."""
