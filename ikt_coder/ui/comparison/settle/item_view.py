"""The text around an item, in a column for each coder, with what they coded there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.core.rounds import DifferenceKind
from ikt_coder.core.span import Span
from ikt_coder.services.settling_rows import Item, ItemState, Segment, Side
from ikt_coder.ui.comparison.columns.column_ends import ColumnFoot, ColumnHead
from ikt_coder.ui.comparison.columns.differing import differing
from ikt_coder.ui.comparison.columns.item_margin import Flagged
from ikt_coder.ui.comparison.columns.item_words import segment_words, spoken
from ikt_coder.ui.comparison.columns.study import Study
from ikt_coder.ui.comparison.columns.text_columns import TextColumns
from ikt_coder.ui.comparison.settle.deciding import Deciding
from ikt_coder.ui.comparison.settle.edges import EdgeDrag
from ikt_coder.ui.context import Context
from ikt_coder.ui.transcript.gutter import clock
from ikt_coder.ui.transcript.wording import shortened

_MOST = 3
_FEWEST = 2
_FIRST_WORDS = 26


class ItemView(QWidget):
    """Whole documents, scrolled to the item; other codings are there, but quiet."""

    def __init__(self, context: Context, deciding: Deciding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._deciding = deciding
        self.columns = TextColumns(context, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.columns)
        self.columns.resized.connect(self._seen_again)
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._bring_item)
        self._item: Item | None = None
        self._study: Study | None = None
        self._items: Sequence[Item] = ()
        self._loaded: tuple[UUID, tuple[UUID | None, ...]] | None = None
        self._loud: frozenset[UUID] = frozenset()

    def show_codes(self, study: Study) -> None:
        """What the codes look like now; codings are read again with the next item."""
        self._study = study
        self._loaded = None
        self.columns.set_codes(study.codes.values())
        self.columns.describe = lambda segment: segment_words(segment, study)

    def show_item(
        self,
        item: Item | None,
        items: Sequence[Item],
        study: Study,
        *,
        count: int,
        anonymous: bool,
        scroll: bool = True,
    ) -> None:
        """Show an item in up to ``count`` columns; ``items`` are all of its document.

        While names are hidden (``anonymous``) nothing else of the coders is shown: by it one
        could tell which column is whose from item to item.
        """
        self._item, self._study, self._items = item, study, items
        if item is None:
            self.columns.show_text(None)
            return
        if not self._open(item.document):
            return
        sides = item.sides[: max(_FEWEST, min(count, _MOST))]
        self._fit_columns(len(sides))
        memos = self._memos(sides)
        loud = frozenset(s.coding for side in sides for s in side.segments if s.coding is not None)
        coders = tuple(side.coder for side in sides)
        known = not anonymous and self._loaded == (item.document, coders)
        for at, side in enumerate(sides):
            head, foot = self.columns.heads[at], self.columns.feet[at]
            assert isinstance(head, ColumnHead)
            assert isinstance(foot, ColumnFoot)
            head.show_side(str(at + 1), side.label, "" if side.segments else self.tr("not coded"))
            foot.show_side(side, study, memos)
            if anonymous:
                self.columns.load(at, side.segments)
            elif known:
                self.columns.emphasise(at, loud, self._loud)
            else:
                self.columns.load(at, self._all_of(side), loud)
            self.columns.show_differing(at, differing(item, side), item.id)
            name = self.tr("Text with the codings of {coder}").replace("{coder}", side.label)
            self.columns.panes[at].setAccessibleName(name)
        self._loaded, self._loud = (item.document, coders), loud
        self._show_margin(item, items)
        self.columns.arrange()
        if scroll:
            self.columns.bring_to_view(item.span)

    def _open(self, document: UUID) -> bool:
        content = self.columns.content
        if content is None or content.id != document:
            try:
                found = self._context.project.documents.text(document)
            except UserError as error:
                self._context.fail(error)
                self.columns.show_text(None)
                return False
            self.columns.show_text(found)
            self._loaded = None
        return True

    def _seen_again(self) -> None:
        # When the window and the panels have their sizes the item is still to be seen.
        self._again.start()

    def _bring_item(self) -> None:
        if self._item is not None:
            self.columns.bring_to_view(self._item.span)

    def forget_text(self) -> None:
        """The text was changed: it is read again with the next item."""
        self.columns.content = None

    def _fit_columns(self, count: int) -> None:
        columns = self.columns
        if len(columns.heads) == count:
            return
        look = self._context.appearance
        heads = [*columns.heads[:count]]
        feet = [*columns.feet[:count]]
        while len(heads) < count:
            heads.append(ColumnHead(look))
            feet.append(ColumnFoot(look))
        columns.set_columns(heads, feet)
        for pane in columns.panes:
            if not pane.gestures:
                pane.gestures = [EdgeDrag(pane, columns, self._deciding)]

    def _all_of(self, side: Side) -> list[Segment]:
        """All that a coder has in the document."""
        return [
            segment
            for item in self._items
            for other in item.sides
            if other.coder == side.coder
            for segment in other.segments
        ]

    def _memos(self, sides: Sequence[Side]) -> Mapping[UUID, str]:
        """What the coders wrote on these codings, where the one who looks may see it."""
        keys = [s.coding for side in sides for s in side.segments if s.coding is not None]
        rows = self._context.project.codings.many(keys)
        return {row.id: row.memo for row in rows if row.memo}

    def _show_margin(self, item: Item, items: Sequence[Item]) -> None:
        margin, study = self.columns.margin, self._study
        if margin is None or study is None:
            return
        offsets = self.columns.page.offsets
        margin.current = item.id
        known = {other.id: other for other in items}
        known[item.id] = item
        margin.describe = lambda key: spoken(known[key], study)
        margin.set_items(
            [
                Flagged(
                    offsets.to_qt(other.span.start),
                    other.kind,
                    other.id,
                    other.state is ItemState.SETTLED,
                )
                for other in known.values()
                if other.kind is not DifferenceKind.MATCH or other.id == item.id
            ]
        )

    def show_results(self, spans: Sequence[Span]) -> None:
        """Where the codings that would be made lie, in every column."""
        for at in range(len(self.columns.panes)):
            self.columns.show_results(at, spans)

    def where(self, item: Item) -> str:
        """ "P01, 05:39, “Once they moved them …”" """
        content = self.columns.content
        if content is None:
            return item.document_title
        turn = next((t for t in reversed(content.turns) if t.span.start <= item.span.start), None)
        parts = [item.document_title]
        if turn is not None and turn.start_ms is not None:
            parts.append(clock(turn.start_ms))
        words = shortened(content.text[item.span.start : item.span.end], _FIRST_WORDS)
        quoted = self.tr("“{words}”").replace("{words}", words)
        return ", ".join([*parts, quoted])
