"""Where codes lead: codings that wait for a choice, the counts, sources and drawn links."""
