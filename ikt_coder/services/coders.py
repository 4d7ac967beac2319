"""Coders: who codes, with which role, and who sits at the desk now."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.words import Role
from ikt_coder.model import Coder, Coding, CopyOrigin, Operation
from ikt_coder.services.base import UNSET, Service, Unset, add_row, change_row, given, named
from ikt_coder.services.kept_reading import KeptReading
from ikt_coder.services.rows import CoderRow

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


def initials_of(name: str) -> str:
    """Two or three capitals that stand for a name: "Amara Okafor" is AO."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    if not words:  # a name of signs or emoji alone
        return "".join(name.split())[:2].upper()
    if len(words) == 1:
        return words[0][:2].upper()
    return "".join(word[0] for word in words[:3]).upper()


class CoderService(Service):
    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._everyone = KeptReading(project, ("coder",), self._read_everyone, first=True)

    def all(self) -> tuple[CoderRow, ...]:
        """All coders in the order they were added, with how much each has coded."""
        counts = (
            select(Coding.coder_id, func.count().label("n")).group_by(Coding.coder_id).subquery()
        )
        rows = self._rows(
            select(Coder.__table__, func.coalesce(counts.c.n, 0).label("n"))
            .outerjoin(counts, counts.c.coder_id == Coder.id)
            .order_by(Coder.created, Coder.id)
        )
        return tuple(
            CoderRow(r.id, r.name, r.initials, Role(r.role), r.positionality, r.n, r.participant_id)
            for r in rows
        )

    def everyone(self) -> tuple[CoderRow, ...]:
        """All coders as ``all`` gives them but with nothing counted: for names at every act."""
        return self._everyone.get()

    def _read_everyone(self) -> tuple[CoderRow, ...]:
        return tuple(
            CoderRow(
                r.id,
                r.name,
                r.initials,
                Role(r.role),
                r.positionality,
                participant=r.participant_id,
            )
            for r in self._rows(select(Coder.__table__).order_by(Coder.created, Coder.id))
        )

    def get(self, coder: UUID) -> CoderRow:
        """A coder; nothing is counted. Raises NotFound."""
        for row in self.everyone():
            if row.id == coder:
                return row
        raise NotFound("This coder is not in the project.", "Choose another coder.")

    def find(self, name: str) -> CoderRow:
        """The coder of this name, initials or id. Raises NotFound."""
        rows = self.all()
        wanted = name.strip().casefold()
        for row in rows:
            if wanted in (row.name.casefold(), str(row.id)):
                return row
        for row in rows:
            if wanted == row.initials.casefold():
                return row
        known = ", ".join(row.name for row in rows) or "none yet"
        raise NotFound(f"There is no coder “{name}” in the project.", f"Coders: {known}.")

    def present(self) -> CoderRow | None:
        """Who sits at the desk; nothing is counted."""
        return self.get(self._project.coder) if self._project.coder else None

    def ensure_present(self) -> UUID:
        """The present coder; where nobody has said who codes, a first coder is made. Raises
        NotAllowed while a round is sealed: then nobody is taken for somebody else."""
        if self._project.coder is not None:
            return self._project.coder
        if self._project.sealing.rounds:
            raise NotAllowed(
                "Nobody has said who is coding, and a round is sealed. Nothing was changed.",
                "Choose yourself where it says who is coding, or name the coder.",
            )
        coders = self.all()
        first = coders[0].id if coders else self.add("Coder A", "A")
        self.switch(first)
        return first

    def add(
        self,
        name: str,
        initials: str = "",
        role: Role = Role.RESEARCHER,
        positionality: str = "",
    ) -> UUID:
        """Add a coder. Raises UserError where the name is taken."""
        name = named(name, "coder", 120)
        key = new_id()
        with self._operation(Op.ADD_CODER, coder=key, name=name) as op:
            self._refuse_double(name, None)
            add_row(
                op,
                Coder,
                id=key,
                name=name,
                initials=(initials.strip() or initials_of(name))[:4],
                role=role.value,
                positionality=positionality.strip(),
                created=datetime.now(UTC),
            )
        return key

    def change(
        self,
        coder: UUID,
        *,
        name: str | Unset = UNSET,
        initials: str | Unset = UNSET,
        role: Role | Unset = UNSET,
        positionality: str | Unset = UNSET,
        participant: UUID | Unset | None = UNSET,
    ) -> None:
        """Change what is given. ``participant``: who the coder is where they were interviewed
        too; they are not given their own interview to code."""
        values = given(
            name=name,
            initials=initials,
            role=role,
            positionality=positionality,
            participant_id=participant,
        )
        with self._operation(Op.CHANGE_CODER, coder=coder, fields=sorted(values)) as op:
            if "name" in values:
                values["name"] = named(values["name"], "coder", 120)
                self._refuse_double(values["name"], coder)
            if "initials" in values:
                values["initials"] = values["initials"].strip()[:4]
                if not values["initials"]:
                    values["initials"] = initials_of(values.get("name") or self.get(coder).name)
            change_row(op, Coder, coder, values)

    def switch(self, coder: UUID) -> None:
        """Let another coder sit down; kept in the history. Raises NotAllowed in the copy of
        one coder, where nobody else codes."""
        row = self.get(coder)
        if self._project.coder == coder:
            return
        owner = self.owner()
        if owner is not None and owner != coder:
            raise NotAllowed(
                f"This file is a copy for {self.get(owner).name}; nobody else codes in it. "
                "Nothing was changed.",
                "Code in the project itself, or in a copy of your own.",
            )
        before = self._project.coder
        if before is None and self._project.sealing.rounds:
            last = self._last()
            before = last if last != coder else None  # the same person came back
        self._project.coder = coder
        if not self._project.read_only:
            with self._operation(Op.SWITCH_CODER, coder=coder, name=row.name) as op:
                self._project.rounds.note_switch(op, before, coder)

    def owner(self) -> UUID | None:
        """Whose copy this file is; None where it is no coder's copy."""
        return self._connection.execute(select(CopyOrigin.coder_id)).scalar()

    def recall(self) -> None:
        """Sit down again who last acted in this file; in a copy, whose copy it is."""
        owner = self.owner()
        if owner is not None:
            self._project.coder = owner
            return
        last = self._last()
        if last is None:
            last = self._connection.execute(select(Coder.id).order_by(Coder.created)).scalar()
        self._project.coder = last

    def _last(self) -> UUID | None:
        """Who acted last in this file."""
        return self._connection.execute(
            select(Operation.coder_id)
            .where(Operation.coder_id.in_(select(Coder.id)))
            .order_by(Operation.seq.desc())
            .limit(1)
        ).scalar()

    def names(self) -> dict[UUID | None, str]:
        """The names of all coders who ever were in the project, for the history: also of one
        whose adding was taken back."""
        names: dict[UUID | None, str] = {}
        for (params,) in self._rows(
            select(Operation.params).where(Operation.kind == Op.ADD_CODER.value)
        ):
            found = json.loads(params)
            names[UUID(found["coder"])] = found.get("name", "")
        return names | dict(self._rows(select(Coder.id, Coder.name)))

    def stay_known(self) -> None:
        """After undo or going back: where the present coder is no longer in the project,
        another one sits down, or nobody where there is none."""
        coder = self._project.coder
        if coder is None:
            return
        known = self._connection.execute(select(Coder.id).where(Coder.id == coder)).scalar()
        if known is None:
            self.recall()

    def _refuse_double(self, name: str, besides: UUID | None) -> None:
        for row in self.all():
            if row.name.casefold() == name.casefold() and row.id != besides:
                raise UserError(f"There is a coder “{row.name}” already.", "Choose another name.")
