"""Items, proposals and progress as commands print them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from ikt_coder.core.rounds import RoundMode
from ikt_coder.services.codes import join_path
from ikt_coder.services.level_names import LevelNames
from ikt_coder.services.project import Project
from ikt_coder.services.round_rows import RoundRow
from ikt_coder.services.settling_rows import Choice, DecisionRow, Item, Segment

_SHOWN = 60  # characters of a passage in lists for people


class ItemRecords:
    def __init__(self, project: Project) -> None:
        self._project = project
        self._codes = {row.id: join_path(row.path) for row in project.codes.all(counted=False)}
        self._levels = LevelNames(project)
        self._names = project.coders.names()

    def words(self, item: Item) -> str:
        """The codes of an item and the beginning of its words."""
        text = self._project.texts.get(item.document)
        said = " ".join(text[item.span.start : item.span.end].split())
        shown = said if len(said) <= _SHOWN else f"{said[:_SHOWN].rstrip()}…"
        return f"{' | '.join(self._code(code) for code in item.codes)}: {shown}"

    def segments(self, segments: Sequence[Segment]) -> str:
        return "; ".join(
            f"{self._code(each.code)} {each.span.start}–{each.span.end}" for each in segments
        )

    def record(self, item: Item) -> dict[str, Any]:
        """An item as JSON; ``coder`` of a side is null while names are hidden."""
        text = self._project.texts.get(item.document)
        return {
            "item": item.id.hex,
            "document": item.document_title,
            "start": item.span.start,
            "end": item.span.end,
            "text": text[item.span.start : item.span.end],
            "kind": item.kind.value,
            "near": item.near,
            "overlap": item.overlap,
            "state": item.state.value,
            "sides": [
                {
                    "coder": side.label if side.coder is not None else None,
                    "segments": [self._segment(each) for each in side.segments],
                }
                for side in item.sides
            ],
            "decision": self._decision(item.decision) if item.decision else None,
            "also": [self._decision(each) for each in item.also],
            "notes": item.notes,
        }

    def proposal(self, item: Item, choice: Choice) -> dict[str, Any]:
        return {
            "item": item.id.hex,
            "document": item.document_title,
            "kind": item.kind.value,
            "decision": choice.kind.value,
            "kept": self._name(choice.kept),
            "result": [self._segment(each) for each in choice.result],
        }

    def _segment(self, segment: Segment) -> dict[str, Any]:
        return {
            "start": segment.span.start,
            "end": segment.span.end,
            "code": self._code(segment.code),
            "valence": segment.valence.value if segment.valence else None,
            "strength": segment.strength,
            "levels": self._levels.written(segment.levels),
        }

    def _decision(self, row: DecisionRow) -> dict[str, Any]:
        return {
            "decision": row.kind.value,
            "kept": self._name(row.kept),
            "result": [self._segment(each) for each in row.result],
            "category": row.category.value if row.category else None,
            "reason": row.reason,
            "present": [self._name(coder) for coder in row.present],
            "by": self._name(row.coder),
            "at": row.at.isoformat(),
            "in_bulk": row.in_bulk,
            "names_hidden": row.names_hidden,
        }

    def _code(self, code: UUID) -> str:
        return self._codes.get(code, "(a code that was deleted)")

    def _name(self, coder: UUID | None) -> str | None:
        return None if coder is None else self._names.get(coder, "(a coder who was removed)")


def progress_record(project: Project, row: RoundRow) -> dict[str, Any]:
    """How far a round is, by document too."""
    found = project.reconciliation.progress(row.id)
    codes = {code.id: join_path(code.path) for code in project.codes.all(counted=False)}
    record: dict[str, Any] = {
        "round": row.name,
        "agreed": found.agreed,
        "agreed_accepted": found.agreed_accepted,
        "differences": found.total,
        "settled": found.settled,
        "deferred": found.deferred,
        "unclear": found.unclear,
        "clashes": found.clashes,
        "left": found.left,
        "ways": {kind.value: count for kind, count in found.ways.items()},
        "kinds": {kind.value: count for kind, count in found.kinds.items()},
        "codes": [
            {"code": codes.get(code, "(a code that was deleted)"), "differences": count}
            for code, count in found.codes
        ],
        "documents": [
            {
                "document": each.title,
                "differences": each.differences,
                "settled": each.settled,
                "matches": each.matches,
                "matches_accepted": each.matches_accepted,
                "whole": each.whole,
            }
            for each in project.reconciliation.documents(row.id)
        ],
    }
    if row.mode is RoundMode.VERIFY:
        rates = project.verification.rates(row.id)
        record["verified"] = {
            **{field.name: getattr(rates, field.name) for field in fields(rates)},
            "acceptance": rates.acceptance,
            "added_per_document": rates.added_per_document,
        }
    return record
