"""The vocabulary of rounds of coding: modes, units, statuses, differences and decisions.

Stored by value and worded by each screen or export.
"""

from __future__ import annotations

from enum import StrEnum


class RoundMode(StrEnum):
    """How coders work in a round. Only blind coding is independent, and only it gives a
    coefficient."""

    BLIND = "blind"
    VERIFY = "verify"
    OPEN = "open"


class Unit(StrEnum):
    """What agreement is counted in; ``FIXED`` has a length in characters."""

    CHARACTERS = "characters"
    TOKENS = "tokens"
    SENTENCES = "sentences"
    TURNS = "turns"
    PARAGRAPHS = "paragraphs"
    FIXED = "fixed"
    DOCUMENTS = "documents"


class Projection(StrEnum):
    """When a larger unit counts as coded: any, at least half, or all of its characters."""

    ANY = "any"
    HALF = "half"
    ALL = "all"


class Scope(StrEnum):
    """Which text is in question."""

    WHOLE = "whole"
    RESPONDENTS = "respondents"
    SELECTION = "selection"


class Task(StrEnum):
    """What a coder does with a document in a round."""

    CODE = "code"
    VERIFY = "verify"


class Batch(StrEnum):
    """Which part of a round a document is in: a round can settle the first few before the
    rest is coded (all: it does not)."""

    ALL = "all"
    FIRST = "first"
    REST = "rest"


class AssignmentStatus(StrEnum):
    """How far a coder is with a document. Only *finished* gives data."""

    NOT_ASSIGNED = "not_assigned"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    FINISHED = "finished"


class RoundEventKind(StrEnum):
    """What is logged of a round and of a project's copies, beside the history."""

    SET_UP = "set_up"
    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"
    FINISHED = "finished"
    REOPENED = "reopened"
    UNSEALED = "unsealed"
    SWITCHED = "switched"  # another coder sat down during a sealed round
    STATISTIC = "statistic"  # a figure was computed and given out
    COPIED = "copied"  # a coder's copy was written
    MERGED = "merged"  # a copy came back
    CLOSED = "closed"


class DifferenceKind(StrEnum):
    """How two or more coders' segments of a document stand to each other."""

    MATCH = "match"
    BOUNDARY = "boundary"
    DIFFERENT_CODE = "different_code"
    ATTRIBUTE = "attribute"
    ONE_SIDE = "one_side"
    SPLIT = "split"
    FIRST_CODER = "first_coder"  # code and verify: a coding of the first coder
    MISSED = "missed"  # code and verify: what the second coder added


class DecisionKind(StrEnum):
    """What people decided about an item. A decision is never changed; a later one replaces
    it."""

    KEEP = "keep"  # one coder's version; ``kept`` says whose
    BOTH = "both"
    EDGES = "edges"  # one coding with union, intersection or edges of its own
    OTHER_CODE = "other_code"
    NEITHER = "neither"
    DEFER = "defer"  # to the adjudicator
    UNCLEAR = "unclear"  # the codebook has to say more first
    ACCEPT = "accept"  # code and verify, from here on
    CHANGE_EDGES = "change_edges"
    CHANGE_CODE = "change_code"
    REMOVE = "remove"
    ADD = "add"
    WITHDRAW = "withdraw"  # the item is open again

    @property
    def settles(self) -> bool:
        """Whether the item needs nobody any more."""
        return self not in (DecisionKind.DEFER, DecisionKind.UNCLEAR, DecisionKind.WITHDRAW)


class ReasonCategory(StrEnum):
    """Why coders differed."""

    OVERSIGHT = "oversight"
    BOUNDARY = "boundary"
    DEFINITION = "definition"
    INTERPRETATION = "interpretation"
    TECHNICAL = "technical"


class NoteKind(StrEnum):
    """What a coder writes on an item beside the decision."""

    COMMENT = "comment"  # for the one who adjudicates
    DISSENT = "dissent"  # the coder does not share the decision


DECIDED = "decided"
"""The parameter of an act that tells its decisions by their numbers: after, and up to."""
