"""What words a text is made of: folding, patterns, sentences, tokens, lemmas, frequencies.
Texts in, frozen values out; the only place that imports spaCy."""
