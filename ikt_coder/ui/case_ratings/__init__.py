"""Case ratings: constructs by cases from −2 to +2."""
