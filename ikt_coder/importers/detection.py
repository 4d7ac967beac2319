"""From the text of a file to a transcript: a guess, changed by a person, carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ikt_coder.core.frozen import frozen
from ikt_coder.core.transcript import SpeakerRole, Transcript
from ikt_coder.importers.catalogue import read_file
from ikt_coder.importers.describe import describe
from ikt_coder.importers.given_names import take_given_names
from ikt_coder.importers.heads import drop_stray_times, pair_names_with_times
from ikt_coder.importers.layout import Line, lines_of
from ikt_coder.importers.margins import Prepared, prepare
from ikt_coder.importers.options import (
    MARKED,
    Guess,
    ImportOptions,
    LabelGuess,
    Merge,
    Scheme,
)
from ikt_coder.importers.protocol import RawText
from ikt_coder.importers.reading import Reading, settle_times
from ikt_coder.importers.roles import guess_roles
from ikt_coder.importers.rolewords import role_of_word
from ikt_coder.importers.schemes import (
    look_of,
    opening,
    read_labels,
    read_marked,
    read_times,
)
from ikt_coder.importers.spellings import doubtful_labels, fold, proposed_merges
from ikt_coder.importers.tables import read_table
from ikt_coder.importers.timed import read_cues
from ikt_coder.importers.voting import Votes, vote

_FEWEST_TIMED = 3
_SHOWN = 40  # labels, so that the preview stays readable


def guess(raw: RawText, options: ImportOptions | None = None) -> Guess:
    """How the text is laid out, given what a person has decided already."""
    return _read(raw, options or ImportOptions()).guess


def build(raw: RawText, options: ImportOptions | None = None) -> Transcript:
    """The transcript. Words are never dropped: labels and times stay in the text and
    ``Turn.label_end`` says where speech begins; what the options take out of a print's
    margin, and how cues are joined, is decided before positions are counted."""
    return _read(raw, options or ImportOptions()).transcript


def detect(raw: RawText, options: ImportOptions | None = None) -> tuple[Transcript, Guess]:
    """``build`` and ``guess`` in one pass."""
    outcome = _read(raw, options or ImportOptions())
    return outcome.transcript, outcome.guess


def import_bytes(
    name: str, data: bytes, options: ImportOptions | None = None
) -> tuple[Transcript, Guess]:
    """Read, guess and build in one go. Raises UnreadableFile."""
    return detect(read_file(name, data), options)


@frozen
class _Outcome:
    transcript: Transcript
    guess: Guess


def _read(raw: RawText, options: ImportOptions) -> _Outcome:
    prepared = prepare(raw, options)
    raw = prepared.raw
    reading = _choose(raw, options)
    reading.turns = [turn for turn in reading.turns if turn.end > turn.start]
    settle_times(reading, wanted=options.times)
    counts = reading.counts()
    merges = tuple(
        merge
        for merge in proposed_merges(list(counts), counts)
        if merge.label not in options.speakers
    )
    doubtful = _doubtful(reading, counts, merges, options)
    as_written = [draft.turn() for draft in reading.turns]
    legend = {
        reading.votes.spelling[key]: role
        for key, role in reading.votes.legend.items()
        if key in reading.votes.spelling
    }
    found = guess_roles(reading.text, as_written, legend, merges)
    names = _names(counts, options)
    roles: dict[str, SpeakerRole] = {}
    for label, role in found.items():
        roles.setdefault(names[label], role)
    if reading.scheme in MARKED:
        _roles_by_look(reading, options, raw, roles, names)
    roles.update({name: role for name, role in options.roles.items() if name in roles})
    for draft in reading.turns:
        if draft.speaker is not None:
            draft.speaker = names[draft.speaker]
    transcript = Transcript(
        text=reading.text,
        turns=tuple(draft.turn() for draft in reading.turns),
        times=tuple(reading.marks),
        formats=raw.formats,
        pages=raw.pages,
        speaker_roles=roles,
        warnings=(*raw.warnings, *reading.warnings, *_said(prepared, (*merges, *doubtful))),
    )
    seems = _guess_of(transcript, reading, prepared, counts, names)
    return _Outcome(transcript, replace(seems, merges=merges, doubtful=doubtful))


def _doubtful(
    reading: Reading, counts: Mapping[str, int], merges: Sequence[Merge], options: ImportOptions
) -> tuple[Merge, ...]:
    """Slips that nobody has decided about and that are not proposed already."""
    spelling = reading.votes.spelling
    looks = {spelling[key]: count for key, count in reading.votes.counts.items()} | dict(counts)
    decided = {fold(label) for label in (*options.speakers, *(m.label for m in merges))}
    return tuple(
        slip for slip in doubtful_labels(looks, list(counts)) if fold(slip.label) not in decided
    )


def _choose(raw: RawText, options: ImportOptions) -> Reading:
    """The reading by the scheme asked for, or by the one that fits best."""
    scheme = options.scheme
    if raw.cues:
        return read_cues(raw, options)
    if scheme is Scheme.NONE:
        return Reading(Scheme.NONE, raw.text, confidence=1.0)
    if raw.rows and scheme in (Scheme.AUTO, Scheme.TABLE):
        table = read_table(raw, options)
        if table is not None:
            return table
    lines = lines_of(raw.text, raw.formats)
    take_given_names(lines, [label for label, name in options.speakers.items() if name])
    pair_names_with_times(lines)
    drop_stray_times(lines)
    votes = vote(
        lines,
        options.speakers,
        brackets_only=scheme is Scheme.BRACKETS,
        forced=scheme in (Scheme.LABELS, Scheme.BRACKETS),
    )
    if scheme is Scheme.AUTO:
        scheme = _best(lines, votes)
    if scheme in MARKED:
        return read_marked(raw.text, lines, options, votes, scheme)
    if scheme in (Scheme.LABELS, Scheme.BRACKETS):
        return read_labels(raw.text, lines, options, votes, scheme)
    if scheme in (Scheme.TIMES, Scheme.CUES):
        return read_times(raw.text, lines, options)
    return Reading(Scheme.NONE, raw.text, votes=votes)


def _best(lines: list[Line], votes: Votes) -> Scheme:
    full = [line for line in lines if not line.blank]
    labelled = [at for at in range(len(lines)) if votes.label_of(at, lines) is not None]
    marked = next(
        (scheme for scheme in (Scheme.BOLD, Scheme.TAB, Scheme.ITALIC) if _fits(scheme, lines)),
        None,
    )
    if marked is not None and _labels_inside(marked, lines, labelled):
        return marked
    if _one_side(lines, votes, labelled):
        return Scheme.ONE_SIDE
    if labelled and (len(labelled) >= 3 or len(labelled) >= 0.3 * len(full)):
        return Scheme.LABELS
    if marked is not None:
        return marked
    timed = sum(line.head is not None and line.head.time is not None for line in full)
    if timed >= _FEWEST_TIMED and timed >= 0.1 * len(full):
        return Scheme.TIMES
    return Scheme.LABELS if labelled else Scheme.NONE


def _fits(scheme: Scheme, lines: list[Line]) -> bool:
    """Whether a fifth to three fifths of the paragraphs have the look, in turn with others."""
    look = look_of(scheme)
    body = [line for line in lines[opening(lines) :] if not line.blank and not line.heading]
    looks = [look(line) for line in body]
    marked = sum(looks)
    changes = sum(a != b for a, b in pairwise(looks))
    in_turn = changes >= 5 and changes >= 0.6 * min(marked, len(body) - marked)
    titles = sum(look(line) and line.title_like for line in body)
    if len(body) < 6 or not in_turn or titles > 0.5 * marked:
        return False
    # fewer than a fifth only where they change often: answers of many paragraphs each
    least = 0.18 if changes < 12 else 0.08
    return least * len(body) <= marked <= 0.65 * len(body)


def _labels_inside(scheme: Scheme, lines: list[Line], labelled: list[int]) -> bool:
    """Whether the labels only name some of the marked paragraphs, and the plain ones, which
    go unlabelled, are another person's words rather than the words of those labels."""
    look = look_of(scheme)
    plain = sum(not look(line) and not line.blank for line in lines)
    outside = alone = 0
    for at in labelled:
        head = lines[at].head
        outside += not look(lines[at])
        alone += head is not None and head.words >= len(lines[at].text.rstrip())
    return (
        outside <= 0.1 * plain
        and outside <= 0.1 * len(labelled) + 0.5
        and (alone <= 0.5 * len(labelled))
    )


