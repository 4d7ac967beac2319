"""Crosswalks of the project: the source followed, drawn links, and codings that wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from ikt_coder.codebooks.catalogue import crosswalks_from, find_framework
from ikt_coder.codebooks.components import COMPONENTS
from ikt_coder.codebooks.crosswalk import Crosswalk, Derived
from ikt_coder.codebooks.framework import Status
from ikt_coder.core.errors import NotAllowed, NotFound
from ikt_coder.core.ops import Op
from ikt_coder.core.query import Whose
from ikt_coder.model import Code, CodeLink, Coder, CrosswalkChoice, Framework, Level
from ikt_coder.model.derived import derived_key
from ikt_coder.services.attribution import Attribution
from ikt_coder.services.base import Service, add_row, change_row
from ikt_coder.services.crosswalks.links import Links, followed, usable
from ikt_coder.services.crosswalks.rows import (
    CodeLinkRow,
    CrosswalkCount,
    CrosswalkRow,
    SourceRow,
    Target,
    UndecidedRow,
)
from ikt_coder.services.kept_reading import KeptReading
from ikt_coder.services.rows import CodeRow, CodingRow

if TYPE_CHECKING:
    from ikt_coder.services.project import Project
    from ikt_coder.services.theme_counts import ThemeCounts

Keys = UUID | Sequence[UUID]

_TABLES = ("code", "code_link", "crosswalk_choice", "framework", "level")


class CrosswalkService(Service):
    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._links_read = KeptReading(project, _TABLES, lambda: Links(project), first=True)

    # -- published ----------------------------------------------------------------------

    def all(self) -> tuple[CrosswalkRow, ...]:
        """The published crosswalks that start in a framework of the project and fill a column
        beside its codes, or can."""
        keys = self._rows(select(Framework.key).order_by(Framework.position))
        walks = [walk for row in keys for walk in crosswalks_from(row.key) if usable(walk)]
        walks.sort(key=lambda walk: not walk.derives)
        return tuple(self.row(walk) for walk in walks)

    def source(self, walk: Crosswalk) -> str:
        """The source of a crosswalk that recommendations follow: the one chosen, else its
        default one."""
        stored = self._rows(
            select(CrosswalkChoice.source).where(CrosswalkChoice.crosswalk == walk.key)
        )
        return followed(walk, stored[0].source if stored else None) or walk.default_source.key

    def row(self, walk: Crosswalk) -> CrosswalkRow:
        """A crosswalk as it is followed, whether or not it starts in the project."""
        stored = self._rows(
            select(CrosswalkChoice.source).where(CrosswalkChoice.crosswalk == walk.key)
        )
        choice = stored[0].source if stored else None
        return _row(walk, followed(walk, choice) if usable(walk) else self.source(walk))

    def follow(self, crosswalk: str, source: str) -> None:
        """Let a crosswalk follow another of its sources; an empty one sets it aside, where it
        only fills a column. Choices made on codings stay: those that the source does not offer
        wait until it is followed again.

        Raises NotFound for an unknown crosswalk or source, NotAllowed where it cannot be set
        aside.
        """
        walk = self.published(crosswalk)
        if source:
            name = walk.source_of(source).name
        elif usable(walk):
            name = "no source"
        else:
            raise NotAllowed(f"{walk.name} always follows a source. Nothing was changed.")
        key = derived_key("crosswalk_choice", crosswalk)
        with self._operation(
            Op.CHOOSE_CROSSWALK, crosswalk=crosswalk, source=source, name=name
        ) as op:
            there = op.execute(
                select(CrosswalkChoice.source).where(CrosswalkChoice.id == key)
            ).first()
            if there is None:
                if source != followed(walk, None):
                    add_row(op, CrosswalkChoice, id=key, crosswalk=crosswalk, source=source)
            elif there.source != source:
                op.execute(
                    update(CrosswalkChoice).where(CrosswalkChoice.id == key).values(source=source)
                )

    @staticmethod
    def published(crosswalk: str) -> Crosswalk:
        """The crosswalk of this key. Raises NotFound."""
        start = crosswalk.partition("--")[0]
        for walk in crosswalks_from(start):
            if walk.key == crosswalk:
                return walk
        raise NotFound(f"There is no crosswalk “{crosswalk}”.")

    # -- drawn --------------------------------------------------------------------------

    def links(self) -> tuple[CodeLinkRow, ...]:
        """The links that were drawn, in the order in which they were made."""
        reading = self.reading()
        targets = {
            (code, target.code or target.level): target
            for code, some in reading.drawn.items()
            for target in some
        }
        rows = self._rows(
            select(CodeLink.__table__, Code.name, Coder.initials)
            .join(Code, Code.id == CodeLink.code_id)
            .outerjoin(Coder, Coder.id == CodeLink.coder_id)
            .order_by(CodeLink.created, CodeLink.id)
        )
        found = []
        for row in rows:
            target = targets.get((row.code_id, row.target_id or row.level_id))
            if target is not None:
                found.append(
                    CodeLinkRow(
                        row.id,
                        row.code_id,
                        row.name,
                        target,
                        reading.name(target.framework)[0],
                        row.note,
                        row.coder_id,
                        row.initials or "",
                        row.created,
                    )
                )
        return tuple(found)

    def link(
        self,
        codes: Keys,
        targets: Keys = (),
        levels: Keys = (),
        note: str = "",
    ) -> tuple[UUID, ...]:
        """Draw links from each code to each target (a code of a framework) and level, in one
        act; links that stand already stay as they are. Returns the ids of all of them.

        Raises NotFound where something is gone, NotAllowed for a link to a heading, to a code
        of no framework, or within one framework.
        """
        starts, ends, marks = _keys(codes), _keys(targets), _keys(levels)
        with self._operation(Op.LINK_CODES, count=len(starts) * (len(ends) + len(marks))) as op:
            coder = self._project.coder
            now = datetime.now(UTC)
            names = self._ends(starts, ends, marks)
            if len(starts) == 1 and len(ends) + len(marks) == 1:
                op.note(name=names[starts[0]], new_name=names[(ends or marks)[0]])
            there = {row.id for row in op.execute(select(CodeLink.id)).all()}
            made = []
            for code in starts:
                for target, level in (*((e, None) for e in ends), *((None, m) for m in marks)):
                    key = derived_key("code_link", code, target, level)
                    made.append(key)
                    if key not in there:
                        op.execute(
                            insert(CodeLink).values(
                                id=key,
                                code_id=code,
                                target_id=target,
                                level_id=level,
                                note=note.strip(),
                                coder_id=coder,
                                created=now,
                            )
                        )
        return tuple(made)

    def _ends(
        self, starts: Sequence[UUID], ends: Sequence[UUID], marks: Sequence[UUID]
    ) -> dict[UUID, str]:
        codes = {
            row.id: row
            for row in self._rows(
                select(Code.id, Code.name, Code.framework_id, Code.applicable).where(
                    Code.id.in_([*starts, *ends]), Code.merged_into.is_(None)
                )
            )
        }
        levels = {
            row.id: row.name
            for row in self._rows(select(Level.id, Level.name).where(Level.id.in_(marks)))
        }
        for key in (*starts, *ends):
            if key not in codes:
                raise NotFound("This code is no longer in the project. Nothing was linked.")
            if not codes[key].applicable:
                raise NotAllowed(
                    f"“{codes[key].name}” is a heading. Nothing was linked.",
                    "Choose a code below it.",
                )
        if any(key not in levels for key in marks):
            raise NotFound("This level is no longer in the project. Nothing was linked.")
        for end in ends:
            home = codes[end].framework_id
            if home is None:
                raise NotAllowed(
                    f"“{codes[end].name}” is a code of no framework. Nothing was linked.",
                    "A link leads to a code of a framework or to a level.",
                )
            for start in starts:
                if codes[start].framework_id == home:
                    raise NotAllowed(
                        f"“{codes[start].name}” and “{codes[end].name}” are of one framework. "
                        "Nothing was linked."
                    )
        return {key: row.name for key, row in codes.items()} | levels

    def note(self, link: UUID, note: str) -> None:
        """Change the note of a drawn link. Raises NotFound."""
        row = self._link(link)
        with self._operation(Op.LINK_CODES, name=row.code_name, new_name=row.target.name) as op:
            change_row(op, CodeLink, link, {"note": note.strip()})

    def unlink(self, link: UUID) -> None:
        """Take a drawn link away. Raises NotFound."""
        row = self._link(link)
        with self._operation(Op.UNLINK_CODES, name=row.code_name, new_name=row.target.name) as op:
            op.execute(delete(CodeLink).where(CodeLink.id == link))

    def _link(self, link: UUID) -> CodeLinkRow:
        for row in self.links():
            if row.id == link:
                return row
        raise NotFound("This link is no longer in the project.", "Undo may bring it back.")

    # -- what a coding leads to -----------------------------------------------------------

    def reading(self) -> Links:
        """Where every code leads as things stand, to be asked many times."""
        return self._links_read.get()

    def derived(
        self, code: CodeRow, choice: Sequence[str] = (), target: str = COMPONENTS
    ) -> Derived | None:
        """Where a coding with this code leads in a framework (never stored); None where nothing
        leads there from the code."""
        return self.reading().derive(code, choice, target)

    def choose(self, codings: Keys, targets: Sequence[str], target: str = COMPONENTS) -> None:
        """Settle where codings lead that have several targets in a framework, in one act; no
        targets leaves them undecided again. ``targets`` are keys of nodes.

        Raises NotAllowed, and changes nothing, where a coding does not lead to one of them or
        is another coder's.
        """
        reading = self.reading()
        rows = self._project.codings.many(_keys(codings))
        wanted = {row.code for row in rows}
        codes = {row.id: row for row in self._project.codes.all(counted=False) if row.id in wanted}
        with self._operation(Op.CHOOSE_TARGETS, count=len(rows), target=target) as op:
            if len(codes) == 1:
                op.note(name=next(iter(codes.values())).name)
            by_choice: dict[tuple[str, ...], list[UUID]] = {}
            for row in rows:
                choice = self._chosen(reading, codes[row.code], row, targets, target)
                if choice != row.mapping_choice:
                    by_choice.setdefault(choice, []).append(row.id)
            for choice, keys in by_choice.items():
                self._project.codings.change(keys, mapping_choice=choice)

    @staticmethod
    def _chosen(
        reading: Links, code: CodeRow, row: CodingRow, targets: Sequence[str], target: str
    ) -> tuple[str, ...]:
        links = reading.derive(code, row.mapping_choice, target)
        if links is None:
            raise NotAllowed(f"No crosswalk starts from “{code.name}”. The choice was not stored.")
        for key in targets:
            if key not in links.candidates:
                names = [reading.target(target, one).name for one in links.candidates]
                raise NotAllowed(
                    f"“{code.name}” does not lead to “{reading.target(target, key).name}”; "
                    "the choice was not stored.",
                    f"It leads to {', '.join(names) or 'nothing'}.",
                )
        # What was chosen for other frameworks, or by another source, stays.
        kept = [key for key in row.mapping_choice if key not in links.candidates]
        return (*kept, *(key for key in links.candidates if key in targets))

    def undecided(
        self, target: str = COMPONENTS, whose: Whose = Whose.LAYER
    ) -> tuple[UndecidedRow, ...]:
        """The codings that wait for a choice, in document order: those of the analysis layer,
        or the present coder's (``Whose.MINE``). Those of participants who were left out of
        analysis do not wait."""
        reading = self.reading()
        codes = {row.id: row for row in self._project.codes.all(counted=False)}
        wanted = reading.may_wait(codes.values(), target)
        if not wanted:
            return ()
        attribution = Attribution(self._project)
        info = self._project.layers.info(attribution)
        rows: Iterable[CodingRow]
        if whose is Whose.MINE:
            order = {source.document: at for at, source in enumerate(info.sources)}
            mine = self._project.codings.of_codes(wanted)
            rows = sorted(
                (row for row in mine if row.document in order),
                key=lambda row: (order[row.document], row.span.start, row.span.end, row.id),
            )
        else:
            rows = self._project.layers.codings(info, wanted)
        titles = {source.document: source.title for source in info.sources}
        found = []
        for row in rows:
            links = reading.derive(codes[row.code], row.mapping_choice, target)
            if links is None or not links.undecided:
                continue
            who = attribution.of(row.document, row.span).participants
            counted = attribution.counted(who)
            if who and not counted:
                continue
            found.append(
                UndecidedRow(
                    row,
                    titles[row.document],
                    codes[row.code],
                    tuple(reading.target(target, key) for key in links.candidates),
                    tuple(attribution.people[key].label for key in counted),
                    row.coder is None or row.coder == self._project.coder,
                )
            )
        return tuple(found)

    def left(self) -> int:
        """How many codings of the analysis layer wait for a choice, in any framework."""
        groups = self.reading().groups()
        return len({row.coding.id for group in groups for row in self.undecided(group.key)})

    def count(
        self,
        target: str = COMPONENTS,
        counts: ThemeCounts | None = None,
        links: Links | None = None,
    ) -> CrosswalkCount:
        """What the codings of the analysis layer lead to in a framework, and what was coded
        there directly. ``counts``, where given, was made with the whole layer; ``links`` may
        follow other sources than the project does."""
        # Asked for by tables alone; a card that shows one coding loads no counting.
        from ikt_coder.services.crosswalks.counting import count_targets
        from ikt_coder.services.theme_counts import ThemeCounts

        counts = counts or ThemeCounts(self._project, whole_layer=True)
        return count_targets(self._project, links or self.reading(), target, counts)

    def target(self, framework: str, key: str) -> Target:
        """A node by its framework and key."""
        return self.reading().target(framework, key)


def _keys(keys: Keys) -> list[UUID]:
    return [keys] if isinstance(keys, UUID) else list(dict.fromkeys(keys))


def _row(walk: Crosswalk, source: str) -> CrosswalkRow:
    ends = [find_framework(key) for key in (walk.source_framework, walk.target_framework)]
    names = [end.name if end is not None else walk.name for end in ends]
    return CrosswalkRow(
        walk.key,
        walk.name,
        walk.source_framework,
        walk.target_framework,
        names[0],
        names[1],
        tuple(
            SourceRow(
                one.key,
                one.name,
                one.citation.short,
                one.citation.reference,
                one.default,
                sum(link.source == one.key for link in walk.links),
                _checked(walk, one.key),
            )
            for one in walk.sources
        ),
        source,
    )


def _checked(walk: Crosswalk, source: str) -> str:
    """How far the links of a source were checked."""
    links = [link for link in walk.links if link.source == source]
    read = sum(link.status is Status.RETRIEVED for link in links)
    if read == len(links):
        return "all links read in a source"
    if not read:
        return "from memory of the source: confirm with the paper"
    return f"{read} of {len(links)} links read in a source, the rest from memory"
