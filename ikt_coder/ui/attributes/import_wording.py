"""What importing a file of attributes would do, in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.attribute_files.rows import (
    Asked,
    AttributePlan,
    ColumnUse,
    NearKind,
    PlannedColumn,
    Question,
)
from ikt_coder.services.attribute_files.written import DayOrder, Decimal
from ikt_coder.ui.attributes.wording import kind_word, owners_in_words
from ikt_coder.ui.counting import counted, figure

translate = QCoreApplication.translate

_NAMED = 6
_LONG = 40


def day_order_word(order: DayOrder) -> str:
    return {
        DayOrder.DAY_FIRST: translate("Attributes", "day, month, year"),
        DayOrder.MONTH_FIRST: translate("Attributes", "month, day, year"),
    }[order]


def decimal_word(decimal: Decimal) -> str:
    return {
        Decimal.COMMA: translate("Attributes", "a comma before decimals"),
        Decimal.POINT: translate("Attributes", "a point before decimals"),
    }[decimal]


def use_words(column: PlannedColumn) -> str:
    """What becomes of a column: "new, number"."""
    if column.use is ColumnUse.NAMES:
        return translate("Attributes", "the names")
    if column.use is ColumnUse.SKIPPED:
        return translate("Attributes", "left aside")
    if column.use is ColumnUse.EMPTY:
        return translate("Attributes", "empty")
    if column.use is ColumnUse.NEW:
        return translate("Attributes", "new: {kind}").format(kind=kind_word(column.kind))
    return translate("Attributes", "there already: {kind}").format(kind=kind_word(column.kind))


def reading_words(column: PlannedColumn, asked: bool) -> str:
    """How the cells of a column are read."""
    if asked:
        return translate("Attributes", "please choose…")
    if column.near is not None:
        return near_words(column.near)
    if column.days is not None:
        return day_order_word(column.days)
    return decimal_word(column.decimal) if column.decimal is not None else ""


def near_words(near: NearKind) -> str:
    """What nearly all values are: "5 of 6 are numbers"."""
    words = {
        AttributeKind.NUMBER: translate("Attributes", "{fitting} of {all} are numbers"),
        AttributeKind.DATE: translate("Attributes", "{fitting} of {all} are dates"),
    }[near.kind]
    whole = near.fitting + len(near.odd)
    return words.format(fitting=figure(near.fitting), all=figure(whole))


def odd_words(column: PlannedColumn) -> str:
    """Which values keep a column from being numbers or dates; nothing where none do."""
    near = column.near
    if near is None or column.use is not ColumnUse.NEW:
        return ""
    words = translate(
        "Attributes", "“{name}” is taken as {kind}, though {count}. The odd ones: {odd}."
    )
    if len(near.odd) == 1:
        words = translate(
            "Attributes", "“{name}” is taken as {kind}, though {count}. The odd one: {odd}."
        )
    row = translate("Attributes", "“{value}” in row {row}")
    odd = [row.format(value=_short(value), row=number) for number, value in near.odd]
    return words.format(
        name=column.name,
        kind=kind_word(column.kind),
        count=near_words(near),
        odd=_some(odd),
    )


def _short(value: str) -> str:
    words = " ".join(value.split())
    return words if len(words) <= _LONG else f"{words[:_LONG].rstrip()}…"


def question_words(question: Question) -> str:
    words = {
        Asked.DAYS: translate(
            "Attributes", "“{name}”: “{example}” can be two days. How are its days written?"
        ),
        Asked.DECIMAL: translate(
            "Attributes", "“{name}”: “{example}” can be two numbers. How are its decimals written?"
        ),
    }[question.asked]
    return words.format(name=question.name, example=question.example)


def summary_words(plan: AttributePlan) -> str:
    """What would be done, in one line."""
    if plan.faults:
        return counted(
            len(plan.faults),
            translate("Attributes", "1 cell does not fit, so nothing can be imported yet."),
            translate("Attributes", "{count} cells do not fit, so nothing can be imported yet."),
        )
    if plan.questions:
        return translate("Attributes", "The file does not tell how it writes days or numbers.")
    parts = [
        counted(
            plan.new,
            translate("Attributes", "1 value is new"),
            translate("Attributes", "{count} values are new"),
        )
    ]
    if plan.changed:
        parts.append(
            counted(
                plan.changed,
                translate("Attributes", "1 is changed"),
                translate("Attributes", "{count} are changed"),
            )
        )
    if plan.same:
        parts.append(
            counted(
                plan.same,
                translate("Attributes", "1 stands there already"),
                translate("Attributes", "{count} stand there already"),
            )
        )
    return ", ".join(parts) + "."


def people_words(plan: AttributePlan) -> str:
    """Who of the file is not in the project, and who of the project not in the file."""
    lines = []
    if plan.unknown:
        words = translate("Attributes", "Not in the project and left aside: {names}.")
        lines.append(words.format(names=_some(plan.unknown)))
    if plan.created:
        words = translate("Attributes", "{owners} would be added: {names}.")
        owners = owners_in_words(plan.subject, len(plan.created))
        lines.append(words.format(owners=owners, names=_some(plan.created)))
    if plan.absent:
        words = translate("Attributes", "In the project and not in the file: {names}.")
        lines.append(words.format(names=_some(plan.absent)))
    return "\n".join([*plan.notices, *lines])


def missing_words(subject: Subject, count: int) -> tuple[str, str]:
    """The two choices for who is missing."""
    owners = owners_in_words(subject, count)
    return (
        translate("Attributes", "Leave {owners} aside").format(owners=owners),
        translate("Attributes", "Add {owners} to the project").format(owners=owners),
    )


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    if len(names) <= _NAMED:
        return shown
    more = translate("Attributes", "{names} and {count} more")
    return more.format(names=shown, count=figure(len(names) - _NAMED))
