"""All passages of a code, or behind a figure: grouped by document, shown in context by a click."""

from __future__ import annotations

from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.ops import Op
from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.codes.wording import codings_in_words
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import counted
from ikt_coder.ui.retrieval.code_dot import CodeDot
from ikt_coder.ui.retrieval.passage_acts import PassageActs
from ikt_coder.ui.retrieval.passage_model import PassageModel
from ikt_coder.ui.retrieval.passage_source import Found, Wanted, find, holding
from ikt_coder.ui.retrieval.passage_tree import PassageTree
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.pill import CheckChip
from ikt_coder.ui.widgets.text_label import TextLabel
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_READ_AFTER = 60
"""Milliseconds after an act before the list is read anew."""
_FEW = 50
_WIDE = 620
"""Pixels at 100 % from which title, switches and filter stand on one line."""


class PassagesPane(QWidget):
    """Keeps its scroll, selection and filter while its passages change under it."""

    close_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self._wanted = Wanted()
        self._mended = False  # a text changed: words that were read may no longer hold
        look = context.appearance
        self.model = PassageModel(context.project, self)
        self.dot = CodeDot(look)
        self.title = TextLabel(look, face=FontRole.STRONG)
        self.count = QLabel()
        self.count.setProperty("tone", "dim")
        self.count.setProperty("face", "small")
        self.close_button = QToolButton()
        self.close_button.setToolTip(self.tr("Close the list"))
        self.close_button.setAccessibleName(self.tr("Close the list"))
        look.set_icon(self.close_button, "close", "dim")
        self.below = CheckChip(look, self.tr("With sub-codes"))
        self.everyone = CheckChip(look, self.tr("All coders"))
        self.field = FilterField(look, self.tr("Filter the passages"))
        self.tree = PassageTree(look, self.tr("Passages"), self.model)
        self.empty = EmptyView(look, "quote", self.tr("No passages"))
        self._pages = QStackedWidget()
        self._of_codes: frozenset[UUID] = frozenset()
        self._again = QTimer(self, singleShot=True, interval=_READ_AFTER)
        self._acts = PassageActs(context, self.tree, self.model)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        px = self._context.appearance.px
        head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(self.dot)
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        chips = QWidget()
        row = WrapLayout(chips, across=px(6), down=px(4))
        row.addWidget(self.below)
        row.addWidget(self.everyone)
        self._chips = chips
        # Under the text the list is wide and low: then all stands on one line.
        self._top = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._top.setSpacing(px(6))
        self._top.addLayout(head, 3)
        self._top.addWidget(chips, 2, Qt.AlignmentFlag.AlignVCenter)
        self._top.addWidget(self.field, 2)
        bar = QHBoxLayout()
        bar.setContentsMargins(px(14), px(6), px(10), px(6))
        bar.setSpacing(px(8))
        bar.addLayout(self._top, 1)
        bar.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._pages.addWidget(self.tree)
        self._pages.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(bar)
        whole.addWidget(self._pages, 1)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(200)
        order = (self.field, self.tree, self.below, self.everyone, self.close_button)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self._context.appearance.px(_WIDE)
        direction = QBoxLayout.Direction
        self._top.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

    def _connect(self) -> None:
        self.tree.shown.connect(self._context.reveal_coding)
        self.tree.opened.connect(self._context.reveal_coding)
        self.tree.left_at_top.connect(self.field.setFocus)
        self.field.textChanged.connect(self._filter)
        self.field.enter_list_asked.connect(self.focus_list)
        self.field.leave_asked.connect(self.close_asked)
        self.close_button.clicked.connect(self.close_asked)
        self.below.clicked.connect(self._switch)
        self.everyone.clicked.connect(self._switch)
        self._again.timeout.connect(self._read)
        self._context.signals.changed.connect(self._changed)

    # -- what to list -----------------------------------------------------------------------

    def show_code(self, code: UUID, include_below: bool = False) -> None:
        """List the passages of a code, with those of its sub-codes where asked."""
        self._begin(Wanted(code=code, below=include_below, everyone=self._wanted.everyone))

    def show_codings(self, codings: tuple[UUID, ...]) -> None:
        """List these passages, such as those behind a figure."""
        self._begin(Wanted(codings=tuple(codings), everyone=True))

    def action(self, name: str) -> QAction:
        """An act on the chosen passages, as :class:`PassageActs` names it."""
        return self._acts.action(name)

    def focus_list(self) -> None:
        self.tree.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.tree.currentIndex().isValid() and self.model.rowCount():
            first = self.model.index(0, 0)
            self.tree.setCurrentIndex(self.model.index(0, 0, first))

    def _begin(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.tree.forget_folds()
        self.model.expanded = set()
        self.field.clear()
        self._read()

    def _switch(self) -> None:
        self._wanted = Wanted(
            self._wanted.code,
            self._wanted.codings,
            self.below.isChecked(),
            self.everyone.isChecked(),
        )
        self._read()

    def _read(self) -> None:
        wanted, project = self._wanted, self._project
        if wanted.code is not None or wanted.codings:
            self._context.tasks.run(lambda _progress: find(project, wanted), done=self._found)

    def _found(self, found: Found) -> None:
        if found.wanted != self._wanted:
            return
        self._of_codes = found.of_codes
        before = [row.id for row in self.model.listed]
        if before and before == [row.id for row in found.codings] and not self._mended:
            self.model.rename(found.titles, found.codes)
            self.model.update_rows(found.codings)
        else:
            self._mended = False
            with self.tree.kept_place():
                self.model.show(found.codings, found.titles, found.codes)
            self._filter()
        self._say(found)

    def _say(self, found: Found) -> None:
        code = next((row for row in found.codes if row.id == found.code), None)
        self.dot.setVisible(code is not None)
        if code is not None:
            self.dot.set_code(code.colour, code.pattern)
            self.title.set_text(code.name)
        else:
            self.title.set_text(self.tr("Passages"))
        has_below = code is not None and any(row.parent == code.id for row in found.codes)
        self.below.setVisible(has_below)
        self.below.setChecked(found.wanted.below)
        self.everyone.setVisible(found.coders > 1 and code is not None)
        self.everyone.setChecked(found.wanted.everyone)
        self._chips.setVisible(has_below or (found.coders > 1 and code is not None))
        self._say_count()

    def _say_count(self) -> None:
        count = self.model.count
        documents = counted(
            self.model.documents, self.tr("1 document"), self.tr("{count} documents")
        )
        self.count.setText(
            self.tr("{codings} in {documents}").format(
                codings=codings_in_words(count), documents=documents
            )
        )
        self._pages.setCurrentWidget(self.tree if count else self.empty)
        if self.field.text().strip():
            self.empty.set_words(
                self.tr("No passage fits"), self.tr("Clear the filter to see all.")
            )
        else:
            self.empty.set_words(
                self.tr("No passages"),
                self.tr("Select words in a document and apply the code; they are listed here."),
            )

    def _filter(self, _words: str = "") -> None:
        """Find off the main thread what fits; texts may have to be read for it."""
        words = self.field.text().strip()
        if not words:
            self._fit((words, None))
            return
        project, listed, titles = self._project, self.model.listed, self.model.titles
        self._context.tasks.run(
            lambda _progress: (words, holding(project, listed, titles, words)), done=self._fit
        )

    def _fit(self, found: tuple[str, frozenset[UUID] | None]) -> None:
        words, fitting = found
        if words != self.field.text().strip() or fitting == self.model.fitting:
            return
        with self.tree.kept_place():
            self.model.show_only(fitting)
        self._say_count()

    def _changed(self, changes: Changes) -> None:
        if changes.touches("code", "document", "document_edit"):
            self._mended = self._mended or changes.touches("document_edit")
            self._again.start()
        elif changes.kind == Op.SWITCH_CODER or changes.touches("coding", "coding_level"):
            self._codings_changed(changes)

    def _codings_changed(self, changes: Changes) -> None:
        """Read the list anew only where one of its passages came or went."""
        keys = changes.keys("coding")
        if keys is None or len(keys) > _FEW or changes.kind == Op.SWITCH_CODER:
            self._again.start()
            return
        listed = {row.id for row in self.model.listed}
        if not listed and not self._of_codes:
            return  # nothing was asked for yet
        rows = {row.id: row for row in self._project.codings.many(keys)}
        came = any(row.code in self._of_codes for key, row in rows.items() if key not in listed)
        left = any(
            key in listed and (key not in rows or rows[key].code not in self._of_codes)
            for key in keys
        )
        if came or left:
            self._again.start()
        else:
            self.model.update_rows(row for key, row in rows.items() if key in listed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_asked.emit()
            event.accept()
            return
        super().keyPressEvent(event)
