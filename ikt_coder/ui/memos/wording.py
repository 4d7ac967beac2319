"""Memos in words: their kinds, their places, and what was done with them."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from ikt_coder.core.errors import UserError
from ikt_coder.core.words import MemoKind
from ikt_coder.services.project import Project
from ikt_coder.services.rows import MemoRow
from ikt_coder.ui.memos.place import MemoPlace

translate = QCoreApplication.translate


def kind_word(kind: MemoKind) -> str:
    """What a memo of a kind is called: "Rule memo"."""
    return {
        MemoKind.NOTE: translate("Memos", "Note"),
        MemoKind.RULE: translate("Memos", "Rule memo"),
        MemoKind.ANALYTIC: translate("Memos", "Analytic memo"),
        MemoKind.REFLEXIVE: translate("Memos", "Journal entry"),
        MemoKind.PROJECT: translate("Memos", "Project memo"),
    }[kind]


def many_word(kind: MemoKind) -> str:
    """What the memos of a kind are called in a list: rules apart from theory."""
    return {
        MemoKind.NOTE: translate("Memos", "Notes on documents and passages"),
        MemoKind.RULE: translate("Memos", "Rules of codes"),
        MemoKind.ANALYTIC: translate("Memos", "Theory on themes"),
        MemoKind.REFLEXIVE: translate("Memos", "Journal"),
        MemoKind.PROJECT: translate("Memos", "Project"),
    }[kind]


def place_words(project: Project, place: MemoPlace) -> str:
    """The place of a memo in words: "on Clear role in P01 Patient partner".

    A place that has gone from the project is named without its name.
    """
    try:
        if place.reflexive:
            return translate("Memos", "in your reflexive journal")
        if place.theme is not None:
            return translate("Memos", "on the theme {name}").format(
                name=project.themes.get(place.theme).name
            )
        if place.coding is not None:
            row = project.codings.get(place.coding)
            return translate("Memos", "on {code} in {document}").format(
                code=project.codes.get(row.code).name,
                document=project.documents.get(row.document).title,
            )
        if place.code is not None:
            return translate("Memos", "on the code {name}").format(
                name=project.codes.get(place.code).name
            )
        if place.document is not None:
            title = project.documents.get(place.document).title
            if place.span is not None:
                return translate("Memos", "on a passage of {document}").format(document=title)
            return translate("Memos", "on the document {document}").format(document=title)
    except UserError:
        return translate("Memos", "on a place that is no longer in the project")
    return translate("Memos", "on the project")


def quoted_words(project: Project, place: MemoPlace, most: int = 240) -> str:
    """The words a memo on a passage or a coding speaks of, at most ``most`` code points."""
    document, span = place.document, place.span
    try:
        if place.coding is not None:
            row = project.codings.get(place.coding)
            document, span = row.document, row.span
        if document is None or span is None:
            return ""
        words = " ".join(project.texts.get(document)[span.start : span.end].split())
    except UserError:
        return ""
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"


def heading(memo: MemoRow) -> str:
    """What a list calls a memo: its title, else the beginning of its text."""
    line = memo.title or next((part for part in memo.text.splitlines() if part.strip()), "")
    line = " ".join(line.split())
    return line if len(line) <= 90 else line[:90].rsplit(" ", 1)[0] + " …"


def said(kind: MemoKind, what: str) -> str:
    """A sentence for the status line; ``what`` is "added", "changed" or "deleted"."""
    sentence = {
        "added": translate("Memos", "Wrote a memo: <b>{kind}</b>"),
        "changed": translate("Memos", "Changed a memo: <b>{kind}</b>"),
        "deleted": translate("Memos", "Deleted a memo: <b>{kind}</b>"),
    }[what]
    return sentence.format(kind=escape(kind_word(kind), quote=False))


def day_words(memo: MemoRow) -> str:
    """When a memo was changed last, as the user's language writes dates."""
    moment = QDateTime.fromSecsSinceEpoch(int(memo.changed.timestamp()))
    return QLocale().toString(moment.date(), QLocale.FormatType.ShortFormat)
