"""What the window says where something is sealed: which documents, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from ikt_coder.ui.counting import counted

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

translate = QCoreApplication.translate


def until_words(project: Project, documents: Iterable[UUID] | None = None) -> str:
    """ "sealed until round 1 is unsealed", of these documents (None: all); empty where none of
    them is sealed."""
    sealed = project.sealing.documents
    asked = sealed if documents is None else sealed & frozenset(documents)
    if not asked:
        return ""
    numbers = [str(r.number) for r in project.sealing.rounds if not asked.isdisjoint(r.documents)]
    if len(numbers) == 1:
        return translate("Sealed", "sealed until round {number} is unsealed").format(
            number=numbers[0]
        )
    return translate("Sealed", "sealed until rounds {numbers} are unsealed").format(
        numbers=", ".join(numbers)
    )


def sealed_words(project: Project, documents: Iterable[UUID] | None = None) -> str:
    """A whole sentence; empty where none of the documents is sealed."""
    sealed = project.sealing.documents
    asked = sealed if documents is None else sealed & frozenset(documents)
    until = until_words(project, asked)
    if not until:
        return ""
    which = counted(
        len(asked),
        translate("Sealed", "1 document is"),
        translate("Sealed", "{count} documents are"),
    )
    return translate(
        "Sealed", "{which} {until}: what others coded there is not shown and not counted."
    ).format(which=which, until=until)


def history_words(project: Project) -> str:
    """What the history leaves out; empty where nothing is sealed."""
    if not project.sealing.rounds:
        return ""
    return translate(
        "Sealed", "What others do in sealed documents is listed when their round is unsealed."
    )
