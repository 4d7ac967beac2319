"""A codebook from a file: what it would change, shown before anything is; rows can be left out."""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout, QWidget

from ikt_coder.services.codebook_import import CodebookPlan, PlannedCode, What
from ikt_coder.ui.codebook.paper import Paper
from ikt_coder.ui.codebook.wording_html import field_words, two_wordings
from ikt_coder.ui.codes.acting import carry_out
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import counted
from ikt_coder.ui.widgets.dialog_foot import DialogFoot, dim_words, stack_up
from ikt_coder.ui.widgets.dialog_size import DialogSize
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.list_pages import ListPages
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel

Index = QModelIndex | QPersistentModelIndex


class PlanModel(RowsModel[PlannedCode]):
    """The rows that would change something; ``left_out`` are those that were ticked off."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.left_out: set[int] = set()

    def shown(self, row: PlannedCode, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return row.path[-1]
        if role == ItemRole.SUBTITLE:
            return " · ".join(part for part in (self._what(row), " › ".join(row.path[:-1])) if part)
        if role == ItemRole.SIGN:
            return " " if row.row in self.left_out else "✓"
        if role == ItemRole.SIGN_COLOUR:
            return "accent"
        if role == ItemRole.DIM:
            return row.row in self.left_out
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = self.tr("left out") if row.row in self.left_out else self.tr("taken")
            return f"{row.path[-1]}, {self._what(row)}, {state}"
        return None

    def _what(self, row: PlannedCode) -> str:
        if row.what is What.ADDED:
            return self.tr("new")
        if row.what is What.MOVED:
            where = " › ".join(row.was_at[:-1]) or self.tr("the top")
            return self.tr("moved, now at {place}").format(place=where)
        fields = ", ".join(field_words(change.field).lower() for change in row.changes)
        return self.tr("changed: {fields}").format(fields=fields)

    def toggle(self, index: Index) -> None:
        """Take a row in, or leave it out."""
        row = self.row(index)
        if row is not None:
            self.left_out ^= {row.row}
            self.dataChanged.emit(index, index)


class _PlanList(RowList):
    """Space ticks a row on and off."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        model = self.model()
        if event.key() == Qt.Key.Key_Space and isinstance(model, PlanModel):
            model.toggle(self.currentIndex())
            return
        super().keyPressEvent(event)


class CodebookImportDialog(QDialog):
    """Nothing is changed before the button; then all of it is one act."""

    def __init__(self, context: Context, plan: CodebookPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self.plan = plan
        self.model = PlanModel(self)
        self.setWindowTitle(self.tr("Bring in the codebook {name}").format(name=plan.name))
        look = context.appearance
        self.list = _PlanList(look, self.tr("What would change"), ruled=True)
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._tell())
        self.list.clicked.connect(self._clicked)
        self.paper = Paper(look, self.tr("The chosen row"), self)
        empty = EmptyView(
            look,
            "check",
            self.tr("Nothing would change"),
            self.tr("The codebook of the project says all of this already."),
        )
        pages = ListPages(self.list, empty, self)
        settings = context.settings
        splitter = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("codebook.import"),
            save=lambda sizes: settings.remember_splitter("codebook.import", sizes),
            parent=self,
        )
        splitter.add_pane(pages, look.px(340))
        splitter.add_pane(self.paper, look.px(460), stretch=True)
        self.foot = DialogFoot(look)
        self.foot.words.show()
        self.take = self.foot.add_button(self.tr("Bring in"), self.bring_in)
        self.take.setProperty("kind", "primary")
        self.foot.add_button(self.tr("Cancel"), self.reject)
        stack_up(self, self._head(), splitter, self.foot, wide=splitter)
        DialogSize(self, settings, look, "codebook-import", 860, 560)
        self.model.put(plan.acting)
        pages.choose()
        self.model.dataChanged.connect(lambda *_: self._count())
        self.list.setCurrentIndex(self.model.index(0, 0))
        self._tell()
        self._count()
        self.list.setFocus()

    def _head(self) -> QWidget:
        head = QFrame(self)
        head.setProperty("line", "bottom")
        column = QVBoxLayout(head)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        plan = self.plan
        said = [
            counted(len(plan.of(What.ADDED)), self.tr("1 new"), self.tr("{count} new")),
            counted(len(plan.of(What.CHANGED)), self.tr("1 changed"), self.tr("{count} changed")),
            counted(len(plan.of(What.MOVED)), self.tr("1 moved"), self.tr("{count} moved")),
            counted(
                len(plan.of(What.UNTOUCHED)), self.tr("1 as it is"), self.tr("{count} as they are")
            ),
        ]
        self.summary = dim_words(
            self.tr("{counts}. Codes that the file does not name stay; nothing is deleted.").format(
                counts=", ".join(said)
            ),
            head,
        )
        column.addWidget(self.summary)
        self.warnings = dim_words("\n".join(self._warnings()), head)
        self.warnings.setVisible(bool(self.warnings.text()))
        column.addWidget(self.warnings)
        return head

    def _warnings(self) -> list[str]:
        """What cannot be taken, and columns that were not understood."""
        plan = self.plan
        said = []
        if plan.faults:
            shown = " ".join(str(fault) for fault in plan.faults[:6])
            more = len(plan.faults) - 6
            rest = self.tr(" And {count} more.").format(count=more) if more > 0 else ""
            said.append(self.tr("Rows that cannot be taken: {faults}").format(faults=shown + rest))
        if plan.unknown:
            said.append(
                self.tr("Columns that were not understood: {names}.").format(
                    names=", ".join(plan.unknown)
                )
            )
        return [*said, *plan.notes]

    def _clicked(self, index: QModelIndex) -> None:
        # The tick stands at the left edge of the row.
        at = self.list.viewport().mapFromGlobal(self.cursor().pos()).x()
        if at <= self._context.appearance.px(34):
            self.model.toggle(index)

    def _tell(self) -> None:
        row = self.model.row(self.list.currentIndex())
        if row is None:
            self.paper.show_made(str)
            return
        fields = [(field_words(one.field), one.before, one.after) for one in row.changes]
        head = f"<p><b>{escape(' › '.join(row.path))}</b></p>"
        if row.what is What.MOVED:
            was = self.tr("now at {place}").format(place=" › ".join(row.was_at))
            head += f"<p class='dim'>{escape(was)}</p>"
        look = self._context.appearance
        self.paper.show_made(lambda: head + (two_wordings(look, fields) if fields else ""))

    def _count(self) -> None:
        count = self.model.rowCount() - len(self.model.left_out)
        self.take.setEnabled(count > 0 and not self._project.read_only)
        self.foot.say(
            counted(
                count,
                self.tr("1 row is brought in. Space leaves a row out."),
                self.tr("{count} rows are brought in. Space leaves a row out."),
            )
            if self.model.rowCount()
            else ""
        )

    def chosen(self) -> set[int]:
        """The rows of the file that are brought in."""
        return {row.row for row in self.model.rows} - self.model.left_out

    def bring_in(self) -> None:
        """Do it, in one act."""
        rows, plan = self.chosen(), self.plan
        name = escape(plan.name, quote=False)
        words = counted(
            len(rows),
            self.tr("Brought in 1 code from <b>{name}</b>"),
            self.tr("Brought in {count} codes from <b>{name}</b>").replace("{name}", "{{name}}"),
        ).format(name=name)
        service = self._project.codes_import
        # A code is several rows with all that is checked for it.
        carry_out(self._context, lambda: service.apply(plan, rows), words, 30 * len(rows))
        self.accept()
