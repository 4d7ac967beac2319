"""Erasing reaches what nothing else changes, and says which copies were given away."""

from __future__ import annotations

import json
from pathlib import Path

from ikt_coder.core.edit_sequences import carry
from ikt_coder.core.span import TextEdit
from ikt_coder.services.erased_words import ERASED
from tests.services.test_erasure import Told, told
from tests.studies import add_talk, span_of

__all__ = ["told"]


def test_what_was_decided_stays_without_their_words(told: Told) -> None:
    project = told.project
    project.codebook_versions.content(told.version)
    project.participants.erase(told.p01, "")
    assert told.record("reason", "decision") == f"She says “{ERASED}”, so it is the place."
    assert told.record("text", "item_note") == f"No: {ERASED}."
    assert json.loads(str(told.record("data", "round_event"))) == {
        "reason": f"Forgot {ERASED}",
        "after_unsealing": False,
    }
    codes = {code.id: code for code in project.codebook_versions.content(told.version)}
    assert codes[told.code].definition == f"As in “{ERASED}”."
    assert codes[told.short_code].name == ERASED
    # It is still known as the codebook of today.
    current = project.codebook_versions.current()
    assert current is not None
    assert (current.id, current.note) == (told.version, f"After {ERASED}")
    assert project.safety.check().sound


def test_copies_that_hold_their_documents_are_listed(told: Told, tmp_path: Path) -> None:
    project = told.project
    coder = project.coders.ensure_present()
    other = next(row.id for row in project.documents.all() if row.title == "Talk")
    only = add_talk(project, "P02: Not theirs.\n", "Of P02", ["P02"])
    project.copies.make(coder, tmp_path / "without.ikt", documents=[only])
    project.copies.make(coder, tmp_path / "with.ikt", documents=[other, only])
    preview = project.participants.erase_preview(told.p01)
    assert [(row.file_name, row.coder_name) for row in preview.copies] == [
        ("with.ikt", "Amara Okafor")
    ]
    project.participants.erase(told.p01, "")
    assert [row.file_name for row in project.copies.made()] == ["with.ikt", "without.ikt"]


def test_what_was_frozen_before_can_still_be_placed(told: Told) -> None:
    """The edits of a text go on as numbers, so that a span of before is found again."""
    project = told.project
    at = span_of(project, told.shared, "they paid for the taxi")
    before = project.texts.marks(told.shared)
    project.participants.erase(told.p01, "")
    after = project.texts.marks(told.shared)
    assert after[: len(before)] == before
    assert len(after) == len(before) + 2
    (now,) = carry([at], before, after)
    assert now == span_of(project, told.shared, "they paid for the taxi")
    project.documents.mend(told.shared, [TextEdit(0, "", "Later. ")])
    assert project.texts.marks(told.shared)[:-1] == after
