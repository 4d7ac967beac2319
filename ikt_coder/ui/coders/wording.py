"""Coders in words."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication

from ikt_coder.ui.counting import counted

translate = QCoreApplication.translate


def codings_words(count: int) -> str:
    """ "41 codings" """
    if count == 0:
        return translate("Coders", "no codings yet")
    return counted(count, translate("Coders", "1 coding"), translate("Coders", "{count} codings"))


def role_hint() -> str:
    return translate("Coders", "Reports name the role of each coder.")


def positionality_hint() -> str:
    return translate(
        "Coders",
        "Who you are to the people and the matter studied; for the methods section.",
    )


def participant_hint() -> str:
    return translate(
        "Coders", "Whoever was interviewed too gets no interview of their own to code."
    )


def said(what: str, name: str) -> str:
    """A sentence for the status line; ``what`` is "added", "changed" or "switched"."""
    sentence = {
        "added": translate("Coders", "Added the coder <b>{name}</b>"),
        "changed": translate("Coders", "Changed the details of <b>{name}</b>"),
        "switched": translate("Coders", "Coding as <b>{name}</b>"),
    }[what]
    return sentence.format(name=escape(name, quote=False))
