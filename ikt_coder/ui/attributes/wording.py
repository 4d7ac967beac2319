"""Kinds of attributes, rows and values in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.attribute_values import AttributeRow
from ikt_coder.ui.counting import counted

translate = QCoreApplication.translate


def kind_word(kind: AttributeKind) -> str:
    return {
        AttributeKind.TEXT: translate("Attributes", "text"),
        AttributeKind.NUMBER: translate("Attributes", "number"),
        AttributeKind.DATE: translate("Attributes", "date"),
        AttributeKind.CHOICE: translate("Attributes", "one choice"),
        AttributeKind.CHOICES: translate("Attributes", "several choices"),
    }[kind]


def owners_word(subject: Subject) -> str:
    return {
        Subject.PARTICIPANT: translate("Attributes", "Participants"),
        Subject.DOCUMENT: translate("Attributes", "Documents"),
        Subject.STUDY: translate("Attributes", "Studies"),
    }[subject]


def owners_in_words(subject: Subject, count: int) -> str:
    one, many = {
        Subject.PARTICIPANT: (
            translate("Attributes", "1 participant"),
            translate("Attributes", "{count} participants"),
        ),
        Subject.DOCUMENT: (
            translate("Attributes", "1 document"),
            translate("Attributes", "{count} documents"),
        ),
        Subject.STUDY: (
            translate("Attributes", "1 study"),
            translate("Attributes", "{count} studies"),
        ),
    }[subject]
    return counted(count, one, many)


def attributes_in_words(count: int) -> str:
    return counted(
        count,
        translate("Attributes", "1 attribute"),
        translate("Attributes", "{count} attributes"),
    )


def values_in_words(count: int) -> str:
    return counted(
        count, translate("Attributes", "1 value"), translate("Attributes", "{count} values")
    )


def attribute_in_words(row: AttributeRow) -> str:
    """ "Role · one choice: nurse, patient · As named by themselves" """
    kind = kind_word(row.kind)
    if row.choices:
        kind = f"{kind}: {', '.join(row.choices)}"
    return " · ".join(part for part in (row.name, kind, row.description) if part)


def nothing_word() -> str:
    return translate("Attributes", "nothing known")
