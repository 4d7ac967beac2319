"""Participants, and leaving one out of analysis. Erasing is in ``erasure``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast
from uuid import UUID

from sqlalchemy import delete, func, insert, select, union

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.words import Consent
from ikt_coder.model import Document, DocumentParticipant, Participant, Speaker
from ikt_coder.services.attribute_values import folded
from ikt_coder.services.base import UNSET, Service, Unset, add_row, change_row, given, named
from ikt_coder.services.document_order import document_order
from ikt_coder.services.erasure import ErasePreview, Eraser, TombstoneRow
from ikt_coder.services.following import follow_group
from ikt_coder.services.rows import ParticipantRow


@frozen
class GroupRow:
    """A group of participants and how many are in it."""

    name: str
    n: int


class ParticipantService(Service):
    def all(self) -> tuple[ParticipantRow, ...]:
        """All participants in their order, each with how many documents they speak in."""
        return self._listed(None)

    def count(self) -> int:
        """How many participants there are; much quicker than reading them."""
        counted = select(func.count()).select_from(Participant)
        return int(self._connection.execute(counted).scalar_one())

    def some(self, participants: Iterable[UUID]) -> tuple[ParticipantRow, ...]:
        """These participants as ``all`` gives them; those that are gone are left out."""
        keys = list(participants)
        return tuple(
            row for at in range(0, len(keys), 500) for row in self._listed(keys[at : at + 500])
        )

    def _listed(self, participants: Sequence[UUID] | None) -> tuple[ParticipantRow, ...]:
        spoken = select(Speaker.participant_id, Speaker.document_id)
        owned = select(DocumentParticipant.participant_id, DocumentParticipant.document_id)
        wanted = select(Participant.__table__)
        if participants is None:
            spoken = spoken.where(Speaker.participant_id.is_not(None))
        else:
            spoken = spoken.where(Speaker.participant_id.in_(participants))
            owned = owned.where(DocumentParticipant.participant_id.in_(participants))
            wanted = wanted.where(Participant.id.in_(participants))
        pairs = union(spoken, owned).subquery()
        counts = (
            select(pairs.c.participant_id, func.count().label("n"))
            .group_by(pairs.c.participant_id)
            .subquery()
        )
        rows = self._rows(
            wanted.add_columns(func.coalesce(counts.c.n, 0).label("n"))
            .outerjoin(counts, counts.c.participant_id == Participant.id)
            .order_by(Participant.position, Participant.id)
        )
        return tuple(
            ParticipantRow(r.id, r.label, Consent(r.consent), r.left_out, r.note, r.n, r.group_name)
            for r in rows
        )

    def get(self, participant: UUID) -> ParticipantRow:
        """A participant. Raises NotFound."""
        for row in self._listed([participant]):
            return row
        raise NotFound("This participant is no longer in the project.", "Undo may bring them back.")

    def documents(self, participant: UUID) -> dict[UUID, str]:
        """The documents a participant speaks in, or that are theirs, with their titles, in the
        order of the list."""
        keys = union(
            select(Speaker.document_id).where(Speaker.participant_id == participant),
            select(DocumentParticipant.document_id).where(
                DocumentParticipant.participant_id == participant
            ),
        )
        found = {
            row.id: row.title
            for row in self._rows(select(Document.id, Document.title).where(Document.id.in_(keys)))
        }
        if len(found) < 2:
            return found
        return {key: found[key] for key in document_order(self._connection) if key in found}

    def add(
        self,
        label: str,
        *,
        consent: Consent = Consent.QUOTE,
        note: str = "",
        group: str = "",
    ) -> UUID:
        """Add a participant by pseudonym. Raises UserError where the pseudonym is taken."""
        label = named(label, "participant", 120)
        key = new_id()
        with self._operation(Op.ADD_PARTICIPANT, participant=key) as op:
            self._refuse_double(label, None)
            add_row(
                op,
                Participant,
                id=key,
                label=label,
                group_name=group.strip(),
                consent=consent.value,
                left_out=False,
                note=note.strip(),
                position=self._next_position(Participant),
            )
        return key

    def add_many(self, labels: Sequence[str], consent: Consent = Consent.QUOTE) -> tuple[UUID, ...]:
        """Add participants by pseudonym, in one act. Raises UserError where a pseudonym is
        taken or given twice; then none is added."""
        plain = [named(label, "participant", 120) for label in labels]
        keys = tuple(new_id() for _ in plain)
        with self._operation(Op.ADD_PARTICIPANT, count=len(plain)) as op:
            taken = {row.label.casefold() for row in self._rows(select(Participant.label))}
            for label in plain:
                if label.casefold() in taken:
                    raise UserError(
                        f"There is a participant “{label}” already. Nobody was added.",
                        "Choose another pseudonym.",
                    )
                taken.add(label.casefold())
            position = self._next_position(Participant)
            op.execute(
                insert(Participant),
                [
                    {
                        "id": key,
                        "label": label,
                        "group_name": "",
                        "consent": consent.value,
                        "left_out": False,
                        "note": "",
                        "position": position + at,
                    }
                    for at, (key, label) in enumerate(zip(keys, plain, strict=True))
                ],
            )
        return keys

    def change(
        self,
        participant: UUID,
        *,
        label: str | Unset = UNSET,
        consent: Consent | Unset = UNSET,
        note: str | Unset = UNSET,
        group: str | Unset = UNSET,
    ) -> None:
        values = given(label=label, consent=consent, note=note, group_name=group)
        with self._operation(
            Op.CHANGE_PARTICIPANT, participant=participant, fields=sorted(values)
        ) as op:
            if "label" in values:
                values["label"] = named(values["label"], "participant", 120)
                self._refuse_double(values["label"], participant)
            change_row(op, Participant, participant, values)

    def groups(self) -> tuple[GroupRow, ...]:
        """The groups there are, in the order of their first participants, with how many each
        has; those in none are not among them."""
        counts: dict[str, int] = {}
        rows = self._rows(
            select(Participant.group_name).order_by(Participant.position, Participant.id)
        )
        for row in rows:
            if row.group_name:
                counts[row.group_name] = counts.get(row.group_name, 0) + 1
        return tuple(GroupRow(name, n) for name, n in counts.items())

    def set_group(self, participants: Iterable[UUID], group: str) -> None:
        """Put participants into a group, or (an empty name) out of theirs, in one act. A group
        of the same name in other capitals is meant as it is written there. Raises UserError
        for a name that is too long, NotFound; then nothing is changed."""
        some = list(dict.fromkeys(participants))
        group = self._group(group)
        params = {"name": group, "count": len(some)} if group else {}
        with self._operation(Op.SET_GROUP, **params) as op:
            now = dict(op.execute(select(Participant.id, Participant.group_name)).all())
            for key in some:
                if now.get(key) != group:
                    change_row(op, Participant, key, {"group_name": group})

    def rename_group(self, group: str, name: str) -> None:
        """Call a group otherwise; by the name of another one it becomes part of that. Raises
        NotFound where there is no such group, UserError."""
        rows = self._rows(select(Participant.id).where(Participant.group_name == group))
        if not group or not rows:
            raise NotFound(f"There is no group “{group}” in the project.")
        if folded(name) == folded(group):  # other capitals of the same name
            name = named(name, "group", 120)
            with self._operation(Op.SET_GROUP, name=name, count=len(rows)) as op:
                for row in rows:
                    change_row(op, Participant, row.id, {"group_name": name})
                follow_group(op, group, name)
            return
        name = self._group(named(name, "group", 120))
        with self._operation(Op.SET_GROUP, name=name, count=len(rows)) as op:
            self.set_group([row.id for row in rows], name)
            follow_group(op, group, name)

    def _group(self, name: str) -> str:
        if not name.strip():
            return ""
        name = named(name, "group", 120)
        known = {folded(row.name): row.name for row in self.groups()}
        return known.get(folded(name), name)

    def delete(self, participant: UUID) -> None:
        """Delete a participant; their documents and words stay and belong to nobody."""
        with self._operation(Op.DELETE_PARTICIPANT, participant=participant) as op:
            op.execute(delete(Participant).where(Participant.id == participant))

    def leave_out(self, participant: UUID, left_out: bool = True) -> None:
        """Leave a participant's words out of every count, table and figure, or take them
        back in. Their words stay in the project; ``erase`` removes them."""
        kind = Op.LEAVE_OUT_PARTICIPANT if left_out else Op.TAKE_BACK_PARTICIPANT
        with self._operation(kind, participant=participant) as op:
            change_row(op, Participant, participant, {"left_out": left_out})

    def erase_preview(self, participant: UUID) -> ErasePreview:
        """What erasing would remove, and where else the words may still lie."""
        return Eraser(self._project).preview(participant)

    def erase(self, participant: UUID, reason: str) -> TombstoneRow:
        """Erase a participant's words for good; cannot be undone. See ``erasure``."""
        return Eraser(self._project).erase(participant, reason)

    def tombstones(self) -> tuple[TombstoneRow, ...]:
        return Eraser(self._project).tombstones()

    def known(self, label: str) -> UUID | None:
        """The participant of this pseudonym, whatever its capitals. SQLite itself folds
        those of ASCII only, so "Élise" would not meet "élise" there."""
        wanted = " ".join(label.split()).casefold()
        for row in self._rows(select(Participant.id, Participant.label)):
            if row.label.casefold() == wanted:
                return cast(UUID, row.id)
        return None

    def _refuse_double(self, label: str, besides: UUID | None) -> None:
        taken = self.known(label)
        if taken is not None and taken != besides:
            raise UserError(
                f"There is a participant “{label}” already.", "Choose another pseudonym."
            )
