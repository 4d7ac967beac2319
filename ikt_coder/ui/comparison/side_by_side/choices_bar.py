"""Over the columns: which document, whose codings, and which differences."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QVBoxLayout, QWidget

from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import DifferenceKind
from ikt_coder.services.settling_rows import Item
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.comparison.side_by_side.reading import Compared, Listed
from ikt_coder.ui.comparison.wording import difference_word
from ikt_coder.ui.counting import counted, figure
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.widgets.pill import CheckChip, Pill
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_KINDS = (
    DifferenceKind.BOUNDARY,
    DifferenceKind.DIFFERENT_CODE,
    DifferenceKind.ATTRIBUTE,
    DifferenceKind.ONE_SIDE,
    DifferenceKind.SPLIT,
)


@frozen
class Narrowing:
    """Which differences are marked and walked through."""

    kind: DifferenceKind | None = None
    code: UUID | None = None

    def holds(self, item: Item) -> bool:
        if item.kind is DifferenceKind.MATCH:
            return False
        if self.kind is not None and item.kind is not self.kind:
            return False
        return self.code is None or self.code in item.codes


class ChoicesBar(QFrame):
    """Pills for the document, the class and the code; a chip for each coder."""

    document_chosen = Signal(object)
    counts_wanted = Signal()
    """The documents are to be listed, with how many differences each has."""
    coder_toggled = Signal(object)
    narrowed = Signal(object)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._found: Compared | None = None
        self.narrowing = Narrowing()
        self.chips: dict[UUID, CheckChip] = {}
        self.setProperty("surface", "panel")
        self.setProperty("line", "bottom")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        px = appearance.px
        self.document_pill = Pill(appearance, self.tr("Document:"), opens=True)
        self.kind_pill = Pill(appearance, opens=True)
        self.code_pill = Pill(appearance, opens=True)
        self._held = QWidget()
        self._row = WrapLayout(self._held, across=px(8), down=px(6))
        for pill in (self.document_pill, self.kind_pill, self.code_pill):
            self._row.addWidget(pill)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(6), px(14), px(6))
        column.addWidget(self._held)
        self.document_pill.clicked.connect(self.counts_wanted)
        self.kind_pill.clicked.connect(self._open_kinds)
        self.code_pill.clicked.connect(self._open_codes)

    def show_compared(self, found: Compared) -> None:
        """Offer what there is to choose now."""
        self._found = found
        title = found.text.title if found.text is not None else ""
        self.document_pill.set_words(self.tr("Document:"), title)
        if list(self.chips) != list(found.coders):
            for old in self.chips.values():
                self._row.removeWidget(old)
                old.hide()
                old.deleteLater()
            self.chips = {}
            for coder in found.coders:
                chip = CheckChip(self._appearance, "", parent=self._held)
                chip.clicked.connect(lambda _on=False, c=coder: self.coder_toggled.emit(c))
                self._row.addWidget(chip)
                chip.show()
                self.chips[coder] = chip
        for coder, chip in self.chips.items():
            chip.set_words(found.study.coder_name(coder))
            chip.setChecked(coder in found.chosen)
        self._tell()

    def _tell(self) -> None:
        found, narrowing = self._found, self.narrowing
        self.kind_pill.set_words(self._kind_name(narrowing.kind))
        name = self.tr("every code")
        if narrowing.code is not None and found is not None:
            name = found.study.code_name(narrowing.code)
        self.code_pill.set_words(self.tr("Code:"), name)

    def _kind_name(self, kind: DifferenceKind | None) -> str:
        if kind is None:
            return self.tr("All differences")
        word = difference_word(kind)
        return word[:1].upper() + word[1:]

    def _narrow(self, narrowing: Narrowing) -> None:
        if narrowing != self.narrowing:
            self.narrowing = narrowing
            self._tell()
            self.narrowed.emit(narrowing)

    def _open_kinds(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        kinds: list[DifferenceKind | None] = [None, *_KINDS]
        for kind in kinds:
            action = QAction(self._kind_name(kind), menu)
            action.setCheckable(True)
            action.setChecked(kind is self.narrowing.kind)
            wanted = Narrowing(kind, self.narrowing.code)
            action.triggered.connect(lambda _on=False, wanted=wanted: self._narrow(wanted))
            menu.addAction(action)
        menu.popup(self.kind_pill.mapToGlobal(self.kind_pill.rect().bottomLeft()))

    def _open_codes(self) -> None:
        found = self._found
        if found is None:
            return
        counts: dict[UUID, int] = {}
        for item in found.items:
            if item.kind is not DifferenceKind.MATCH:
                for code in item.codes:
                    counts[code] = counts.get(code, 0) + 1
        rows = [Choice("", self.tr("Every code"))]
        for code, count in sorted(counts.items(), key=lambda pair: -pair[1]):
            row = found.study.codes.get(code)
            colour = row.colour if row is not None else ""
            pattern = row.pattern.value if row is not None else ""
            number = "" if found.study.reflexive else figure(count)
            rows.append(Choice(code, found.study.code_name(code), "", number, colour, pattern))
        chooser = ChoiceList(self._appearance, self.tr("Codes that differ"), rows)
        chooser.taken.connect(
            lambda key: self._narrow(
                Narrowing(self.narrowing.kind, key if isinstance(key, UUID) else None)
            )
        )
        open_choices(self._appearance, chooser, self.code_pill)

    def list_documents(self, documents: Sequence[Listed]) -> None:
        """Open the list of documents."""
        found = self._found
        if found is None:
            return
        rows = []
        for listed in documents:
            below = ""
            if listed.differences is not None and not found.study.reflexive:
                below = counted(
                    listed.differences,
                    self.tr("1 difference"),
                    self.tr("{count} differences"),
                )
            rows.append(Choice(listed.id, listed.title, below))
        chooser = ChoiceList(self._appearance, self.tr("Find a document"), rows)
        chooser.taken.connect(self.document_chosen)
        open_choices(self._appearance, chooser, self.document_pill)
