"""Seeded sentences that look like speech, for texts of any length."""

from __future__ import annotations

import random

_WHO = [
    "the coordinator",
    "my sister",
    "the panel",
    "our nurse",
    "a colleague",
    "the ministry",
    "somebody",
]
_DID = [
    "phoned me about",
    "explained",
    "never mentioned",
    "argued over",
    "paid for",
    "forgot",
    "brought along",
    "changed",
    "asked what I thought of",
    "wrote down",
    "read out",
]
_WHAT = [
    "the agenda",
    "the second meeting",
    "the consent form",
    "the slides",
    "the money",
    "our old clinic",
    "the plain summary",
    "the waiting list",
    "the train times",
    "that question",
]
_HOW = [
    "before anyone else had spoken",
    "on a Tuesday",
    "without being asked",
    "as if it were nothing",
    "and that settled it",
    "which surprised me",
    "so we stayed quiet",
    "three weeks too late",
    "with the door open",
    "and I said so",
]


def sentence(rng: random.Random) -> str:
    words = f"{rng.choice(_WHO)} {rng.choice(_DID)} {rng.choice(_WHAT)} {rng.choice(_HOW)}."
    return words[0].upper() + words[1:]


def paragraph(rng: random.Random, words: int) -> str:
    """Sentences of about so many words in all."""
    made: list[str] = []
    count = 0
    while count < words:
        made.append(sentence(rng))
        count += len(made[-1].split())
    return " ".join(made)
