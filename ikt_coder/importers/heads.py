"""Heads that need the lines around them: names apart from times, times that are speech."""

from __future__ import annotations

from collections.abc import Sequence

from ikt_coder.importers.labels import Form, Head, plausible
from ikt_coder.importers.layout import Line
from ikt_coder.importers.spellings import fold

_FEWEST_TIMED = 3


def pair_names_with_times(lines: Sequence[Line]) -> None:
    """Find names on lines of their own above or below lines that are only a time.

    Such a line becomes the head of what follows; below or above is decided by votes.
    """
    full = [at for at, line in enumerate(lines) if not line.blank]
    above: list[tuple[int, int]] = []
    below: list[tuple[int, int]] = []
    for before, at, after in zip([-1, *full], full, [*full[1:], -1], strict=False):
        if not lines[at].bare_time:
            continue
        if before >= 0 and _name_alone(lines[before]):
            above.append((before, at))
        if after >= 0 and _name_alone(lines[after]):
            below.append((at, after))
    chosen = above if len(above) >= len(below) else below
    if len(chosen) < 2:
        _names_alone(lines, full)
        return
    for first, second in chosen:
        name = second if chosen is below else first
        time = lines[first].head if chosen is below else lines[second].head
        label = lines[name].text.strip().rstrip(":").strip()
        upper, lower = lines[first], lines[second]
        upper.head = Head(
            upper.first - upper.start,
            lower.end - upper.start,  # words begin behind the lower line
            label,
            len(upper.text),
            Form.ALONE,
            time.time if time is not None else None,
        )
        lower.head = None


def _names_alone(lines: Sequence[Line], full: Sequence[int]) -> None:
    """Names on lines of their own without times: after a blank line, words right below,
    at least two names that come again, and a good part of all lines."""
    found: dict[str, list[int]] = {}
    for at in full:
        opens = at == 0 or lines[at - 1].blank
        followed = at + 1 < len(lines) and not lines[at + 1].blank
        if opens and followed and lines[at].head is None and _name_alone(lines[at]):
            found.setdefault(fold(lines[at].text), []).append(at)
    names = {key: places for key, places in found.items() if len(places) > 1}
    if len(names) < 2 or sum(map(len, names.values())) < 0.25 * len(full):
        return
    for places in names.values():
        for at in places:
            line = lines[at]
            label = line.text.strip()
            line.head = Head(
                line.first - line.start, len(line.text), label, len(line.text), Form.ALONE
            )


def _name_alone(line: Line) -> bool:
    text = line.text.strip().rstrip(":").strip()
    return (line.head is None and plausible(text, strict=True)) or (
        line.head is not None
        and line.head.label is not None
        and line.head.words >= len(line.text.rstrip())
        and line.head.time is None
    )


def drop_stray_times(lines: Sequence[Line]) -> None:
    """“10:30” at one or two line starts, or behind one or two names, is speech and not the
    recording's clock; a time in brackets always counts."""
    full = [line for line in lines if not line.blank]
    for behind_name in (False, True):
        loose = [line for line in full if _loose(line, behind_name=behind_name)]
        if len(loose) >= min(_FEWEST_TIMED, 0.5 * len(full)) and (
            not behind_name or len(loose) >= 0.3 * _labelled(full)
        ):
            continue
        for line in loose:
            head = line.head
            if head is None or head.time is None or head.label is None:
                line.head = None
            else:
                line.head = Head(
                    head.start, head.time.start, head.label, head.label_end, Form.COLON
                )


def _labelled(lines: Sequence[Line]) -> int:
    return sum(line.head is not None and line.head.label is not None for line in lines)


def _loose(line: Line, *, behind_name: bool) -> bool:
    """Whether words follow an unbracketed time that begins a line or follows a name."""
    head = line.head
    if head is None or head.time is None or head.time.fenced or line.bare_time:
        return False
    if behind_name:
        goes_on = head.words < len(line.text.rstrip())
        return head.label is not None and head.time.start >= head.label_end and goes_on
    return head.label is None
