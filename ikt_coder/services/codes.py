"""The codebook: a tree of codes. Merging and splitting are in ``code_merging``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update

from ikt_coder.codebooks.actor import ACTOR, fill_actor
from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.words import Pattern, Valence
from ikt_coder.model import Code, Coding, Framework, Memo, ThemeCode
from ikt_coder.services import code_merging
from ikt_coder.services.base import UNSET, Service, Unset, change_row, given, named
from ikt_coder.services.code_adding import NewCodes, name_taken, refuse_no_colour
from ikt_coder.services.code_proposals import refuse_under_proposal
from ikt_coder.services.rows import CodeRow, DeletePreview, MergePreview
from ikt_coder.storage.operation import Operation


def join_path(names: Sequence[str]) -> str:
    """A code path as the command line writes it: ``/`` between names, ``\\/`` within one."""
    return "/".join(name.replace("\\", "\\\\").replace("/", "\\/") for name in names)


def split_path(path: str) -> tuple[str, ...]:
    """The names of a written code path."""
    names: list[str] = [""]
    escaped = False
    for sign in path:
        if escaped:
            names[-1] += sign
            escaped = False
        elif sign == "\\":
            escaped = True
        elif sign == "/":
            names.append("")
        else:
            names[-1] += sign
    return tuple(names)


class CodeService(Service):
    # -- reading ------------------------------------------------------------------------

    def all(self, *, counted: bool = True) -> tuple[CodeRow, ...]:
        """All codes in tree order (a parent before its children), with the present coder's
        counts (zeros where not ``counted``); merged codes are not listed. Definitions of
        framework codes name the project's focal actor."""
        counts = self.counts() if counted else {}
        rows = self._rows(
            select(Code.__table__, Framework.key.label("fkey"), Framework.short_name)
            .outerjoin(Framework, Framework.id == Code.framework_id)
            .where(Code.merged_into.is_(None))
            .order_by(Code.position, Code.created, Code.id)
        )
        children: dict[UUID | None, list[Any]] = {}
        known = {row.id for row in rows}
        actor = ""
        if any(row.node_key and ACTOR in row.definition + row.include for row in rows):
            actor = self._project.card.get().focal_actor
        for row in rows:
            parent = row.parent_id if row.parent_id in known else None
            children.setdefault(parent, []).append(row)
        listed: list[CodeRow] = []

        def walk(parent: UUID | None, path: tuple[str, ...]) -> int:
            total = 0
            for row in children.get(parent, ()):
                own = counts.get(row.id, 0)
                here = len(listed)
                below = (*path, row.name)
                listed.append(_code_row(row, below, own, 0, actor))
                with_sub = own + walk(row.id, below)
                listed[here] = replace(listed[here], codings_below=with_sub)
                total += with_sub
            return total

        walk(None, ())
        return tuple(listed)

    def counts(self) -> dict[UUID, int]:
        """How many codings of the present coder each code has; none for the unused."""
        # Over all coders, because that is one walk through an index; the Consensus has none.
        rows = self._rows(
            select(Coding.code_id, Coding.coder_id, func.count()).group_by(
                Coding.code_id, Coding.coder_id
            )
        )
        present = self._project.coder
        return {code: n for code, coder, n in rows if coder == present and coder is not None}

    def get(self, code: UUID) -> CodeRow:
        """A code; one that was merged forwards to its survivor. Raises NotFound."""
        code = self.survivor(code)
        for row in self.all():
            if row.id == code:
                return row
        raise NotFound("This code is no longer in the codebook.", "Undo may bring it back.")

    def survivor(self, code: UUID) -> UUID:
        """The code that a merged code became."""
        seen = {code}
        while True:
            onward = self._connection.execute(
                select(Code.merged_into).where(Code.id == code)
            ).scalar()
            if onward is None or onward in seen:
                return code
            seen.add(onward)
            code = onward

    def find(self, path: str) -> CodeRow:
        """The code of this path ("Parent/Child"), name where it is the only one, or id."""
        rows = self.all()
        names = split_path(path)
        for row in rows:
            if row.path == names or str(row.id) == path:
                return row
        by_name = [row for row in rows if row.name == path]
        if len(by_name) == 1:
            return by_name[0]
        if by_name:
            raise NotFound(
                f"{len(by_name)} codes are named “{path}”.",
                "Give the whole path, such as “Parent/Child”.",
            )
        raise NotFound(f"There is no code “{path}” in the codebook.")

    # -- making and changing --------------------------------------------------------------

    def add(
        self,
        name: str,
        parent: UUID | None = None,
        *,
        definition: str = "",
        include: str = "",
        exclude: str = "",
        example: str = "",
        colour: str | None = None,
        pattern: Pattern | None = None,
    ) -> UUID:
        """Add a code after its sisters. Where the present coder codes in a sealed round it is
        a proposal, which others see when the round is unsealed. Raises UserError where a sister
        has the name."""
        name = named(name, "code")
        key = new_id()
        with self._operation(Op.ADD_CODE, code=key, name=name) as op:
            new = NewCodes(self._project, op)
            new.add(
                name,
                parent,
                key=key,
                definition=definition,
                include=include,
                exclude=exclude,
                example=example,
                colour=colour,
                pattern=pattern,
            )
            new.write()
        return key

    def change(
        self,
        code: UUID,
        *,
        name: str | Unset = UNSET,
        definition: str | Unset = UNSET,
        include: str | Unset = UNSET,
        exclude: str | Unset = UNSET,
        example: str | Unset = UNSET,
        colour: str | Unset = UNSET,
        pattern: Pattern | Unset = UNSET,
        source_wording: str | Unset = UNSET,
        source_page: str | Unset = UNSET,
        default_valence: Valence | Unset | None = UNSET,
    ) -> None:
        """Change the fields that are given."""
        values = given(
            name=name,
            definition=definition,
            include=include,
            exclude=exclude,
            example=example,
            colour=colour,
            pattern=pattern,
            source_wording=source_wording,
            source_page=source_page,
            default_valence=default_valence,
        )
        worded = (Code.definition, Code.include, Code.exclude)
        row = self._one(select(Code.name, Code.parent_id, *worded).where(Code.id == code), "code")
        with self._operation(Op.CHANGE_CODE, code=code, name=row.name, fields=sorted(values)) as op:
            if "name" in values:
                values["name"] = named(values["name"], "code")
                self._refuse_double(values["name"], row.parent_id, code)
                op.note(new_name=values["name"])
            if "colour" in values:
                refuse_no_colour(values["colour"])
            change_row(op, Code, code, values)
            if not values.keys().isdisjoint(("definition", "include", "exclude")):
                before = row._mapping
                self._project.upkeep.wording_changed(op, code, before, {**before, **values})

    def move(
        self, codes: UUID | Sequence[UUID], parent: UUID | None, position: int | None = None
    ) -> None:
        """Put codes under another code (None: at the top), before the sister that stands at
        ``position`` now, or at the end. Codes below another of ``codes`` come along with it.
        Raises NotAllowed for a code below itself, UserError where a sister has the name."""
        asked = [codes] if isinstance(codes, UUID) else list(codes)
        above = {r.id: r.parent_id for r in self._rows(select(Code.id, Code.parent_id))}
        keys = [key for key in dict.fromkeys(asked) if not _lies_below(key, asked, above)]
        if parent is not None and (parent in keys or _lies_below(parent, keys, above)):
            raise NotAllowed("A code cannot lie below itself. Nothing was moved.")
        with self._operation(Op.MOVE_CODES, codes=keys, parent=parent, count=len(keys)) as op:
            refuse_under_proposal(self._project, keys, parent)
            sisters = {
                r.id: r
                for r in self._rows(
                    select(Code.id, Code.name, Code.position)
                    .where(Code.parent_id == parent, Code.merged_into.is_(None))
                    .order_by(Code.position, Code.created, Code.id)
                )
            }
            order = list(sisters)
            at = len(order) if position is None else max(0, min(position, len(order)))
            before = [key for key in order[:at] if key not in keys]
            after = [key for key in order[at:] if key not in keys]
            names = [self._name(key) for key in keys]
            op.note(name=names[0] if names else "")
            for key, name in zip(keys, names, strict=True):
                self._refuse_double(name, parent, key)
            if len({name.casefold() for name in names}) < len(names):
                raise UserError("Two of these codes have the same name. Nothing was moved.")
            for index, key in enumerate([*before, *keys, *after]):
                if key in sisters and sisters[key].position == index:
                    continue
                op.execute(
                    update(Code).where(Code.id == key).values(parent_id=parent, position=index)
                )

    def pin(self, code: UUID, digit: int | None) -> None:
        """Pin a code to a digit key 1-9, taking the digit from the code that had it."""
        if digit is not None and not 1 <= digit <= 9:
            raise NotAllowed("Codes are pinned to the digits 1 to 9.")
        row = self._one(select(Code.name, Code.applicable).where(Code.id == code), "code")
        if digit is not None and not row.applicable:
            raise NotAllowed(f"“{row.name}” is a heading.", "Pin a code below it.")
        with self._operation(Op.PIN_CODE, code=code, name=row.name, digit=digit) as op:
            if digit is not None:
                op.execute(update(Code).where(Code.pin == digit, Code.id != code).values(pin=None))
            change_row(op, Code, code, {"pin": digit})

    # -- deleting, merging, splitting -----------------------------------------------------

    def delete_preview(self, codes: UUID | Sequence[UUID]) -> DeletePreview:
        """What deleting these codes with all below them would remove, over all coders as far
        as the present one may know."""
        keys = self._falling([codes] if isinstance(codes, UUID) else list(codes))
        codings, coders = self._one(
            select(func.count(), func.count(Coding.coder_id.distinct())).where(
                Coding.code_id.in_(keys)
            ),
            "code",
        )
        memos = self._one(select(func.count()).where(Memo.code_id.in_(keys)), "code")[0]
        themes = self._one(
            select(func.count(ThemeCode.theme_id.distinct())).where(ThemeCode.code_id.in_(keys)),
            "code",
        )[0]
        return DeletePreview(len(keys), codings, coders, memos, themes)

    def delete(self, codes: UUID | Sequence[UUID]) -> None:
        """Delete codes with all below them and their codings; undo brings all back.

        A framework's heading takes the framework along; codes of another origin that were
        put below it stay."""
        keys = [codes] if isinstance(codes, UUID) else list(codes)
        preview = self.delete_preview(keys)
        frameworks = self._headed(keys)
        with self._operation(
            Op.DELETE_CODES,
            count=preview.codes,
            codings=preview.codings,
            name=self._name(keys[0]) if keys else "",
        ) as op:
            self._project.rounds.refuse_codebook_act(op, keys)
            for framework in frameworks:
                self._project.frameworks.remove(framework)
            with self._project.sight.everything():
                fall = self.with_below(keys)
            self.delete_forwarded(op, fall)
            op.execute(delete(Code).where(Code.id.in_(fall)))

    def hang(self, op: Operation, codes: Sequence[UUID], parent: UUID | None) -> None:
        """Put codes after the sisters below ``parent`` whatever their names; a name that is
        taken there gets a number."""
        taken = {
            row.name.casefold()
            for row in self._rows(
                select(Code.name).where(
                    Code.parent_id == parent, Code.merged_into.is_(None), Code.id.not_in(codes)
                )
            )
        }
        position = self._next_position(Code, Code.parent_id == parent)
        for index, code in enumerate(codes):
            with self._project.sight.everything():
                name = free = self._name(code)
            number = 2
            while free.casefold() in taken:
                free = f"{name} {number}"
                number += 1
            taken.add(free.casefold())
            op.execute(
                update(Code)
                .where(Code.id == code)
                .values(parent_id=parent, position=position + index, name=free)
            )

    @staticmethod
    def delete_forwarded(op: Operation, codes: Iterable[UUID]) -> None:
        """Delete the rows of codes that were merged into ``codes``: without their survivor
        they would come back to the codebook, empty."""
        forwarded: list[UUID] = []
        found = list(codes)
        while found:
            found = list(op.execute(select(Code.id).where(Code.merged_into.in_(found))).scalars())
            forwarded += found
        op.execute(delete(Code).where(Code.id.in_(forwarded)))

    def _headed(self, keys: Sequence[UUID]) -> list[UUID]:
        """The frameworks whose headings are among ``keys``."""
        found = self._connection.execute(
            select(Code.framework_id).where(Code.id.in_(keys), Code.node_key.is_(None))
        ).scalars()
        return [framework for framework in found if framework is not None]

    def _falling(self, keys: Sequence[UUID]) -> list[UUID]:
        """Every code that goes when ``keys`` are deleted."""
        frameworks = set(self._headed(keys))
        if not frameworks:
            return self.with_below(keys)
        rows = {
            r.id: r
            for r in self._rows(
                select(Code.id, Code.framework_id).where(Code.merged_into.is_(None))
            )
        }
        of_framework = {key for key, r in rows.items() if r.framework_id in frameworks}
        others = [key for key in keys if key not in of_framework]
        return list(dict.fromkeys([*of_framework, *self.with_below(others)]))

    def merge_preview(self, sources: UUID | Sequence[UUID], target: UUID) -> MergePreview:
        """What merging ``sources`` into ``target`` would touch."""
        keys = [sources] if isinstance(sources, UUID) else list(sources)
        return code_merging.preview(self._project, keys, target)

    def merge(
        self, sources: UUID | Sequence[UUID], target: UUID, *, join_touching: bool = False
    ) -> None:
        """Merge codes into one; see code_merging.merge."""
        keys = [sources] if isinstance(sources, UUID) else list(sources)
        code_merging.merge(self._project, keys, target, join_touching=join_touching)

    def split(self, code: UUID, codings: Sequence[UUID], name: str) -> UUID:
        """Move chosen codings of a code, whosever they are, to a new sister code; returns it.
        Raises NotAllowed where none of them is of this code."""
        row = self._one(select(Code.name, Code.parent_id).where(Code.id == code), "code")
        with self._operation(
            Op.SPLIT_CODE, code=code, name=row.name, new_name=" ".join(name.split())
        ) as op:
            self._project.rounds.refuse_codings(op, codings)
            made = self.add(name, row.parent_id)
            # What others coded stays with the code they know while the new one is a proposal.
            own = (
                [Coding.coder_id == op.coder]
                if self._project.rounds.proposing(op.coder) is not None
                else []
            )
            moved = 0
            for start in range(0, len(codings), 500):
                some = list(codings[start : start + 500])
                moved += op.execute(
                    update(Coding)
                    .where(Coding.id.in_(some), Coding.code_id == code, *own)
                    .values(code_id=made)
                ).rowcount
            if not moved:
                raise NotAllowed(
                    f"No passage of “{row.name}” was chosen. Nothing was split.",
                    "Choose the passages that go to the new code.",
                )
            op.note(count=moved)
        return made

    def with_below(self, codes: UUID | Sequence[UUID]) -> list[UUID]:
        """These codes and all below them; merged ones are not among them."""
        keys = [codes] if isinstance(codes, UUID) else list(codes)
        children: dict[UUID | None, list[UUID]] = {}
        for row in self._rows(select(Code.id, Code.parent_id).where(Code.merged_into.is_(None))):
            children.setdefault(row.parent_id, []).append(row.id)
        reached = dict.fromkeys(keys)
        waiting = list(keys)
        while waiting:
            for child in children.get(waiting.pop(), ()):
                if child not in reached:
                    reached[child] = None
                    waiting.append(child)
        return list(reached)

    def _name(self, code: UUID) -> str:
        return str(self._one(select(Code.name).where(Code.id == code), "code").name)

    def _refuse_double(self, name: str, parent: UUID | None, besides: UUID) -> None:
        sisters = self._rows(
            select(Code.id, Code.name).where(Code.parent_id == parent, Code.merged_into.is_(None))
        )
        for row in sisters:
            if row.name.casefold() == name.casefold() and row.id != besides:
                raise name_taken(row.name)


def _lies_below(key: UUID, keys: Iterable[UUID], above: dict[UUID, UUID | None]) -> bool:
    """Whether a code lies somewhere below one of ``keys``."""
    tops = set(keys)
    step = above.get(key)
    while step is not None:
        if step in tops:
            return True
        step = above.get(step)
    return False


def _code_row(r: Any, path: tuple[str, ...], own: int, below: int, actor: str) -> CodeRow:
    def filled(text: str) -> str:
        return fill_actor(text, actor) if r.node_key and ACTOR in text else text

    return CodeRow(
        id=r.id,
        parent=r.parent_id,
        position=r.position,
        name=r.name,
        path=path,
        definition=filled(r.definition),
        include=filled(r.include),
        exclude=filled(r.exclude),
        example=filled(r.example),
        colour=r.colour,
        pattern=Pattern(r.pattern),
        pin=r.pin,
        framework=r.framework_id,
        framework_key=r.fkey,
        node_key=r.node_key,
        short_framework=r.short_name,
        source_wording=r.source_wording,
        source_page=r.source_page,
        codings=own,
        codings_below=below,
        applicable=r.applicable,
        default_valence=Valence(r.default_valence) if r.default_valence else None,
    )
