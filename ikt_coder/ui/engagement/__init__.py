"""The engagement log: who took part in the research, when, how, and what came of it."""