def _one_side(lines: list[Line], votes: Votes, labelled: list[int]) -> bool:
    """Whether the one label there is asks, and what follows it unlabelled are answers."""
    if len(votes.accepted) != 1 or len(labelled) < 3:
        return False
    label = votes.spelling[next(iter(votes.accepted))]
    if role_of_word(label) is not SpeakerRole.INTERVIEWER and label not in ("I", "I1"):
        return False
    full = [at for at, line in enumerate(lines) if not line.blank]
    named = set(labelled)
    answered = sum(at in named and after not in named for at, after in pairwise(full))
    asked = sum("?" in lines[at].text for at in labelled)
    alone = sum(
        (head := lines[at].head) is not None and head.words >= len(lines[at].text.rstrip())
        for at in labelled
    )
    return answered >= 0.6 * len(labelled) and asked >= 0.3 * len(labelled) and not alone


def _names(counts: Mapping[str, int], options: ImportOptions) -> dict[str, str]:
    """The speaker's name for each label, by what a person decided."""
    decided = {fold(label): name for label, name in options.speakers.items()}
    return {label: decided.get(fold(label)) or label for label in counts}


def _roles_by_look(
    reading: Reading,
    options: ImportOptions,
    raw: RawText,
    roles: dict[str, SpeakerRole],
    names: Mapping[str, str],
) -> None:
    """In a marked scheme the look decides whose words they are."""
    other = (
        SpeakerRole.PARTICIPANT
        if options.marked_role is not SpeakerRole.PARTICIPANT
        else SpeakerRole.INTERVIEWER
    )
    look = look_of(reading.scheme, reading.votes)
    marked = {line.first: look(line) for line in lines_of(raw.text, raw.formats) if line.text}
    for draft in reading.turns:
        if draft.speaker is not None:
            is_marked = marked.get(draft.start, False)
            roles[names[draft.speaker]] = options.marked_role if is_marked else other


