"""What the list of documents says: signs, statuses, languages, times and counts in words."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from ikt_coder.core.words import DocumentStatus
from ikt_coder.services.rows import DocumentRow
from ikt_coder.ui.counting import counted, figure

translate = QCoreApplication.translate

STATUS_SIGNS = {
    DocumentStatus.TO_DO: "○",
    DocumentStatus.IN_PROGRESS: "◐",
    DocumentStatus.CODED: "●",
}

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt", "ar", "zh", "hi", "ja", "pl", "ru", "sv")


def status_word(status: DocumentStatus) -> str:
    return {
        DocumentStatus.TO_DO: translate("Documents", "to do"),
        DocumentStatus.IN_PROGRESS: translate("Documents", "in progress"),
        DocumentStatus.CODED: translate("Documents", "coded"),
    }[status]


def language_word(code: str) -> str:
    """ "French"; the code itself where nobody knows a name for it."""
    if code == "xx":
        return translate("Documents", "another language")
    language = QLocale(code).language()
    if language == QLocale.Language.C:
        return code
    return translate("Languages", QLocale.languageToString(language))


def codings_words(count: int) -> str:
    return counted(
        count, translate("Documents", "1 coding"), translate("Documents", "{count} codings")
    )


def documents_words(count: int) -> str:
    return counted(
        count, translate("Documents", "1 document"), translate("Documents", "{count} documents")
    )


def clock(ms: int) -> str:
    """ "27:41" or "1:02:03" """
    seconds = ms // 1000
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def bold(words: str) -> str:
    """A name as it stands in a sentence of the status line."""
    return f"<b>{html.escape(words, quote=False)}</b>"


def named_documents(rows: Sequence[DocumentRow]) -> str:
    """The title of one document, or how many there are."""
    return bold(rows[0].title) if len(rows) == 1 else documents_words(len(rows))


def tooltip(row: DocumentRow, lead: str) -> str:
    """Everything the row shows as signs, in words."""
    parts = [
        row.title,
        translate("Documents", "Status: {status}").format(status=status_word(row.status)),
        translate("Documents", "{yours} of yours, {all} by all coders").format(
            yours=codings_words(row.codings), all=row.codings_all
        ),
        translate("Documents", "{words} words, {turns} turns").format(
            words=figure(row.words), turns=row.turns
        ),
    ]
    if row.participants:
        people = ", ".join(row.participants)
        parts.append(translate("Documents", "Participants: {people}").format(people=people))
    if lead:
        parts.append(translate("Documents", "Lead coder: {coder}").format(coder=lead))
    parts.append(
        translate("Documents", "Language: {language}").format(language=language_word(row.language))
    )
    if row.left_out:
        parts.append(translate("Documents", "Left out of analysis"))
    return "\n".join(parts)
