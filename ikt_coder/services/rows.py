"""The frozen rows that leave the services. Positions are code points, half-open."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import FormatRun, SpeakerRole, TimeMark
from ikt_coder.core.words import (
    Approach,
    Basis,
    Consent,
    DocumentStatus,
    Flag,
    FrameworkKind,
    Layer,
    LinkKind,
    MemoKind,
    Origin,
    Pattern,
    Role,
    Stance,
    ThemeStatus,
    Valence,
    WordPair,
)


@frozen
class BehaviourRow:
    """Barrier or facilitator *to what*: one behaviour of the project card."""

    id: UUID
    action: str
    actor: str
    context: str
    target: str
    time: str

    @property
    def label(self) -> str:
        parts = [self.actor, self.action, self.target, self.context, self.time]
        return ", ".join(part for part in parts if part)


@frozen
class CardRow:
    """The project card."""

    name: str
    approach: Approach
    research_question: str
    focal_actor: str
    words: WordPair
    behaviours: tuple[BehaviourRow, ...]
    created: datetime


@frozen
class CoderRow:
    id: UUID
    name: str
    initials: str
    role: Role
    positionality: str
    codings: int = 0
    participant: UUID | None = None  # who they are, where they were interviewed too


@frozen
class FolderRow:
    id: UUID
    name: str
    parent: UUID | None
    position: int


@frozen
class SpeakerRow:
    """A label in one transcript, perhaps linked to a participant."""

    id: UUID
    document: UUID
    label: str
    role: SpeakerRole
    participant: UUID | None
    participant_label: str | None = None


@frozen
class TurnRow:
    id: UUID
    span: Span
    words_start: int  # where the spoken words begin, after label and time
    speaker: UUID | None
    start_ms: int | None


@frozen
class DocumentRow:
    """A document as lists show it; ``codings`` counts those of the present coder."""

    id: UUID
    title: str
    folder: UUID | None
    position: int
    status: DocumentStatus
    lead_coder: UUID | None
    length: int
    words: int
    turns: int
    speakers: tuple[str, ...]
    participants: tuple[str, ...]
    source_name: str
    source_kind: str
    language: str
    revision: int
    created: datetime
    codings: int
    codings_all: int
    left_out: bool  # every participant of it was left out of analysis


@frozen
class DocumentText:
    """Everything the transcript view shows except codings."""

    id: UUID
    title: str
    text: str
    revision: int
    turns: tuple[TurnRow, ...]
    speakers: tuple[SpeakerRow, ...]
    times: tuple[TimeMark, ...]
    formats: tuple[FormatRun, ...]
    pages: tuple[int, ...]


@frozen
class ParticipantRow:
    id: UUID
    label: str
    consent: Consent
    left_out: bool
    note: str
    documents: int
    group: str = ""


@frozen
class CodeRow:
    """A code of the codebook. ``path`` holds the names from the root; ``codings`` counts
    the analysis of the present coder, ``codings_below`` with sub-codes."""

    id: UUID
    parent: UUID | None
    position: int
    name: str
    path: tuple[str, ...]
    definition: str
    include: str
    exclude: str
    example: str
    colour: str  # a palette name, see core.colour, or #rrggbb
    pattern: Pattern
    pin: int | None
    framework: UUID | None
    framework_key: str | None  # "tdf-v2"
    node_key: str | None  # "tdf2.01"
    short_framework: str | None  # "TDF"
    source_wording: str
    source_page: str
    codings: int = 0
    codings_below: int = 0
    applicable: bool = True  # False for a framework's heading, which only groups
    default_valence: Valence | None = None


@frozen
class LevelRow:
    """A level codings may carry. ``definition`` names the project's focal actor, ``template``
    is the definition as stored, with ``{actor}`` in that place."""

    id: UUID
    framework: UUID
    framework_name: str
    node_key: str
    name: str
    definition: str
    position: int
    source_wording: str = ""
    source_page: str = ""
    template: str = ""
    paraphrase: bool = False  # the definition is still that of the preset


@frozen
class FrameworkRow:
    """A framework that is in the project."""

    id: UUID
    key: str
    name: str
    version: str
    kind: FrameworkKind
    citation: str
    nodes: int


@frozen
class CodingRow:
    """One coding and all it carries."""

    id: UUID
    document: UUID
    span: Span
    code: UUID
    coder: UUID | None  # None in the Consensus layer
    layer: Layer
    valence: Valence | None
    strength: int | None
    levels: frozenset[UUID]
    memo: str
    behaviour: UUID | None
    origin: Origin
    basis: Basis | None
    flags: frozenset[Flag]
    mapping_choice: tuple[str, ...]
    created: datetime


@frozen
class PassageRow:
    """A coding shown in a list with its words and surroundings."""

    coding: CodingRow
    document_title: str
    text: str
    before: str
    after: str
    speakers: tuple[str, ...]
    participants: tuple[str, ...]
    start_ms: int | None
    coder_initials: str


@frozen
class MemoRow:
    id: UUID
    kind: MemoKind
    title: str
    text: str
    coder: UUID | None
    coder_initials: str
    document: UUID | None
    span: Span | None
    coding: UUID | None
    code: UUID | None
    theme: UUID | None
    shared: bool
    ask: bool
    created: datetime
    changed: datetime


@frozen
class ThemeRow:
    """A theme with counts in the analysis layer; ``*_below`` include sub-themes."""

    id: UUID
    parent: UUID | None
    position: int
    name: str
    description: str
    central_idea: str
    boundaries: str
    narrative: str
    status: ThemeStatus
    set_aside_reason: str
    levels: frozenset[UUID]
    codes: tuple[UUID, ...]
    references: int = 0
    passages: int = 0
    participants: int = 0
    references_below: int = 0
    passages_below: int = 0
    participants_below: int = 0


@frozen
class ThemeCodingRow:
    """A coding that belongs to a theme, by its code or by itself."""

    passage: PassageRow
    by_code: bool
    stance: Stance
    quote: UUID | None  # the accepted quote made from it


@frozen
class LinkRow:
    """A link between two themes; *leads to* goes from ``theme`` to ``other``."""

    id: UUID
    kind: LinkKind
    theme: UUID
    theme_name: str
    other: UUID
    other_name: str
    note: str
    created: datetime


@frozen
class AlterationRow:
    """A place of a quote that prints otherwise than it was said: ``shown`` in brackets, or an
    ellipsis where it is empty."""

    id: UUID
    span: Span
    said: str
    shown: str


@frozen
class QuoteRow:
    """An accepted quote: ``words`` as they were said, ``printed`` as tables print them.
    ``withheld`` says why it is not printed, where it is not."""

    id: UUID
    theme: UUID
    coding: UUID
    document: UUID
    document_title: str
    span: Span
    words: str
    printed: str
    participants: tuple[str, ...]
    alterations: tuple[AlterationRow, ...]
    longer: bool  # than its coding
    withheld: str = ""


@frozen
class HistoryRow:
    """One operation: who, when, which Op with its parameters (worded by the screen)."""

    seq: int
    kind: str
    params: dict[str, object]
    coder: UUID | None
    coder_name: str
    at: datetime
    root: int  # the act it does, takes back or does again (itself for a new act)
    direction: int  # 1: done or done again, -1: taken back
    stands: bool  # its root stands today
    undoable: bool
    restore_points: tuple[str, ...]
    rows: int


@frozen
class DeletePreview:
    """What deleting some codes with their sub-codes would remove."""

    codes: int
    codings: int
    coders: int
    memos: int
    themes: int


@frozen
class MergePreview:
    """What merging some codes into one would touch."""

    sources: tuple[str, ...]
    target: str
    codings: int
    duplicates: int  # codings that both have on the same span by the same coder
    touching: int  # pairs that touch or overlap and could be joined
    memos: int
    children: int
    themes: int


@frozen
class RestorePointRow:
    """A name on the state after operation ``op``."""

    name: str
    op: int
    created: datetime