def _said(prepared: Prepared, merges: tuple[Merge, ...]) -> tuple[str, ...]:
    said = []
    if prepared.margin_numbers:
        said.append("Page and paragraph numbers in the margin were left out.")
    if prepared.joined_lines:
        said.append("Lines cut by the width of the page were joined to paragraphs.")
    said.extend(f"“{merge.label}” may be the same speaker as “{merge.into}”." for merge in merges)
    return tuple(said)


def _guess_of(
    transcript: Transcript,
    reading: Reading,
    prepared: Prepared,
    counts: Mapping[str, int],
    names: Mapping[str, str],
) -> Guess:
    labels = [
        LabelGuess(label, names[label], count, transcript.speaker_roles[names[label]])
        for label, count in counts.items()
    ]
    known = {fold(label) for label in counts}
    labels += [
        LabelGuess(
            reading.votes.spelling[key], reading.votes.spelling[key], count,
            SpeakerRole.OTHER, accepted=False,
        )
        for key, count in reading.votes.counts.most_common(_SHOWN)
        if key not in known
    ]  # fmt: skip
    return Guess(
        scheme=reading.scheme,
        description=describe(reading, transcript),
        confidence=reading.confidence if counts or transcript.timed else 0.3,
        labels=tuple(labels),
        turns=len(transcript.turns),
        timed=transcript.timed,
        margin_numbers=prepared.margin_numbers,
        joined_lines=prepared.joined_lines,
    )
