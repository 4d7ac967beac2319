"""Words that were said, wherever people quoted them: finding them and taking them out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from ikt_coder.core.frozen import frozen
from ikt_coder.core.span import Span, unite
from ikt_coder.model import (
    Attribute,
    AttributeValue,
    Behaviour,
    Belief,
    CaseRating,
    Chart,
    ChartAnswer,
    ChartCheck,
    ChartField,
    ChartOption,
    ChecklistAnswer,
    Code,
    CodeLink,
    Coder,
    Coding,
    Document,
    EngagementEvent,
    EventLink,
    EventUser,
    Folder,
    FrameworkMatrix,
    GlossaryTerm,
    GuideQuestion,
    Level,
    ListTerm,
    MatrixCell,
    Memo,
    Participant,
    Project,
    QuoteAlteration,
    Recommendation,
    RecommendationRating,
    Revisit,
    Round,
    SavedQuery,
    SavedTable,
    Study,
    Theme,
    ThemeLink,
)
from ikt_coder.services.codebook_versions import digest_of
from ikt_coder.storage.purge import RecordText

# So many words in a row count as somebody's words when they stand in a memo or a name.
QUOTED_WORDS = 5
# A combining mark belongs to its letter.
_WORD = re.compile(r"[\w\u0300-\u036f]+")
ERASED = "[erased]"

# Where a person writes, and may quote.
TEXTS: dict[Any, tuple[str, ...]] = {
    Memo: ("title", "text"),
    Coding: ("memo",),
    Code: ("name", "definition", "include", "exclude", "example", "source_wording"),
    Level: ("name", "definition", "source_wording"),
    Theme: (
        "name",
        "description",
        "central_idea",
        "boundaries",
        "narrative",
        "set_aside_reason",
    ),
    ThemeLink: ("note",),
    QuoteAlteration: ("shown",),
    SavedQuery: ("name", "definition"),
    SavedTable: ("name", "options"),
    Participant: ("note", "group_name"),
    Attribute: ("name", "choices", "description"),
    AttributeValue: ("value",),
    Coder: ("positionality",),
    Behaviour: ("action", "actor", "context", "target", "time"),
    Project: ("name", "research_question", "focal_actor"),
    Folder: ("name",),
    Document: ("title",),
    Round: ("name", "note"),
    Study: ("name", "citation", "note"),
    GuideQuestion: ("label", "text", "note"),
    ChartField: ("name", "definition"),
    ChartOption: ("name", "label", "definition"),
    Chart: ("note",),
    ChartAnswer: ("text",),
    ChartCheck: ("before", "note"),
    ListTerm: ("name", "definition"),
    EngagementEvent: (
        "title",
        "description",
        "changed_because",
        "disagreement",
        "hours",
        "payment",
    ),
    EventUser: ("who", "influenced"),
    EventLink: ("note",),
    CodeLink: ("note",),
    Belief: ("text", "note"),
    Recommendation: ("text", "note"),
    RecommendationRating: ("note",),
    CaseRating: ("rationale", "group_name"),
    FrameworkMatrix: ("name", "note"),
    MatrixCell: ("text", "group_name"),
    Revisit: ("before",),
    GlossaryTerm: ("term", "definition", "source"),
    ChecklistAnswer: ("text", "page"),
}


# Records outlive everything but an erasing; their facts (ids, positions, kinds) stay.
RECORDS = (
    RecordText("decision", "reason"),
    RecordText("item_note", "text"),
    RecordText("codebook_version", "note"),
    RecordText("codebook_version", "content", json=True, digest=digest_of),
    RecordText(
        "round_event", "data", json=True, words=frozenset({"reason", "note", "name", "file"})
    ),
)


@frozen
class Scrub:
    """Cleans the parameters of acts and the names of restore points: runs of words that were
    said, ``labels`` as words of their own, and ``names`` where a value is nothing else."""

    shingles: set[tuple[str, ...]]
    labels: frozenset[str]
    names: frozenset[str]

    def __call__(self, text: str) -> str:
        clean = scrubbed(text, self.shingles)
        if clean in self.names:
            return ERASED
        for label in self.labels:
            if label:
                clean = re.sub(rf"(?<!\w){re.escape(label)}(?!\w)", ERASED, clean)
        return clean


def words_of(text: str) -> list[str]:
    """The words of a text, folded: however they are composed and capitalised, they are the
    same words."""
    return [_folded(match.group()) for match in _WORD.finditer(text)]


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()


def shingles_of(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """Every run of QUOTED_WORDS words of some texts, folded."""
    found: set[tuple[str, ...]] = set()
    for text in texts:
        words = words_of(text)
        found.update(
            tuple(words[i : i + QUOTED_WORDS]) for i in range(len(words) - QUOTED_WORDS + 1)
        )
    return found


def scrubbed(text: str, shingles: set[tuple[str, ...]]) -> str:
    """A text without the runs of words that stand in ``shingles``."""
    matches = list(_WORD.finditer(text))
    words = [_folded(match.group()) for match in matches]
    spans = [
        Span(matches[i].start(), matches[i + QUOTED_WORDS - 1].end())
        for i in range(len(words) - QUOTED_WORDS + 1)
        if tuple(words[i : i + QUOTED_WORDS]) in shingles
    ]
    for span in reversed(unite(spans)):
        text = text[: span.start] + ERASED + text[span.end :]
    return text
