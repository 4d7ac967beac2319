"""What stands behind a figure, read off the main thread: passages, or a small table of what is
counted where that is no passage."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.frozen import frozen
from ikt_coder.core.span import Span
from ikt_coder.services.comparison_passages import CountedPassage, Meeting
from ikt_coder.services.comparison_rows import Agreement, Pattern, Stretch
from ikt_coder.services.project import Project
from ikt_coder.ui.codes.wording import passages_in_words
from ikt_coder.ui.comparison.agreement import lists
from ikt_coder.ui.comparison.agreement import wording as say
from ikt_coder.ui.comparison.agreement.grid import Grid, Shown
from ikt_coder.ui.comparison.agreement.opens import (
    Coded,
    Codes,
    CodesIn,
    Documents,
    InRound,
    Items,
    Judged,
    LeftOut,
    Meetings,
    OfDocument,
    Pairs,
    Passages,
    Segments,
    Shared,
    Together,
    Units,
)
from ikt_coder.ui.comparison.agreement.stretch_list import Passage
from ikt_coder.ui.comparison.wording import difference_word, unit_word

translate = QCoreApplication.translate


@frozen
class Behind:
    """``grid`` None: passages, perhaps none. ``count`` says in words how many."""

    title: str
    passages: tuple[Passage, ...] = ()
    grid: Grid | None = None
    count: str = ""


def look_behind(project: Project, found: Agreement, key: Hashable) -> Behind:
    """Read what a figure of ``found`` opens. Raises NotFound for what is gone meanwhile, and
    NotAllowed for a round that may not be compared."""
    if isinstance(key, InRound):
        return _in_round(project, key)
    grid = _list(project, found, key)
    if grid is not None:
        return Behind(grid.name, grid=grid)
    title, passages = _passages(project, found, key)
    count = passages_in_words(len(passages))
    if isinstance(key, Units):
        units = sum(one.units for one in found.documents if one.id == key.document)
        count = say.units_words(units, found.setting)
    return Behind(title, passages, count=count)


def _in_round(project: Project, key: InRound) -> Behind:
    """The same in another round; what is opened from there stays in that round."""
    found = project.comparison.agreement(key.round)
    made = look_behind(project, found, key.of)
    name = "" if found.round is None else found.round.name
    title = f"{name}: {made.title}"
    if made.grid is None:
        return replace(made, title=title)

    def there(cell: Shown) -> Shown:
        kept = isinstance(
            cell.opens, Documents | Judged | CodesIn | Units | Coded | Passages | OfDocument
        )
        return replace(cell, opens=InRound(key.round, cell.opens) if kept else None)  # type: ignore[arg-type]  # looked at in the line above

    rows = tuple(tuple(there(cell) for cell in row) for row in made.grid.rows)
    return replace(made, title=title, grid=replace(made.grid, name=title, rows=rows))


def _list(project: Project, found: Agreement, key: Hashable) -> Grid | None:
    """The table of what is counted, where that is no passage."""
    match key:
        case Documents():
            return lists.document_list(project, found, key)
        case CodesIn():
            return lists.codes_in_document(found, key)
        case Codes():
            return lists.code_list(found, key)
        case LeftOut():
            return lists.left_out_list(found)
        case Pairs():
            return lists.pair_list(project, found)
        case _:
            return None


def _passages(project: Project, found: Agreement, key: Hashable) -> tuple[str, tuple[Passage, ...]]:
    comparison, behind = project.comparison, project.comparison.passages
    first, second = found.coders[:2]
    match key:
        case Passages():
            stretches = comparison.spans(
                found, key.code, key.pattern, coder=key.coder, document=key.document
            )
            return _cell_title(found, key), _stretches(found, stretches)
        case Judged():
            title = translate("Compare", "{name}: all that was judged")
            judged = behind.judged(found, key.code, key.document)
            return _about(found, title, key.code, key.document), _stretches(found, judged)
        case Coded():
            title = translate("Compare", "{name}: all passages")
            if key.coder is not None:
                title = translate("Compare", "{name}: passages of {coder}").replace(
                    "{coder}", found.coder(key.coder).name
                )
            counted = behind.coded(found, key.code, key.coder, key.document)
            return _about(found, title, key.code, key.document), _counted(found, counted)
        case Units():
            unit = unit_word(found.setting.unit, found.setting.unit_size)
            units = behind.units(found, key.document)
            title = next((one.title for one in found.documents if one.id == key.document), "")
            return f"{title}: {unit}", _counted(found, units)
        case Together():
            other = (
                translate("Compare", "nothing")
                if key.other is None
                else found.line(key.other).label
            )
            label = found.line(key.code).label
            spans = comparison.together(found, first.id, second.id, key.code, key.other)
            title = f"{first.initials}: {label} · {second.initials}: {other}"
            return title, _plain(project, spans)
        case Items():
            return _items(project, found, key)
        case Segments():
            title = translate("Compare", "{name}: segments of {coder}")
            title = title.replace("{coder}", found.coder(key.coder).name)
            own = behind.segments(found, key.code, key.coder)
            return _about(found, title, key.code), _counted(found, own)
        case Meetings():
            title = translate("Compare", "{name}: segments with their edges")
            meetings = behind.meetings(found, key.code)
            return _about(found, title, key.code), tuple(_met(found, one) for one in meetings)
        case Shared():
            shared = ((document, Span(start, end)) for document, start, end in key.spans)
            return key.title, _plain(project, shared)
        case _:
            raise TypeError(f"nothing is known to stand behind {key!r}")


def _about(found: Agreement, title: str, code: UUID, document: UUID | None = None) -> str:
    said = title.replace("{name}", found.line(code).label)
    if document is None:
        return said
    return f"{said} · {next((d.title for d in found.documents if d.id == document), '')}"


def _cell_title(found: Agreement, key: Passages) -> str:
    several = len(found.coders) > 2
    alone = found.coder(key.coder).name if key.coder else translate("Compare", "one of them")
    words = {
        Pattern.BOTH: translate("Compare", "all of them")
        if several
        else translate("Compare", "both"),
        Pattern.SOME: translate("Compare", "several, not all"),
        Pattern.NEITHER: translate("Compare", "none of them")
        if several
        else translate("Compare", "neither"),
        Pattern.ONLY: translate("Compare", "only {name}").format(name=alone),
    }
    return f"{found.line(key.code).label}: {words[key.pattern]}"


def _initials(found: Agreement, coders: frozenset[UUID]) -> str:
    return ", ".join(coder.initials for coder in found.coders if coder.id in coders)


def _stretches(found: Agreement, stretches: Iterable[Stretch]) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            one.document,
            one.title,
            one.span,
            _initials(found, one.coders) or translate("Compare", "nobody"),
            say.units_words(one.units, found.setting) if one.units > 1 else "",
        )
        for one in stretches
    )


def _counted(found: Agreement, passages: Iterable[CountedPassage]) -> tuple[Passage, ...]:
    return tuple(
        Passage(one.document, one.title, one.span, _initials(found, one.coders), "")
        for one in passages
    )


def _met(found: Agreement, one: Meeting) -> Passage:
    """ "same edges · AO 10–40, BK 10–40" """
    if len(one.edges) == 1 or len(one.coders) == 1:
        state = translate("Compare", "one coder only")
    elif one.alike:
        state = translate("Compare", "same edges")
    else:
        state = translate("Compare", "other edges")
    edges = ", ".join(
        f"{found.coder(coder).initials} {span.start}–{span.end}" for coder, span in one.edges
    )
    return Passage(one.document, one.title, one.span, edges, state)


def _items(project: Project, found: Agreement, key: Items) -> tuple[str, tuple[Passage, ...]]:
    first, second = found.coder(key.first), found.coder(key.second)
    title = f"{difference_word(key.kind)}: {first.name} – {second.name}"
    items = project.comparison.passages.items(found, key.first, key.second, key.kind)
    passages = tuple(
        Passage(
            one.document,
            one.title,
            one.span,
            "",
            " / ".join(found.line(code).label for code in one.codes),
        )
        for one in items
    )
    return title[:1].upper() + title[1:], passages


def _plain(project: Project, spans: Iterable[tuple[UUID, Span]]) -> tuple[Passage, ...]:
    titles = {row.id: row.title for row in project.documents.all()}
    return tuple(
        Passage(document, titles.get(document, ""), span, "", "") for document, span in spans
    )
