"""What was recommended for a code or theme: the list, its note and its rating."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.services.recommendations.rows import RecommendationRow, SubjectRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.recommendations.path_grid import Keep
from ikt_coder.ui.recommendations.rating import RatingPanel
from ikt_coder.ui.recommendations.reading import RecommendationsRead
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.list_pages import ListPages
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.widgets.wrap_layout import WrapLayout


class KeptModel(RowsModel[RecommendationRow]):
    """The recommendation; below it where it comes from and its note."""

    def shown(self, row: RecommendationRow, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.name
        if role == ItemRole.SUBTITLE:
            own = row.framework_name or self.tr("own words")
            rated = len({one.criterion for one in row.ratings})
            said = self.tr("1 criterion rated") if rated == 1 else self.tr("{n} criteria rated")
            said = said.replace("{n}", str(rated)) if rated else ""
            parts = (own, row.component_name, said, row.note)
            return " · ".join(part for part in parts if part)
        return None


class KeptView(QWidget):
    """Strategies and groups of techniques are chosen by people; own words as well."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._read: RecommendationsRead | None = None
        self._subject: SubjectRow | None = None
        self._key: UUID | None = None
        look = context.appearance
        self.pills: dict[str, Pill] = {}
        self._choosing = QWidget()
        self._choose_row = WrapLayout(self._choosing, across=8, down=6)
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Recommend in your own words, then Enter"))
        self.words.setAccessibleName(self.tr("A recommendation in your own words"))
        self.model = KeptModel(self)
        self.list = _KeptList(look, self.tr("Recommendations"), self.delete)
        self.list.setModel(self.model)
        self.empty = EmptyView(
            look,
            "flag",
            self.tr("Nothing is recommended yet"),
            self.tr("Keep a function or policy above, choose a strategy, or write your own."),
        )
        self.pages = ListPages(self.list, self.empty)
        self.note = FormField.text(look, self.tr("Note"))
        self.rating = RatingPanel(context)
        self.rating_heading = SectionHeading(look, self.tr("Worth doing? (APEASE, if you wish)"))
        self.delete_button = QPushButton(self.tr("Delete the recommendation"))
        self.delete_button.setProperty("kind", "link")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(10))
        column.setSpacing(look.px(8))
        column.addWidget(SectionHeading(look, self.tr("Recommended")))
        column.addWidget(self._choosing)
        column.addWidget(self.words)
        column.addWidget(self.pages)
        self.details = QWidget()
        inner = QVBoxLayout(self.details)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(look.px(6))
        inner.addWidget(self.note)
        inner.addWidget(self.rating_heading)
        inner.addWidget(self.rating)
        foot = QHBoxLayout()
        foot.addWidget(self.delete_button)
        foot.addStretch(1)
        inner.addLayout(foot)
        column.addWidget(self.details)
        column.addStretch(1)
        self.words.returnPressed.connect(self._add_words)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_current())
        self.note.editor.committed.connect(self._set_note)
        self.rating.rated.connect(self._rate)
        self.rating.taken_back.connect(self._unrate)
        self.delete_button.clicked.connect(lambda _on=False: self.delete())

    # -- showing --------------------------------------------------------------------------

    def show_read(self, read: RecommendationsRead, subject: SubjectRow | None) -> None:
        """Show what was kept for a subject."""
        self._read, self._subject = read, subject
        self._offer()
        self.rating.set_criteria(read.criteria)
        rows = read.of(subject)
        key = self._key
        self.model.put(rows)
        place = next((n for n, row in enumerate(rows) if row.id == key), len(rows) - 1)
        if rows:
            self.list.setCurrentIndex(self.model.index(place))
        self.pages.choose()
        px = self._context.appearance.px
        self.pages.setFixedHeight(self.list.content_height(5) + px(4) if rows else px(170))
        able = subject is not None and not self._context.project.read_only
        self._choosing.setEnabled(able)
        self.words.setEnabled(able)
        self._show_current()

    def _offer(self) -> None:
        if self.pills or self._read is None:
            return
        for framework in self._read.solutions:
            pill = Pill(self._context.appearance, framework.short, opens=True)
            pill.setToolTip(framework.name)
            pill.clicked.connect(lambda _on=False, key=framework.key: self._open(key))
            self._choose_row.addWidget(pill)
            self.pills[framework.key] = pill

    def current(self) -> RecommendationRow | None:
        """The recommendation the list is at."""
        return self.model.row(self.list.currentIndex())

    def _show_current(self) -> None:
        row = self.current()
        self.details.setVisible(row is not None)
        if row is None or self._read is None:
            self._key = None
            return
        other, self._key = self._key != row.id, row.id
        if other or not self.note.editor.hasFocus():
            self.note.editor.set_text(row.note)
        self.rating.show_ratings(row, self._read.coder)
        self.delete_button.setEnabled(not self._context.project.read_only)

    # -- acts -----------------------------------------------------------------------------

    def _do(self, act: Callable[[], Any], words: str) -> Any:
        try:
            result = act()
        except UserError as error:
            self._context.fail(error)
            self._show_current()
            return None
        self._context.say(words)
        return result

    def keep(self, what: Keep) -> None:
        """Keep a node of a framework for the subject."""
        self._add(framework=what.framework, node_key=what.node, component=what.component)

    def _add(self, **values: Any) -> None:
        subject = self._subject
        if subject is None or self._context.project.read_only:
            return
        made = self._do(
            lambda: self._context.project.recommendations.add(
                code=subject.code, theme=subject.theme, **values
            ),
            self.tr("Added a recommendation"),
        )
        if made is not None:
            self._key = made

    def _add_words(self) -> None:
        if self.words.text().strip():
            self._add(text=self.words.text())
            self.words.clear()

    def _open(self, framework: str) -> None:
        if self._read is None:
            return
        home = next(one for one in self._read.solutions if one.key == framework)
        choices = [
            Choice(one.key, one.name, one.heading) for one in home.solutions if one.applicable
        ]
        shown = ChoiceList(self._context.appearance, home.name, choices)
        shown.taken.connect(lambda key: self._add(framework=framework, node_key=key))
        open_choices(self._context.appearance, shown, self.pills[framework])

    def _set_note(self, words: str) -> None:
        key = self._key
        if key is not None:
            self._do(
                lambda: self._context.project.recommendations.change(key, note=words.strip()),
                self.tr("Changed a recommendation"),
            )

    def _rate(self, criterion: str, value: int | None) -> None:
        key = self._key
        if key is not None:
            self._do(
                lambda: self._context.project.recommendations.rate(key, criterion, value),
                self.tr("Rated a recommendation"),
            )

    def _unrate(self, criterion: str) -> None:
        key = self._key
        if key is not None:
            self._do(
                lambda: self._context.project.recommendations.unrate(key, criterion),
                self.tr("Took a rating back"),
            )

    def delete(self) -> None:
        """Delete the recommendation the list is at; undo brings it back."""
        row = self.current()
        if row is not None and not self._context.project.read_only:
            self._do(
                lambda: self._context.project.recommendations.delete(row.id),
                self.tr("Deleted a recommendation"),
            )


class _KeptList(RowList):
    """Del deletes a recommendation."""

    def __init__(self, appearance: Any, name: str, delete: Callable[[], None]) -> None:
        super().__init__(appearance, name, ruled=True)
        self._delete = delete

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not event.modifiers():
            self._delete()
            event.accept()
            return
        super().keyPressEvent(event)
