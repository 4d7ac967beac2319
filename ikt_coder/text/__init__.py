"""Sentences, tokens, lemmas and phrases of a text; the only place that knows spaCy."""
