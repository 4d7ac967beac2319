"""The field's fixed vocabularies, stored by value and worded by each screen or export."""

from __future__ import annotations

from enum import StrEnum


class Approach(StrEnum):
    """Sets defaults only (method.md); can change any day."""

    REFLEXIVE = "reflexive"
    CODEBOOK = "codebook"
    RELIABILITY = "reliability"
    UNDECIDED = "undecided"


class WordPair(StrEnum):
    """The project's words for the two directions of valence."""

    BARRIERS_FACILITATORS = "barriers_facilitators"
    BARRIERS_ENABLERS = "barriers_enablers"
    HINDERS_HELPS = "hinders_helps"


class Role(StrEnum):
    """A coder's role."""

    RESEARCHER = "researcher"
    TRAINEE = "trainee"
    SUPERVISOR = "supervisor"
    KNOWLEDGE_USER = "knowledge_user"
    ADJUDICATOR = "adjudicator"
    FACILITATOR = "facilitator"


class DocumentStatus(StrEnum):
    TO_DO = "to_do"
    IN_PROGRESS = "in_progress"
    CODED = "coded"


class Consent(StrEnum):
    """What a participant agreed to for their words."""

    QUOTE = "quote"
    PARAPHRASE = "paraphrase"
    NONE = "none"


class Valence(StrEnum):
    """Direction of a coding; None stands for *not set*. Mixed is not neutral."""

    BARRIER = "barrier"
    FACILITATOR = "facilitator"
    MIXED = "mixed"
    NEUTRAL = "neutral"

    @property
    def sign(self) -> str:
        return {"barrier": "−", "facilitator": "+", "mixed": "±", "neutral": "○"}[self.value]


class Origin(StrEnum):
    """How a coding came about."""

    HAND = "hand"
    REPEAT = "repeat"
    SEARCH = "search"
    IMPORT = "import"
    MERGE = "merge"
    SUGGESTION = "suggestion"


class Basis(StrEnum):
    EXPLICIT = "explicit"
    INFERRED = "inferred"


class Flag(StrEnum):
    """Marks a coding can carry."""

    UNSURE = "unsure"
    STAR = "star"
    PARAPHRASE_ONLY = "paraphrase_only"
    DO_NOT_QUOTE = "do_not_quote"


class MemoKind(StrEnum):
    """Set by place, never asked."""

    NOTE = "note"
    RULE = "rule"
    ANALYTIC = "analytic"
    REFLEXIVE = "reflexive"
    PROJECT = "project"


class ThemeStatus(StrEnum):
    CANDIDATE = "candidate"
    UNDER_REVIEW = "under_review"
    DEFINED = "defined"
    SET_ASIDE = "set_aside"


class Stance(StrEnum):
    """What a coding says to a theme."""

    SUPPORTS = "supports"
    QUALIFIES = "qualifies"
    CONTRADICTS = "contradicts"


class LinkKind(StrEnum):
    """How two themes stand to each other."""

    RECIPROCAL = "reciprocal"
    CONTRAST = "contrast"
    LEADS_TO = "leads_to"


class Subject(StrEnum):
    """What an attribute is an attribute of."""

    PARTICIPANT = "participant"
    DOCUMENT = "document"
    STUDY = "study"

    @property
    def plural(self) -> str:
        return "studies" if self is Subject.STUDY else f"{self.value}s"


class AttributeKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"


class Whose(StrEnum):
    """Whose codings a transcript shows."""

    MINE = "mine"
    EVERYONE = "everyone"
    LAYER = "layer"


class Layer(StrEnum):
    """Whose codings: the coders' own, or the settled Consensus (a layer, not a coder)."""

    CODER = "coder"
    CONSENSUS = "consensus"


class FrameworkKind(StrEnum):
    """Decides where a framework's nodes go (method.md, What attaches where)."""

    CODEBOOK = "codebook"
    LEVEL_SCHEME = "level_scheme"
    DIMENSION_SET = "dimension_set"
    ORDINAL_SCALE = "ordinal_scale"
    CHARTING_SET = "charting_set"
    PROCESS = "process"
    CHECKLIST = "checklist"
    CROSSWALK = "crosswalk"
    RATING_FORM = "rating_form"
    EXAMPLE = "example"


class Pattern(StrEnum):
    """Stripe pattern, the second sign beside a code's colour."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"
