"""What the screens of rounds say, also where a project is reflexive and speaks of readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from ikt_coder.core.rounds import AssignmentStatus, RoundEventKind, RoundMode, Scope, Task, Unit
from ikt_coder.services.round_rows import AssignmentRow, RoundEventRow, RoundRow
from ikt_coder.ui.comparison.wording import (
    assignment_word,
    mode_word,
    round_state,
    scope_word,
    unit_word,
)
from ikt_coder.ui.counting import counted

translate = QCoreApplication.translate


def mode_title(mode: RoundMode, reflexive: bool) -> str:
    """What a way of working together is called."""
    if reflexive and mode is RoundMode.BLIND:
        return translate("Rounds", "Read apart, then together")
    if reflexive and mode is RoundMode.OPEN:
        return translate("Rounds", "Read together")
    return {
        RoundMode.BLIND: translate("Rounds", "Blind, each alone"),
        RoundMode.VERIFY: translate("Rounds", "Code and verify"),
        RoundMode.OPEN: translate("Rounds", "Open team coding"),
    }[mode]


def mode_sentence(mode: RoundMode, reflexive: bool) -> str:
    """What it means, in a sentence."""
    if reflexive and mode is RoundMode.BLIND:
        return translate(
            "Rounds",
            "Nobody sees the other's codings until everybody has finished; then you lay the "
            "readings side by side.",
        )
    if reflexive and mode is RoundMode.VERIFY:
        return translate(
            "Rounds", "One codes, the others go through each coding: accept, change, remove, add."
        )
    return {
        RoundMode.BLIND: translate(
            "Rounds",
            "Nobody sees what the others coded until everybody has finished. Only this gives a "
            "figure of agreement.",
        ),
        RoundMode.VERIFY: translate(
            "Rounds",
            "One codes, the others go through each coding: accept, change, remove, add. It gives "
            "rates of change and no coefficient, because the second look is not independent.",
        ),
        RoundMode.OPEN: translate(
            "Rounds", "Everybody sees everything. It only says who codes what, and how far you are."
        ),
    }[mode]


def lock_sentence(reflexive: bool) -> str:
    """What a database tool could do, said plainly."""
    return translate(
        "Rounds",
        "Sealed: what others coded cannot be reached in this program until everybody has "
        "finished. Somebody with the file and a database tool could look; separate copies for "
        "each coder are the proof.",
    )


def check_lock_sentence(count: int) -> str:
    """The same of a round of code and verify, where only the share of the check is sealed."""
    return counted(
        count,
        translate("Rounds", "1 document is coded blind as a check."),
        translate("Rounds", "{count} documents are coded blind as a check."),
    )


def day(moment: datetime) -> str:
    """A day of this year, briefly: "12 Nov"."""
    local = moment.astimezone()
    return QLocale().toString(QDate(local.year, local.month, local.day), "d MMM")


def day_and_time(moment: datetime) -> str:
    local = moment.astimezone()
    return f"{day(moment)}, {local:%H:%M}"


# -- the grid ----------------------------------------------------------------------------------


def status_words(row: AssignmentRow | None) -> str:
    """How far a coder is with a document: "finished 12 Nov"."""
    if row is None:
        return assignment_word(AssignmentStatus.NOT_ASSIGNED)
    if row.finished_at is not None and row.status is AssignmentStatus.FINISHED:
        return translate("Rounds", "finished {day}").format(day=day(row.finished_at))
    return assignment_word(row.status)


def reopened_words(row: AssignmentRow) -> str:
    """Whether and when it was reopened; empty where it was not."""
    if row.after_unsealing:
        return translate("Rounds", "reopened after unsealing")
    return translate("Rounds", "reopened") if row.reopened else ""


def status_icon(row: AssignmentRow | None) -> str:
    """The sign beside the word."""
    if row is None:
        return "minus"
    return {
        AssignmentStatus.NOT_ASSIGNED: "minus",
        AssignmentStatus.ASSIGNED: "document",
        AssignmentStatus.IN_PROGRESS: "edit",
        AssignmentStatus.FINISHED: "check",
    }[row.status]


def task_word(task: Task) -> str:
    return {
        Task.CODE: translate("Rounds", "codes"),
        Task.VERIFY: translate("Rounds", "verifies"),
    }[task]


def codings_words(count: int) -> str:
    return counted(count, translate("Rounds", "1 coding"), translate("Rounds", "{count} codings"))


def documents_words(count: int) -> str:
    return counted(
        count, translate("Rounds", "1 document"), translate("Rounds", "{count} documents")
    )


def whole_state(row: RoundRow) -> str:
    """Where a round stands, also where a part of it was unsealed."""
    state = round_state(row)
    if row.unsealed is None or not row.sealed:
        return state
    done = translate("Rounds", "{done} of {all} finished").format(
        done=row.finished, all=row.assigned
    )
    return translate("Rounds", "first documents {state}, the rest sealed, {done}").format(
        state=state, done=done
    )


def left_words(cells: Iterable[AssignmentRow], names: Mapping[UUID, str]) -> str:
    """Who has how many documents still to finish: "Still to finish: Beni Kask 2, …"."""
    left: dict[UUID, int] = {}
    for row in cells:
        if row.status is not AssignmentStatus.FINISHED and row.task is Task.CODE:
            left[row.coder] = left.get(row.coder, 0) + 1
    if not left:
        return ""
    said = ", ".join(
        translate("Rounds", "{name} {documents}").format(
            name=names.get(coder, ""), documents=documents_words(count)
        )
        for coder, count in left.items()
    )
    return translate("Rounds", "Still to finish before it can be unsealed: {said}.").format(
        said=said
    )


# -- what was locked ---------------------------------------------------------------------------


def locked_facts(row: RoundRow, codes: Mapping[UUID, str], reflexive: bool) -> list[str]:
    """Everything that was locked at set-up, each in a few words."""
    facts = [mode_word(row.mode)] if not reflexive else [mode_title(row.mode, True)]
    if row.share is not None and row.share < 100 and row.seed is not None:
        facts.append(
            translate("Rounds", "{share} % of the documents, drawn with seed {seed}").format(
                share=row.share, seed=row.seed
            )
        )
    if row.first:
        facts.append(
            counted(
                row.first,
                translate("Rounds", "the first document settled first"),
                translate("Rounds", "the first {count} settled first"),
            )
        )
    if row.blind_share:
        facts.append(
            translate("Rounds", "{share} % coded blind as a check").format(share=row.blind_share)
        )
    if row.codes:
        named = [codes.get(code, "") for code in row.codes]
        facts.append(translate("Rounds", "codes: {names}").format(names=", ".join(named)))
    else:
        facts.append(translate("Rounds", "whole codebook"))
    if row.codebook_number is not None:
        facts.append(
            translate("Rounds", "codebook version {number}").format(number=row.codebook_number)
        )
    if row.mode is not RoundMode.OPEN and not reflexive:
        facts += measured_facts(row)
    return facts


def measured_facts(row: RoundRow) -> list[str]:
    """In what, over which text and with which coefficient agreement is counted."""
    if row.mode is RoundMode.VERIFY and not row.blind_share:
        return []
    facts = [
        translate("Rounds", "unit: {unit}").format(unit=unit_word(row.unit, row.unit_size)),
        scope_word(row.scope),
        coefficient_word(row.coefficient),
    ]
    if row.target is not None:
        facts.append(
            translate("Rounds", "agreed target {value}").format(
                value=QLocale().toString(row.target, "f", 2)
            )
        )
    facts.append(
        translate("Rounds", "same passage at {share} % overlap").format(
            share=round(row.overlap * 100)
        )
    )
    return facts


def coefficient_word(coefficient: str) -> str:
    """What a coefficient is called."""
    return {
        "kappa": translate("Rounds", "Cohen’s kappa"),
        "alpha": translate("Rounds", "Krippendorff’s alpha"),
        "ac1": translate("Rounds", "Gwet’s AC1"),
        "percent": translate("Rounds", "per cent agreement"),
        "dice": translate("Rounds", "positive agreement (Dice)"),
    }.get(coefficient, coefficient)


COEFFICIENTS = ("kappa", "alpha", "ac1", "dice", "percent")
UNITS = (
    *(Unit.CHARACTERS, Unit.SENTENCES, Unit.TURNS, Unit.PARAGRAPHS, Unit.TOKENS),
    *(Unit.FIXED, Unit.DOCUMENTS),
)


def unit_sentence(unit: Unit) -> str:
    """What counting in a unit means."""
    return {
        Unit.CHARACTERS: translate(
            "Rounds", "Each character counts: edges matter, long passages weigh more."
        ),
        Unit.TOKENS: translate("Rounds", "Each word and sign counts."),
        Unit.SENTENCES: translate("Rounds", "Each sentence counts as coded or not."),
        Unit.TURNS: translate("Rounds", "Each turn of a speaker counts as coded or not."),
        Unit.PARAGRAPHS: translate("Rounds", "Each paragraph counts as coded or not."),
        Unit.FIXED: translate("Rounds", "Stretches of one length count as coded or not."),
        Unit.DOCUMENTS: translate(
            "Rounds", "Each document counts: the code occurs in it or does not."
        ),
    }[unit]


def scope_sentence(scope: Scope) -> str:
    return {
        Scope.WHOLE: translate("Rounds", "Text that nobody coded counts as agreement."),
        Scope.RESPONDENTS: translate("Rounds", "Interviewers’ words are left out."),
        Scope.SELECTION: translate(
            "Rounds", "Only passages that a code marks now are in question."
        ),
    }[scope]


# -- the log -----------------------------------------------------------------------------------


def event_words(
    event: RoundEventRow, names: Mapping[UUID | None, str], titles: Mapping[UUID | None, str]
) -> str:
    """An event of the log in a sentence."""
    who = names.get(event.coder) or translate("Rounds", "somebody")
    by = names.get(event.by) or translate("Rounds", "nobody by name")
    title = titles.get(event.document) or translate("Rounds", "a document that is gone")
    forms = {
        RoundEventKind.SET_UP: translate("Rounds", "{by} set up the round"),
        RoundEventKind.ASSIGNED: translate("Rounds", "{by} gave {title} to {who}"),
        RoundEventKind.UNASSIGNED: translate("Rounds", "{by} took {title} from {who}"),
        RoundEventKind.FINISHED: translate("Rounds", "{who} finished {title}"),
        RoundEventKind.REOPENED: translate("Rounds", "{by} reopened {title} of {who}: {reason}"),
        RoundEventKind.UNSEALED: translate("Rounds", "{by} unsealed the round"),
        RoundEventKind.SWITCHED: translate(
            "Rounds", "{who} sat down in the place of {before} while the round was sealed"
        ),
        RoundEventKind.STATISTIC: translate("Rounds", "{by} gave out a figure"),
        RoundEventKind.COPIED: translate("Rounds", "{by} wrote a copy for {who}"),
        RoundEventKind.MERGED: translate("Rounds", "{by} brought in a copy of {who}"),
        RoundEventKind.CLOSED: translate("Rounds", "{by} closed the round"),
    }
    before = event.data.get("before")
    words = forms[event.kind].format(
        by=by,
        who=who,
        title=title,
        reason=event.data.get("reason", ""),
        before=names.get(UUID(hex=before), "") if isinstance(before, str) else "",
    )
    if event.data.get("after_unsealing"):
        return translate("Rounds", "{words} (after unsealing)").format(words=words)
    return words
