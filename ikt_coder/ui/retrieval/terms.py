"""The codes, frameworks and themes that a query can name, and a row of them as chips."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ikt_coder.core.frozen import frozen
from ikt_coder.core.query import Term, TermKind
from ikt_coder.core.words import FrameworkKind, Pattern
from ikt_coder.services.project import Project
from ikt_coder.services.rows import CodeRow, FrameworkRow
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.counting import figure
from ikt_coder.ui.retrieval.chip import Chip
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

translate = QCoreApplication.translate


@frozen
class Names:
    """What terms are called now; read off the main thread with the passages."""

    codes: tuple[CodeRow, ...]
    frameworks: tuple[FrameworkRow, ...]
    themes: dict[UUID, str]
    theme_parents: dict[UUID, UUID | None]
    of_codes: frozenset[UUID] = frozenset()  # frameworks of any kind that were added as codes
    unread: bool = False  # nothing was read yet: nothing is known to be gone

    def name(self, term: Term) -> str:
        """The term in words; a sentence where it is gone."""
        if self.unread:
            return "…"
        found = ""
        if term.kind is TermKind.CODE:
            found = next((row.name for row in self.codes if row.id == term.key), "")
            if found and not term.below and any(row.parent == term.key for row in self.codes):
                found = translate("Retrieve", "{code} alone").format(code=found)
        elif term.kind is TermKind.FRAMEWORK:
            found = next((row.name for row in self.frameworks if row.id == term.key), "")
        else:
            found = self.themes.get(term.key, "")
            if found:
                found = translate("Retrieve", "Theme: {name}").format(name=found)
        return found or translate("Retrieve", "no longer there")

    def choices(self) -> list[Choice]:
        """Codes in the order of the codebook, then frameworks and themes."""
        rows = [
            Choice(
                Term(TermKind.CODE, row.id),
                row.name,
                below=" › ".join(row.path[:-1]),
                count=figure(row.codings_below) if row.codings_below else "",
                colour=row.colour,
                pattern=row.pattern.value,
            )
            for row in self.codes
        ]
        rows += [
            Choice(
                Term(TermKind.FRAMEWORK, row.id),
                row.name,
                below=translate("Retrieve", "Every code of the framework"),
            )
            for row in self.frameworks
            if row.kind is FrameworkKind.CODEBOOK or row.id in self.of_codes
        ]
        rows += [
            Choice(Term(TermKind.THEME, key), name, below=translate("Retrieve", "Theme"))
            for key, name in self.themes.items()
        ]
        return rows


def read_names(project: Project) -> Names:
    """Read what terms can be (off the main thread)."""
    codes, frameworks = project.codes.all(), project.frameworks.all()
    return Names(
        codes,
        frameworks,
        project.themes.names(),
        project.themes.parents(),
        frozenset(row.framework for row in codes if row.framework and row.node_key),
    )


class TermRow(QWidget):
    """Chips of the terms, any of which is enough, and a button for one more."""

    changed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        names: Names,
        add_words: str,
        empty_words: str,
        parent: QWidget | None = None,
    ) -> None:
        """``empty_words`` stand on the button while no term is named: any code will do."""
        super().__init__(parent)
        self._add_words, self._empty_words = add_words, empty_words
        self._look = appearance
        self._names = names
        self._terms: list[Term] = []
        self.chips: list[Chip] = []
        self.add = QPushButton(empty_words, self)
        self.add.setProperty("kind", "link")
        appearance.set_icon(self.add, "plus", "accent")
        self.add.clicked.connect(lambda: self._open(None))
        px = appearance.px
        self._row = WrapLayout(self, across=px(6), down=px(6))
        self._row.addWidget(self.add)

    @property
    def terms(self) -> tuple[Term, ...]:
        return tuple(self._terms)

    def set_terms(self, terms: Sequence[Term]) -> None:
        """Show these terms."""
        self._terms = list(terms)
        self._show()

    def set_names(self, names: Names) -> None:
        """Take over changed names and colours."""
        before = [self._looks(term) for term in self._terms]
        self._names = names
        if [self._looks(term) for term in self._terms] != before:
            self._show()
        for chip, term in zip(self.chips, self._terms, strict=True):
            chip.set_words(names.name(term))

    def _looks(self, term: Term) -> tuple[str, Pattern] | None:
        """Colour and pattern of a term that is a code."""
        found = (row for row in self._names.codes if row.id == term.key)
        return next(((row.colour, row.pattern) for row in found), None)

    def _show(self) -> None:
        for chip in self.chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._row.removeWidget(self.add)
        self.chips = []
        codes = {row.id: row for row in self._names.codes}
        for at, term in enumerate(self._terms):
            code = codes.get(term.key)
            chip = Chip(
                self._look,
                self._names.name(term),
                colour=code.colour if code else "",
                pattern=code.pattern if code else Pattern.SOLID,
                icon="" if code else "theme" if term.kind is TermKind.THEME else "framework",
                parent=self,
            )
            chip.clicked.connect(lambda _c=False, n=at: self._open(n))
            chip.removed.connect(lambda n=at: self._remove(n))
            self._row.addWidget(chip)
            chip.show()
            self.chips.append(chip)
        self.add.setText(self._add_words if self._terms else self._empty_words)
        self._row.addWidget(self.add)
        self.updateGeometry()

    def _remove(self, at: int) -> None:
        del self._terms[at]
        self._show()
        (self.chips[min(at, len(self.chips) - 1)] if self.chips else self.add).setFocus()
        self.changed.emit()

    def open(self) -> None:
        """Ask for one more term."""
        self._open(None)

    def _open(self, at: int | None) -> None:
        held = set(self._terms)
        choices = self._names.choices()
        if at is not None:
            choices = self._variants(self._terms[at]) + choices
        choices = [one for one in choices if one.key not in held]
        chooser = ChoiceList(self._look, self.tr("Find a code, framework or theme"), choices)
        anchor = self.add if at is None else self.chips[at]
        chooser.taken.connect(lambda term: self._take(term, at))
        open_choices(self._look, chooser, anchor)

    def _variants(self, term: Term) -> list[Choice]:
        """The same code with or without those below it."""
        other = Term(term.kind, term.key, not term.below)
        if term.kind is TermKind.CODE and any(row.parent == term.key for row in self._names.codes):
            name = next((row.name for row in self._names.codes if row.id == term.key), "")
            words = self.tr("With its sub-codes") if other.below else self.tr("Without sub-codes")
            return [Choice(other, name, below=words)]
        if term.kind is TermKind.THEME and term.key in self._names.theme_parents.values():
            name = self._names.themes.get(term.key, "")
            words = self.tr("With its sub-themes") if other.below else self.tr("Without sub-themes")
            return [Choice(other, name, below=words)]
        return []

    def _take(self, term: Term, at: int | None) -> None:
        if at is None:
            self._terms.append(term)
        else:
            self._terms[at] = term
        self._show()
        self.changed.emit()
