"""The tables of agreement as a report prints them: by code, also computed, pairs, documents,
classes of differences, direction, confusion and rounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

from ikt_coder.agreement.figure import Figure
from ikt_coder.core.rounds import DifferenceKind, Unit
from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.core.words import Valence
from ikt_coder.services.agreement_notes import Writer, paragraphs
from ikt_coder.services.code_labels import shown_depths
from ikt_coder.services.codes import join_path
from ikt_coder.services.comparison_options import ComparisonOptions
from ikt_coder.services.comparison_rows import Agreement, CodeLine
from ikt_coder.services.report_language.words import N
from ikt_coder.services.theme_table_options import ExportLanguage

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

ALSO: Final = ("alpha", "ac1", "kappa", "dice", "negative_agreement", "jaccard", "scott_pi",
               "bennett_s")  # fmt: skip
"""What is computed beside the coefficient that was laid down, in the order of the columns."""
MANY: Final = ("alpha", "kappa", "fleiss_kappa", "ac1", "dice", "negative_agreement", "jaccard",
               "bennett_s")  # fmt: skip
"""The same for more than two coders."""

_DATA: Final = frozenset({".csv", ".xlsx"})
_MOST_CONFUSIONS: Final = 40
_MOST_PAIRS: Final = 3


def agreement_tables(
    project: Project,
    options: ComparisonOptions | None = None,
    language: ExportLanguage = ExportLanguage.ENGLISH,
    *,
    initials: bool = False,
    ending: str = "",
    agreement: Agreement | None = None,
) -> tuple[Table, ...]:
    """The tables of an agreement, numbered. ``agreement`` where it was computed already.

    Raises NotAllowed where there is none to report: a reflexive project, a sealed round.
    """
    found = agreement or (options or ComparisonOptions()).agreement(project)
    return _Tables(project, found, language, initials, ending in _DATA).all()


class _Tables:
    def __init__(
        self,
        project: Project,
        found: Agreement,
        language: ExportLanguage,
        initials: bool,
        data: bool,
    ) -> None:
        self.project = project
        self.found = found
        self.data = data  # for other programs: paths, and the ends of intervals apart
        self.write = Writer(found, language, initials=initials)
        self.words = self.write.words
        self.several = len(found.coders) > 2
        self.lines = found.used
        rows = project.codes.all(counted=False)
        self.depths = shown_depths(rows, {line.code for line in self.lines})

    def all(self) -> tuple[Table, ...]:
        made = [self.main(), self.also()]
        if self.several:
            made.append(self.pairs())
        made.append(self.documents())
        if self.lines and len(self._pairs()) <= _MOST_PAIRS:
            made.append(self.differences())
        if not self.several and self.lines:
            made += [*self.directions(), *self.confusion()]
        made += self.trend()
        return tuple(replace(table, number=at) for at, table in enumerate(made, start=1))

    def _pairs(self) -> list[tuple[int, int]]:
        return list(combinations(range(len(self.found.coders)), 2))

    def _table(
        self,
        title: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Cell]],
        *note: Sequence[str],
    ) -> Table:
        return Table(
            title=title,
            columns=tuple(columns),
            rows=tuple(tuple(row) for row in rows),
            note=paragraphs(*note),
            language=self.write.language.tag,
            description=title,
            empty=self.words.nothing_compared,
        )

    # -- cells ------------------------------------------------------------------------------

    def _code(self, line: CodeLine) -> Cell:
        if self.data:
            return cell(join_path(line.path))
        return cell(line.label, indent=self.depths.get(line.code, 0))

    def _count(self, value: int) -> Cell:
        return number(value, self.write.figures.whole(value))

    def _value(self, value: float | None) -> Cell:
        text = self.write.shown(value)
        return cell(text) if value is None else number(value, text)

    def _share(self, figure: Figure) -> Cell:
        text = self.write.percent(figure.value)
        return cell(text) if figure.value is None else number(100 * figure.value, text)

    def _figure(self, name: str, width: float = 0.6, heading: str = "") -> Column:
        return Column((Run(heading or name, italic=not heading),), Align.RIGHT, width)

    def _plain(self, name: str, width: float = 1.0) -> Column:
        return Column((Run(name),), width=width)

    def _counted(self, name: str, width: float = 0.8) -> Column:
        setting = self.found.setting
        heading = self.write.comparing.unit_heading(setting.unit, setting.unit_size)
        spanner = (Run(heading.removesuffix("n")), N)
        return Column((Run(name),), Align.RIGHT, width, spanner)

    def _count_columns(self) -> list[Column]:
        first = self.words.all_coders if self.several else self.words.both
        names = [first, *(self.write.comparing.only(name) for name in self.write.names)]
        if self.several:
            names.append(self.words.some)
        names.append(self.words.none if self.several else self.words.neither)
        return [self._counted(name) for name in names]

    # -- tables -----------------------------------------------------------------------------

    def main(self) -> Table:
        found, write = self.found, self.write
        symbol = write.symbol(found.coefficient)
        columns = [self._plain(self.words.code, 2.0), *self._count_columns()]
        columns.append(Column((Run(self.words.percent),), Align.RIGHT, 0.5))
        if found.coefficient != "percent":
            columns.append(self._figure(symbol))
        intervals = any(line.interval is not None for line in self.lines)
        if intervals and self.data:
            columns += [
                Column((Run(f"{self.words.interval}, {edge}"),), Align.RIGHT, 0.6)
                for edge in ("low", "high")
            ]
        elif intervals:
            columns.append(Column((Run(self.words.interval),), Align.RIGHT, 1.05))
        columns += [Column((Run(self.words.documents),), Align.RIGHT, 0.8)]
        columns.append(self._plain(self.words.remarks, 1.3))
        rows = []
        for line in self.lines:
            row = line.figures
            cells = [self._code(line), self._count(row.both)]
            cells += [self._count(value) for value in row.only]
            if self.several:
                cells.append(self._count(row.some))
            cells += [self._count(row.neither), self._share(row.figures["percent"])]
            if found.coefficient != "percent":
                cells.append(self._value(row.value(found.coefficient)))
            if intervals and self.data:
                edges = (line.interval.low, line.interval.high) if line.interval else (None,) * 2
                cells += [cell("") if edge is None else self._value(edge) for edge in edges]
            elif intervals:
                cells.append(cell(write.between(line.interval)))
            cells += [number(row.documents), cell(write.remarks(line))]
            rows.append(cells)
        return self._table(
            self.words.agreement_title,
            columns,
            rows,
            [*write.setting(), write.statistic(found.coefficient), *write.intervals()],
            write.overall(),
            [*write.left_out(), *write.flag_notes(self.lines)],
            [*write.guidance(), write.computed()],
        )

    def also(self) -> Table:
        found, write = self.found, self.write
        names = [name for name in (MANY if self.several else ALSO) if name != found.coefficient]
        columns = [self._plain(self.words.code, 2.0)]
        columns += [self._figure(write.symbol(name), 0.7) for name in names]
        rows = [
            [self._code(line), *(self._value(line.figures.value(name)) for name in names)]
            for line in self.lines
        ]
        return self._table(
            self.words.also_title,
            columns,
            rows,
            [write.comparing.also_computed(), *(write.statistic(name) for name in names)],
        )

    def pairs(self) -> Table:
        found, write = self.found, self.write
        columns = [
            self._plain(self.words.pair, 2.0),
            Column((Run(self.words.documents),), Align.RIGHT, 0.8),
            Column((Run(self.words.percent),), Align.RIGHT, 0.6),
            Column((Run(self.words.pooled),), Align.RIGHT, 1.0),
        ]
        rows = [
            [
                cell(f"{write.names[pair.first]} – {write.names[pair.second]}"),
                number(pair.documents),
                self._share(pair.percent),
                self._value(pair.kappa.value),
            ]
            for pair in self.project.comparison.pairs(found)
        ]
        return self._table(self.words.pairs_title, columns, rows, write.setting()[:1])

    def documents(self) -> Table:
        found, write = self.found, self.write
        rows, means = self.project.comparison.per_document(found)
        columns = [
            self._plain(self.words.document, 2.0),
            self._counted(self.words.units[found.setting.unit].capitalize(), 1.0),
            Column((Run(self.words.percent),), Align.RIGHT, 0.6),
            Column((Run(self.words.pooled),), Align.RIGHT, 1.0),
        ]
        columns[1] = Column(columns[1].spanner, Align.RIGHT, 1.0)
        cells = [
            [
                cell(row.title),
                self._count(row.units),
                self._share(row.percent),
                self._value(row.figure.value),
            ]
            for row in rows
        ]
        said = write.comparing.means(
            write.shown(means.mean.value),
            write.shown(means.length_weighted.value),
            write.shown(means.pooled.value),
            means.left_out,
        )
        note = [said] if rows else []
        return self._table(self.words.documents_title, columns, cells, note)

    def differences(self) -> Table:
        write, coders = self.write, self.found.coders
        pairs = self._pairs()
        counts = [
            self.project.comparison.differences(self.found, coders[a].id, coders[b].id)
            for a, b in pairs
        ]
        names = [
            self.words.items if len(pairs) == 1 else f"{write.names[a]} – {write.names[b]}"
            for a, b in pairs
        ]
        kinds = [kind for kind in DifferenceKind if any(kind in found for found in counts)]
        columns = [self._plain(self.words.kind, 2.4)]
        columns += [Column((Run(name),), Align.RIGHT, 1.0) for name in names]
        rows = [
            [cell(self.words.differences[kind]), *(number(found.get(kind, 0)) for found in counts)]
            for kind in kinds
        ]
        note = [write.comparing.classes_of(write.names[a], write.names[b]) for a, b in pairs]
        return self._table(self.words.differences_title, columns, rows, note)

    def directions(self) -> list[Table]:
        """The square table of directions, where both set any, with the level sets below."""
        write, (first, second) = self.write, self.found.coders
        names = write.names
        found = self.project.comparison.valence(self.found, first.id, second.id)
        levels = self.project.comparison.levels(self.found, first.id, second.id).figures
        table = found.table
        if not table.units and not levels.units:
            return []
        pair = self.project.card.get().words
        met = [
            at
            for at in range(len(table.categories))
            if any(table.table[at]) or any(row[at] for row in table.table)
        ]
        categories = tuple(Valence)  # those of the table, in its order
        heads = [write.language.direction(categories[at], pair).capitalize() for at in met]
        spanner = (Run(names[1]),)
        columns = [self._plain(names[0], 1.4)]
        columns += [Column((Run(head),), Align.RIGHT, 0.9, spanner) for head in heads]
        rows = [
            [cell(head), *(number(table.table[at][other]) for other in met)]
            for head, at in zip(heads, met, strict=True)
        ]
        theta = 0.5 if self.found.round is None else self.found.round.overlap
        said = [write.comparing.agreed_passages(len(found.passages), write.shown(theta))]
        if table.units:
            percent = write.language.percent(write.percent(table.percent.value))
            kappa = write.coefficient("κ", table.kappa)
            said.append(write.comparing.direction_figures(percent, kappa, table.units))
        said.append(
            write.comparing.direction_apart(
                table.neither_set, names[0], table.only_first_set, names[1], table.only_second_set
            )
        )
        if levels.units:
            said.append(
                write.comparing.level_figures(
                    write.shown(levels.mean_jaccard.value),
                    levels.same,
                    levels.units,
                    levels.neither_set,
                )
            )
        return [self._table(self.words.directions_title, columns, rows, said)]

    def confusion(self) -> list[Table]:
        """Pairs of different codes on the same text, most passages first."""
        write, (first, second) = self.write, self.found.coders
        labels = {line.code: line for line in self.found.codes}
        cells = self.project.comparison.confusion(self.found, first.id, second.id).cells
        found = [
            (codes, confused)
            for codes, confused in cells.items()
            if codes[0] != codes[1] and confused.instead
        ]
        found.sort(key=lambda one: (-one[1].passages, -one[1].instead, str(one[0])))
        note = [self.words.confusion_note]
        if not self.data and len(found) > _MOST_CONFUSIONS:
            note.append(self.words.confusion_cut.format(shown=_MOST_CONFUSIONS, of=len(found)))
            found = found[:_MOST_CONFUSIONS]
        if not found:
            return []
        columns = [
            self._plain(f"{self.words.code}, {write.names[0]}", 2.0),
            self._plain(f"{self.words.used_by_other} {write.names[1]}", 2.0),
            Column((Run(self.words.passages),), Align.RIGHT, 0.8),
            Column((Run(self.words.units[Unit.CHARACTERS].capitalize()),), Align.RIGHT, 0.9),
        ]
        rows = [
            [
                self._named(labels[one]),
                cell(self.words.nothing_there) if other is None else self._named(labels[other]),
                number(confused.passages),
                self._count(confused.instead),
            ]
            for (one, other), confused in found
        ]
        return [self._table(self.words.confusion_title, columns, rows, note)]

    def _named(self, line: CodeLine) -> Cell:
        return cell(join_path(line.path) if self.data else line.label)

    def trend(self) -> list[Table]:
        points = self.project.comparison.trend() if self.found.round is not None else ()
        if len(points) < 2:
            return []
        columns = [
            self._plain(self.words.round, 2.0),
            Column((Run(self.words.coder),), Align.RIGHT, 0.7),
            Column((Run(self.words.documents),), Align.RIGHT, 0.8),
            Column((Run(self.words.pooled),), Align.RIGHT, 1.0),
        ]
        rows = [
            [
                cell(point.round.name),
                number(point.coders),
                number(point.documents),
                self._value(point.pooled),
            ]
            for point in points
        ]
        return [self._table(self.words.trend_title, columns, rows)]
