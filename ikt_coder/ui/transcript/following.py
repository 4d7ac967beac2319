"""How the view keeps up with the project: what one operation touched is read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ikt_coder.core.changes import Changes

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.view import TranscriptView


def follow(view: TranscriptView, changes: Changes) -> None:
    """Bring ``view`` up to date after one operation."""
    if changes.touches("code", "framework"):
        view.read_codes()
    elif changes.touches("coding"):
        view.naming.counts_changed()
    if changes.touches("level", "framework"):
        view.naming.forget_levels()
    if changes.touches("project"):
        view.name_directions()
    if view.content is None or view.mending.active:
        # While mending the shown text is ahead of the project; its end reads all anew.
        return
    touched = changes.keys("coding")
    if _text_changed(view, changes):
        view.reopen()
    elif view.shown.moved(changes):
        view.reload_codings()
        view.writing_allowed()
    elif touched is None or (not touched and _levels_elsewhere(view, changes)):
        view.reload_codings()
    elif touched and not view.hand.acting:  # an act of this view reads its coding itself
        view.refresh_codings(touched)
    if changes.touches("memo") and view.content is not None:
        view.read_notes()
    if changes.touches("code") or (changes.touches("coding") and not view.hand.acting):
        view.digits.renew()


def _levels_elsewhere(view: TranscriptView, changes: Changes) -> bool:
    # A level's row does not name its coding; an act of this view knows it by itself.
    return changes.touches("coding_level") and not view.hand.acting


def _text_changed(view: TranscriptView, changes: Changes) -> bool:
    documents = changes.keys("document")
    if documents is not None and view.document not in documents:
        # Turns and speakers of another document; its own row says when it changed.
        return changes.touches("speaker", "participant")
    return changes.touches("document_edit", "document_text", "turn", "speaker", "participant")
