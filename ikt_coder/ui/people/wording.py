"""Consent, and what erasing takes with it, in words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtCore import QDateTime as Moment

from ikt_coder.core.words import Consent
from ikt_coder.services.erasure import ErasePreview, TombstoneRow
from ikt_coder.services.rows import ParticipantRow
from ikt_coder.ui.counting import counted

translate = QCoreApplication.translate


def consent_word(consent: Consent) -> str:
    return {
        Consent.QUOTE: translate("People", "may be quoted"),
        Consent.PARAPHRASE: translate("People", "paraphrase only"),
        Consent.NONE: translate("People", "no quotes"),
    }[consent]


def analysis_word(row: ParticipantRow) -> str:
    return translate("People", "left out") if row.left_out else translate("People", "yes")


def counts_words(counts: Mapping[str, int]) -> str:
    """ "1 document, 41 codings, 3 quotes"; kinds with none are not named."""
    named = {
        "documents": (translate("People", "1 document"), translate("People", "{count} documents")),
        "turns": (translate("People", "1 turn"), translate("People", "{count} turns")),
        "codings": (translate("People", "1 coding"), translate("People", "{count} codings")),
        "quotes": (translate("People", "1 quote"), translate("People", "{count} quotes")),
        "mentions": (
            translate("People", "1 memo or name that quotes them"),
            translate("People", "{count} memos and names that quote them"),
        ),
    }
    parts = [
        counted(counts[key], one, many) for key, (one, many) in named.items() if counts.get(key)
    ]
    return ", ".join(parts) or translate("People", "nothing but the name")


def goes_words(preview: ErasePreview) -> list[str]:
    """What erasing removes from this project, one sentence each."""
    lines = []
    if preview.documents_whole:
        words = translate("People", "The whole of {titles}, with the original file")
        lines.append(words.format(titles=_titles(preview.documents_whole)))
    if preview.documents_part:
        turns = counted(
            preview.turns, translate("People", "1 turn"), translate("People", "{count} turns")
        )
        words = translate("People", "{turns} in {titles}, and the original files of these")
        lines.append(words.format(turns=turns, titles=_titles(preview.documents_part)))
    counts = {
        "codings": preview.codings,
        "quotes": preview.quotes,
        "mentions": preview.mentions,
    }
    if any(counts.values()):
        lines.append(counts_words(counts))
    lines.append(
        translate("People", "The name, consent and note of {name}").format(name=preview.participant)
    )
    lines.append(
        translate(
            "People", "Undo of everything done so far: the history keeps who did what and when"
        )
    )
    return lines


def stays_words(preview: ErasePreview) -> list[str]:
    """What lies outside the project file and still holds the words."""
    lines = []
    if preview.backups:
        words = translate("People", "Backups on this computer: {names}")
        lines.append(words.format(names=", ".join(preview.backups)))
    for copy in preview.copies:
        words = translate(
            "People", "The copy for {coder}, “{file}”, made on {day}: ask for it and delete it"
        )
        day = QLocale().toString(
            Moment.fromSecsSinceEpoch(int(copy.at.timestamp())).date(),
            QLocale.FormatType.ShortFormat,
        )
        lines.append(words.format(coder=copy.coder_name, file=copy.file_name, day=day))
    if preview.restore_points:
        words = translate(
            "People", "Restore points of this project, which can no longer be gone back to: {names}"
        )
        lines.append(words.format(names=", ".join(preview.restore_points)))
    lines.append(
        translate(
            "People",
            "Copies of the project, tables and recordings that you or others have saved elsewhere",
        )
    )
    return lines


def _titles(titles: tuple[str, ...]) -> str:
    return ", ".join(f"“{title}”" for title in titles)


def tombstone_words(row: TombstoneRow) -> str:
    """What was erased, when."""
    moment = Moment.fromSecsSinceEpoch(int(row.at.timestamp()))
    date = QLocale().toString(moment, QLocale.FormatType.ShortFormat)
    words = translate("People", "{date}: {counts} erased")
    return words.format(date=date, counts=counts_words(row.counts))
