"""Going through the differences of a round and deciding them."""
