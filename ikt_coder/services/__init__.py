"""The only writers. Plain arguments in, frozen rows out; no screen, no printing."""
