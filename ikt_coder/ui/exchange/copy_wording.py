"""A coder's copy in words: what goes in, what stays out, what was written."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from ikt_coder.services.copy_rows import (
    CopyMade,
    CopyOriginRow,
    CopyPreview,
    CopyRow,
    LeftOutReason,
)
from ikt_coder.ui.counting import counted

translate = QCoreApplication.translate


def goes_in(preview: CopyPreview) -> list[str]:
    """What a copy would hold, line by line."""
    texts = counted(
        len(preview.documents),
        translate("Copies", "1 document in its present wording"),
        translate("Copies", "{count} documents in their present wording"),
    )
    words = counted(
        preview.words, translate("Copies", "1 word"), translate("Copies", "{count} words")
    )
    lines = [
        f"{texts} ({words})",
        counted(
            preview.codes,
            translate("Copies", "the codebook: 1 code"),
            translate("Copies", "the codebook: {count} codes"),
        ),
        translate("Copies", "the participants of these documents, by pseudonym and consent"),
        translate("Copies", "their own work: {codings}, {memos}").format(
            codings=counted(
                preview.codings,
                translate("Copies", "1 coding"),
                translate("Copies", "{count} codings"),
            ),
            memos=counted(
                preview.memos, translate("Copies", "1 memo"), translate("Copies", "{count} memos")
            ),
        ),
    ]
    if preview.verifies:
        lines.append(
            counted(
                preview.verifies,
                translate("Copies", "the first coder's codings in 1 document, to be verified"),
                translate(
                    "Copies", "the first coder's codings in {count} documents, to be verified"
                ),
            )
        )
    return lines


def stays_out(preview: CopyPreview) -> list[str]:
    """What of the project a copy would not hold, line by line."""
    lines = [
        translate("Copies", "“{title}”: {reason}").format(
            title=left.title, reason=reason_words(left.reason)
        )
        for left in preview.left_out
    ]
    if preview.withheld:
        lines.append(
            counted(
                preview.withheld,
                translate("Copies", "what they have done so far in 1 document that is sealed"),
                translate(
                    "Copies", "what they have done so far in {count} documents that are sealed"
                ),
            )
        )
    if not preview.with_journal:
        lines.append(translate("Copies", "their reflexive journal"))
    if preview.other_coders:
        lines.append(
            counted(
                preview.other_coders,
                translate("Copies", "everything the other coder coded and wrote, and their name"),
                translate(
                    "Copies", "everything {count} other coders coded and wrote, and their names"
                ),
            )
        )
    if preview.other_documents:
        lines.append(
            counted(
                preview.other_documents,
                translate("Copies", "1 other document"),
                translate("Copies", "{count} other documents"),
            )
        )
    if preview.mended:
        lines.append(
            counted(
                preview.mended,
                translate("Copies", "the earlier wording of 1 document that was mended"),
                translate("Copies", "the earlier wording of {count} documents that were mended"),
            )
        )
    if preview.originals:
        lines.append(
            counted(
                preview.originals,
                translate("Copies", "1 imported file"),
                translate("Copies", "{count} imported files"),
            )
        )
    lines.append(translate("Copies", "the history and its restore points"))
    if preview.attributes:
        lines.append(
            counted(
                preview.attributes,
                translate("Copies", "1 attribute, and notes on participants"),
                translate("Copies", "{count} attributes, and notes on participants"),
            )
        )
    if preview.themes:
        lines.append(
            counted(
                preview.themes,
                translate("Copies", "1 theme with its quotes"),
                translate("Copies", "{count} themes with their quotes"),
            )
        )
    return lines


def reason_words(reason: LeftOutReason) -> str:
    """Why a document of the coder's is not in the copy."""
    return {
        LeftOutReason.OWN_INTERVIEW: translate("Copies", "their own interview"),
        LeftOutReason.LEFT_OUT: translate("Copies", "everybody in it was left out of analysis"),
        LeftOutReason.WAITING: translate("Copies", "waits until the first documents are settled"),
        LeftOutReason.NOT_CODED_YET: translate("Copies", "the first coder has not finished it"),
        LeftOutReason.FINISHED: translate("Copies", "finished by them, and sealed"),
    }[reason]


def earlier_words(rows: tuple[CopyRow, ...]) -> str:
    """That somebody was given a copy before; empty where they were not. Newest first."""
    if not rows:
        return ""
    newest = rows[0]
    if len(rows) == 1:
        words = translate("Copies", "They were given a copy before: “{file}”, {day}.")
    else:
        words = translate(
            "Copies", "They were given {count} copies before, the last one “{file}”, {day}."
        )
    return words.format(count=len(rows), file=newest.file_name, day=day_of(newest.at))


def written_words(made: CopyMade) -> list[str]:
    """What was written, line by line."""
    return [
        translate("Copies", "For {name}: {documents}, {codings} of their own").format(
            name=made.coder_name,
            documents=counted(
                len(made.documents),
                translate("Copies", "1 document"),
                translate("Copies", "{count} documents"),
            ),
            codings=counted(
                made.codings,
                translate("Copies", "1 coding"),
                translate("Copies", "{count} codings"),
            ),
        ),
        *made.warnings,
    ]


def size_words(path: Path) -> str:
    """The size of a file; empty where it is gone."""
    try:
        return QLocale().formattedDataSize(path.stat().st_size)
    except OSError:
        return ""


def day_of(moment: datetime) -> str:
    """A day as people here write it."""
    when = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    return QLocale().toString(when.date(), QLocale.FormatType.ShortFormat)


def origin_line(origin: CopyOriginRow) -> str:
    """Whose copy a file is, in a few words."""
    return translate("Copies", "A copy for {name}").format(name=origin.coder_name)


def origin_words(origin: CopyOriginRow) -> str:
    """Whose copy a file is, and what becomes of it."""
    if origin.round_name:
        words = translate(
            "Copies",
            "A copy of “{project}” for {name}, {round}, made on {day}. Nobody else's work is in "
            "it. Send it back when you have finished.",
        )
    else:
        words = translate(
            "Copies",
            "A copy of “{project}” for {name}, made on {day}. Nobody else's work is in it. Send it "
            "back when you have finished.",
        )
    return words.format(
        project=origin.project_name,
        name=origin.coder_name,
        round=origin.round_name,
        day=day_of(origin.at),
    )
