"""One document with the codings of a coder or of the analysis layer, to be printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.coded_transcript import CodedTranscript, Part, PrintedCode, PrintedCoding
from ikt_coder.core.colour import is_colour, shade
from ikt_coder.core.errors import NotAllowed, UserError
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.core.words import Consent, Flag, Valence, Whose
from ikt_coder.services.attribution import Attribution, Person
from ikt_coder.services.rows import CodeRow, CodingRow, DocumentText
from ikt_coder.services.sight import InSight
from ikt_coder.services.theme_notes import direction_words

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_FLAGS = {
    Flag.UNSURE: "unsure",
    Flag.STAR: "quotable",
    Flag.PARAPHRASE_ONLY: "paraphrase only",
    Flag.DO_NOT_QUOTE: "do not quote",
}
_CONSENTS = {
    Consent.PARAPHRASE.value: "may be paraphrased but not quoted",
    Consent.NONE.value: "has not agreed to be quoted or paraphrased",
}


def coded_transcript(
    project: Project, document: UUID, coder: UUID | None = None, *, initials: bool = False
) -> CodedTranscript:
    """The document with the codings of ``coder``, else those of its analysis layer, else the
    present coder's own. ``initials``: coders by initials only.

    Turns of participants who were left out of analysis are withheld with their codings.
    Raises NotFound; UserError where every participant of the document was left out.
    """
    content = project.documents.text(document)
    attribution = Attribution(project, [document])
    people = attribution.of_document(document)
    if people and not attribution.counted(people):
        raise UserError(
            f"Every participant of “{content.title}” was left out of analysis, so there is "
            "nothing to print. Nothing was written.",
            "Take them back in, or choose another document.",
        )
    parts = tuple(_parts(content, attribution))
    rows, whose, note = _codings(project, document, coder, initials)
    # The rule of every count: a coding of which nobody that counts says a word is in none.
    shown = [row for row in rows if not _left_out(attribution, content.id, row.span)]
    codes = _codes(project, shown)
    place = {row.id: index for index, (row, _) in enumerate(codes)}
    notes = [
        note,
        *_direction(project),
        *_consents(attribution.people[p] for p in people if p in attribution.people),
    ]
    if len(shown) < len(rows):
        gone = len(rows) - len(shown)
        notes.append(
            f"Words of participants left out of analysis are not printed, nor "
            f"{'1 coding' if gone == 1 else f'{gone} codings'} of them."
        )
    elif any(part.withheld for part in parts):
        notes.append("Words of participants left out of analysis are not printed.")
    printed = _Printing(project, initials)
    return CodedTranscript(
        title=content.title,
        subtitle=f"{project.card.get().name} · {_today()}",
        whose=whose,
        text=content.text,
        parts=parts,
        codes=tuple(_printed_code(row, number) for row, number in codes),
        codings=tuple(printed.coding(row, place[row.code]) for row in shown),
        formats=content.formats,
        notes=tuple(said for said in notes if said),
        language=project.documents.get(document).language or "en",
    )


def _parts(content: DocumentText, attribution: Attribution) -> Iterable[Part]:
    speakers = {speaker.id: speaker for speaker in content.speakers}
    at = 0
    for turn in content.turns:
        start, end = max(at, turn.span.start), turn.span.end
        if end <= at:
            continue  # turns that share words are printed once
        if at < start:
            yield from _between(content, at, start, attribution)
        who = speakers.get(turn.speaker) if turn.speaker is not None else None
        yield Part(
            Span(min(max(start, turn.words_start), end), end),
            (who.participant_label or who.label) if who is not None else "",
            clock(turn.start_ms) if turn.start_ms is not None else "",
            who is not None and who.role is SpeakerRole.INTERVIEWER,
            _left_out(attribution, content.id, Span(start, end)),
        )
        at = end
    if at < len(content.text):
        yield from _between(content, at, len(content.text), attribution)


def _between(
    content: DocumentText, start: int, end: int, attribution: Attribution
) -> Iterable[Part]:
    if content.text[start:end].strip():
        span = Span(start, end)
        yield Part(span, withheld=_left_out(attribution, content.id, span))


def _left_out(attribution: Attribution, document: UUID, span: Span) -> bool:
    """Whether the words are somebody's, and everybody's they are was left out."""
    who = attribution.of(document, span).participants
    return bool(who) and not attribution.counted(who)


def clock(milliseconds: int) -> str:
    """A place in the recording: 04:12, or 1:04:12 after the first hour."""
    hours, rest = divmod(milliseconds // 1000, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def _codings(
    project: Project, document: UUID, coder: UUID | None, initials: bool
) -> tuple[tuple[CodingRow, ...], str, str]:
    """The codings, whose they are, and a sentence where that needs one."""
    sight = project.sight

    def of(who: UUID, more: str = "", note: str = "") -> tuple[tuple[CodingRow, ...], str, str]:
        row = project.coders.get(who)
        name = _named(row.name, row.initials, initials)
        shown = InSight(frozenset({who}))
        return sight.codings(document, shown), f"Codings by {name}{more}", note

    if coder is not None:
        if coder not in sight.coders(document):
            name = project.coders.get(coder).name
            raise NotAllowed(
                f"The codings of {name} in this document cannot be seen now. Nothing was written.",
                sight.sealed_note([document]) or "Choose your own.",
            )
        return of(coder)
    layer = sight.of(document, Whose.LAYER)
    if layer.consensus:
        return sight.codings(document, layer), "Consensus", ""
    if layer.coders:
        return of(next(iter(layer.coders)), ", lead")
    if sealed := sight.sealed_note([document]):
        return of(project.coder, note=sealed) if project.coder else ((), "Nobody’s", sealed)
    if project.coder is None:
        return (), "Nobody has coded yet", ""
    note = "No consensus and no lead coder yet: these are one coder's own codings."
    return of(project.coder, note=note)


def _named(name: str, short: str, initials: bool) -> str:
    return short if initials else f"{name} ({short})"


def _codes(project: Project, rows: Iterable[CodingRow]) -> list[tuple[CodeRow, int]]:
    """The codes that were used, in the order of the codebook, with how often."""
    counts = Counter(row.code for row in rows)
    return [(row, counts[row.id]) for row in project.codes.all(counted=False) if counts[row.id]]


def _printed_code(row: CodeRow, codings: int) -> PrintedCode:
    colour = row.colour if is_colour(row.colour) else "blue"
    return PrintedCode(
        row.name,
        row.path,
        row.definition,
        row.include,
        row.exclude,
        (shade(colour, dark=False), shade(colour, dark=True)),
        row.pattern,
        codings,
    )


def _direction(project: Project) -> Iterable[str]:
    """To what something is a barrier or facilitator, and whose individual level."""
    card = project.card.get()
    if card.behaviours:
        barrier, facilitator = direction_words(card.words)
        words = f"{barrier.plural} and {facilitator.plural}".capitalize()
        yield f"{words} to this: {'; '.join(row.label for row in card.behaviours)}."
    if card.focal_actor:
        yield f"Individual level: {card.focal_actor}."


def _consents(people: Iterable[Person]) -> Iterable[str]:
    for person in people:
        if person.consent in _CONSENTS and not person.left_out:
            yield f"{person.label} {_CONSENTS[person.consent]}."


def _today() -> str:
    today = date.today()
    return f"{today.day} {today:%B %Y}"


class _Printing:
    """What codings refer to, read once."""

    def __init__(self, project: Project, initials: bool) -> None:
        barrier, facilitator = direction_words(project.card.get().words)
        self.directions: Mapping[Valence, str] = {
            Valence.BARRIER: barrier.single,
            Valence.FACILITATOR: facilitator.single,
            Valence.MIXED: "mixed",
            Valence.NEUTRAL: "neutral",
        }
        self.levels = {row.id: row.name for row in project.frameworks.levels()}
        self.order = {key: index for index, key in enumerate(self.levels)}
        behaviours = project.card.behaviours()
        actions = Counter(row.action for row in behaviours)
        # They stand in full at the head; one alone is the whole project's.
        self.behaviours = {
            row.id: row.action if row.action and actions[row.action] == 1 else row.label
            for row in behaviours
            if len(behaviours) > 1
        }
        self.coders = {row.id: row for row in project.coders.everyone()}
        self.by_initials = initials

    def coding(self, row: CodingRow, code: int) -> PrintedCoding:
        coder = self.coders.get(row.coder) if row.coder else None
        short = coder.initials if coder else ""
        name = "Consensus" if coder is None else short if self.by_initials else coder.name
        details = []
        if row.strength:
            details.append(f"strength {row.strength}")
        if row.behaviour in self.behaviours:
            details.append(f"to: {self.behaviours[row.behaviour]}")
        details += [word for flag, word in _FLAGS.items() if flag in row.flags]
        return PrintedCoding(
            span=row.span,
            code=code,
            sign=row.valence.sign if row.valence else "",
            direction=self.directions[row.valence] if row.valence else "",
            levels=tuple(
                self.levels[key]
                for key in sorted(
                    (key for key in row.levels if key in self.levels), key=self.order.__getitem__
                )
            ),
            details=tuple(details),
            memo=row.memo,
            coder=name,
            initials=short or "C",
            created=row.created,
        )
