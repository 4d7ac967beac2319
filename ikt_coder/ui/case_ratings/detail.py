"""One rating: the scale, the reasons, what others gave, and the passages behind it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.cases import CaseRef
from ikt_coder.services.case_ratings.hints import RULE
from ikt_coder.services.case_ratings.rows import Rated, RatingCell
from ikt_coder.services.rows import CodingRow, PassageRow
from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.case_ratings.passage_cards import PassageCards
from ikt_coder.ui.case_ratings.wording import rated_words
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.count_link import CountLink
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.text_label import TextLabel
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

SCALE = (
    Rated(-2),
    Rated(-1),
    Rated(0),
    Rated(0, True),
    Rated(1),
    Rated(2),
    Rated(None),
)


class RatingDetail(QScrollArea):
    """Beside the grid; each gesture is one act of the page."""

    rated = Signal(object)
    explained = Signal(str)
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._number = 0
        self._codings: tuple[CodingRow, ...] = ()
        self.key: tuple[CaseRef, UUID] | None = None
        look, px = context.appearance, context.appearance.px
        self.setProperty("surface", "panel")
        self.viewport().setProperty("surface", "panel")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title = TextLabel(look, "", face=FontRole.STRONG, most_lines=3)
        self.buttons: dict[Rated, QPushButton] = {}
        scale_box = QWidget()
        scale = WrapLayout(scale_box, across=px(4), down=px(4))
        for rated in SCALE:
            button = QPushButton(rated.sign)
            button.setCheckable(True)
            button.setToolTip(rated_words(rated))
            button.setAccessibleName(rated_words(rated))
            button.setMinimumWidth(px(46))
            button.clicked.connect(lambda _on=False, rated=rated: self._press(rated))
            self.buttons[rated] = button
            scale.addWidget(button)
        self.others = self._words()
        self.hint = self._words()
        self.hint.setToolTip(RULE)
        self.reasons = FormField.text(look, self.tr("Reasons"))
        self.count = CountLink(look, "", "")
        self.cards = PassageCards(context)
        head = QVBoxLayout()
        head.setContentsMargins(px(14), px(10), px(14), px(8))
        head.setSpacing(px(8))
        head.addWidget(self.title)
        head.addWidget(scale_box)
        for widget in (self.others, self.hint, self.reasons):
            head.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self.count)
        row.addStretch(1)
        head.addLayout(row)
        inside = QFrame()
        inside.setProperty("surface", "panel")
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        self.cards.setMinimumHeight(px(150))
        whole.addWidget(self.cards, 1)
        self.setWidget(inside)
        self.setMinimumWidth(px(260))
        self.reasons.editor.committed.connect(self.explained)
        self.count.clicked.connect(self._list)
        self.cards.opened.connect(context.reveal_coding)

    @staticmethod
    def _words() -> QLabel:
        label = QLabel()
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("tone", "dim")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        label.setSizePolicy(policy)
        return label

    def show_cell(
        self,
        key: tuple[CaseRef, UUID],
        title: str,
        cell: RatingCell,
        whose: UUID | None,
        able: bool,
    ) -> None:
        """Show a cell; ``whose`` rating is changed here (None: the agreed one)."""
        other, self.key = self.key != key, key
        row = cell.of(whose)
        shown = row.rated if row is not None else None
        self.title.set_text(title)
        for rated, button in self.buttons.items():
            button.setChecked(rated == shown)
            button.setEnabled(able)
        others = [
            f"{one.initials or self.tr('Agreed')}: {rated_words(one.rated)}"
            + (f" ({one.rationale})" if one.rationale else "")
            for one in (*cell.ratings, *((cell.agreed,) if cell.agreed else ()))
            if one is not row
        ]
        if whose is not None and row is None:
            others = []  # who rates is not led by what others gave
        self.others.setText("\n".join(others))
        self.others.setVisible(bool(others))
        self.hint.setVisible(cell.hint is not None)
        if cell.hint is not None:
            words = self.tr("The codings suggest {rated} ({why}). A hint, not a rating.")
            self.hint.setText(
                words.replace("{rated}", rated_words(cell.hint.rated)).replace(
                    "{why}", cell.hint.why
                )
            )
        editor = self.reasons.editor
        if other or not editor.hasFocus():
            editor.set_text(row.rationale if row is not None else "")
        self.reasons.setEnabled(able and row is not None)
        n = cell.passages
        words = self.tr("1 passage") if n == 1 else self.tr("{n} passages").replace("{n}", str(n))
        self.count.set_count(words, self.tr("opens the passages behind the rating"))
        self.count.setEnabled(bool(cell.codings))
        self._read(cell)

    def _press(self, rated: Rated) -> None:
        """A press on the rating that is chosen clears it."""
        self.rated.emit(rated if self.buttons[rated].isChecked() else None)

    def _read(self, cell: RatingCell) -> None:
        self._number += 1
        number, project = self._number, self._context.project
        self._codings = cell.codings
        if not cell.codings:
            self._show_words((number, ()))
            return
        self._context.tasks.run(
            lambda _progress: (number, project.retrieval.passages(cell.codings)),
            done=self._show_words,
        )

    # A method of this object: Qt forgets it when the panel is gone before the reading.
    def _show_words(self, read: tuple[int, tuple[PassageRow, ...]]) -> None:
        number, passages = read
        if number == self._number:
            empty = self.tr("Nothing of this case is coded here in the analysis layer.")
            self.cards.show_passages(passages, None, empty)

    def _list(self) -> None:
        if self._codings:
            self._context.passages_wanted.emit(tuple(row.id for row in self._codings))

    def focus_reasons(self) -> None:
        """Bring the keyboard to the reasons, or to the passages where nothing is rated."""
        if self.reasons.isEnabled():
            self.reasons.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.cards.focus_first()
