"""Agreement between coders: pure statistics on frozen codings. No screen, no database."""
