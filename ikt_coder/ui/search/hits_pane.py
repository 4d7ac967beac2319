"""Hits to read and code: the list, and below it with which code and how much around a hit."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.core.ops import Op
from ikt_coder.services.rows import CodeRow
from ikt_coder.services.search_rows import CodedHits, Hit
from ikt_coder.ui.codes.name_popover import NamePopover
from ikt_coder.ui.codes.wording import bold, codings_in_words
from ikt_coder.ui.context import Context
from ikt_coder.ui.search.coding_bar import CodingBar
from ikt_coder.ui.search.hit_list import HitList
from ikt_coder.ui.search.hit_model import HitModel

_SMALL = 50
"""Hits that are coded within the time a window may stand still."""


class HitsPane(QWidget):
    """Codes hits one by one or all; what is coded stays in the list, marked."""

    left_at_top = Signal()

    def __init__(self, context: Context, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._name = ""
        look = context.appearance
        self.model = HitModel(context.project, self)
        self.list = HitList(look, name, self.model)
        self.coding = CodingBar(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addWidget(self.coding)
        context.signals.changed.connect(self._changed)
        self.list.left_at_top.connect(self.left_at_top)
        self.list.opened.connect(self._open)
        self.list.code_asked.connect(self._code_chosen)
        self.list.selectionModel().selectionChanged.connect(self._say)
        self.model.dataChanged.connect(self._say)
        self.model.modelReset.connect(self._say)
        self.coding.one_asked.connect(self._code_chosen)
        self.coding.all_asked.connect(self._code_all)
        self.coding.new_asked.connect(self._new_code)
        self.coding.chosen.connect(self.model.forget_coded)
        self.coding.chosen.connect(self._say)
        self._say()

    def show_hits(self, hits: Sequence[Hit], name: str) -> None:
        """Show other hits; ``name`` is offered for a new code."""
        self._name = name
        self.model.show(hits)
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))

    def set_codes(self, codes: tuple[CodeRow, ...]) -> None:
        """Take over the codebook as it is now."""
        self.coding.set_codes(codes)
        self._say()

    def focus_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _changed(self, changes: Changes) -> None:
        if changes.kind == Op.CODE_HITS.value and changes.undone:
            self.model.forget_coded()

    def _say(self, *_changed: object) -> None:
        self.coding.set_count(
            len(self.model.wanted()),
            len(self.list.chosen()),
            writable=not self._context.project.read_only,
        )

    def _open(self, row: int) -> None:
        hit = self.model.hit(row)
        self._context.reveal(hit.document, hit.span)

    def _code_chosen(self) -> None:
        rows = [row for row in self.list.chosen() if row not in self.model.coded]
        if self.coding.code is None:
            self.coding.open_codes()
        elif rows:
            self._code(rows, self.coding.code)
            self.list.next_wanted()

    def _code_all(self) -> None:
        rows = self.model.wanted()
        if self.coding.code is not None and rows:
            self._code(rows, self.coding.code)

    def _new_code(self, name: str) -> None:
        """Make a code of this name, or ask for one."""
        if name:
            self._make_code(name)
            return
        label = self.tr("Name of the new code")
        offered = self._name if len(self._name) < 60 else ""
        popover = NamePopover(self._context.appearance, self.window(), label, offered)
        popover.named.connect(self._make_code)
        popover.open_for(QRect(self.coding.code_pill.rect()), self.coding.code_pill)

    def _make_code(self, name: str) -> None:
        project = self._context.project
        try:
            code = project.codes.add(name)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(self.tr("Made the code {name}").format(name=bold(name)))
        self.coding.set_codes(project.codes.all())
        self.coding.choose(code)

    def _code(self, rows: list[int], code: UUID) -> None:
        """Code hits; many of them on the worker."""
        project, unit = self._context.project, self.coding.unit
        hits = [self.model.hit(row) for row in rows]
        shown = self.model.hits
        name = next((row.name for row in project.codes.all(counted=False) if row.id == code), "")

        def done(made: CodedHits) -> None:
            if self.model.hits is shown:
                self.model.mark_coded(rows)
            words = self.tr("{codings} with {code}").format(
                codings=codings_in_words(made.made), code=bold(name)
            )
            if made.already:
                words += self.tr(" · {count} were there already").format(count=made.already)
            self._context.say(words, undo=made.made > 0)

        def act() -> CodedHits:
            return project.search.code_hits(hits, code, unit)

        if len(hits) > _SMALL:
            self._context.tasks.run(lambda _progress: act(), done=done, writes=True)
            return
        try:
            made = act()
        except UserError as error:
            self._context.fail(error)
            return
        done(made)
