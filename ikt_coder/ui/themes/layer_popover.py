"""Whose codings count: per document the consensus, or the coder named lead."""

from __future__ import annotations

from html import escape
from uuid import UUID

from PySide6.QtCore import QMargins, QRect, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QWidget,
)

from ikt_coder.core.words import DocumentStatus, Layer
from ikt_coder.services.layers import LayerSource
from ikt_coder.ui.context import Context
from ikt_coder.ui.sealed_words import until_words
from ikt_coder.ui.themes.acts import ThemeActs
from ikt_coder.ui.themes.snapshot import ThemesSnapshot
from ikt_coder.ui.themes.wording import layer_name
from ikt_coder.ui.widgets.popover import Popover
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.text_label import TextLabel
from ikt_coder.ui.wording import status_word


class LayerPopover(Popover):
    """One row per document; a choice holds at once and can be undone."""

    def __init__(
        self, context: Context, acts: ThemeActs, snapshot: ThemesSnapshot, window: QWidget
    ) -> None:
        super().__init__(context.appearance, window)
        self._context = context
        self._acts = acts
        px = context.appearance.px
        inside = QMargins(px(16), px(12), px(16), px(14))
        self.body.setContentsMargins(self.body.contentsMargins() + inside)
        self.body.setSpacing(8)
        heading = QLabel(self.tr("Whose codings count"))
        heading.setProperty("face", "heading")
        heading.setProperty("tone", "dim")
        self.body.addWidget(heading)
        rule = QLabel(
            self.tr(
                "The consensus where there is one, else the lead coder. Codings of two coders "
                "are never added up. N counts participants of documents marked coded."
            )
        )
        rule.setWordWrap(True)
        rule.setProperty("tone", "dim")
        rule.setProperty("face", "small")
        rule.setFixedWidth(px(480))
        self.body.addWidget(rule)
        self.setAccessibleName(self.tr("Whose codings count"))
        self.leads: dict[UUID, QComboBox] = {}
        self.states: dict[UUID, QComboBox] = {}
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, px(4), 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for at, source in enumerate(snapshot.info.sources):
            self._add_row(grid, at, source, snapshot)
        area = QScrollArea()
        area.setWidget(rows)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.setProperty("transparent", "true")
        high = min(rows.sizeHint().height() + 4, px(320))
        area.setFixedSize(px(480), high)
        self.body.addWidget(area)

    def _add_row(
        self, grid: QGridLayout, at: int, source: LayerSource, snapshot: ThemesSnapshot
    ) -> None:
        look = self._context.appearance
        grid.addWidget(TextLabel(look, source.title), at, 0)
        if source.sealed:
            until = until_words(self._context.project, [source.document])
            grid.addWidget(TextLabel(look, until, role="dim"), at, 1)
        elif source.layer is Layer.CONSENSUS:
            grid.addWidget(QLabel(layer_name(source.layer, "")), at, 1)
        else:
            grid.addWidget(self._lead(source, snapshot), at, 1)
        grid.addWidget(self._status(source), at, 2)

    def _lead(self, source: LayerSource, snapshot: ThemesSnapshot) -> QComboBox:
        box = QuietComboBox()
        box.setAccessibleName(self.tr("Lead coder of {title}").replace("{title}", source.title))
        box.addItem(layer_name(None, ""), None)
        for coder in snapshot.coders:
            box.addItem(coder.name, coder.id)
            if coder.id == source.coder:
                box.setCurrentIndex(box.count() - 1)
        box.setFixedWidth(self._context.appearance.px(160))
        box.activated.connect(lambda _at: self._set_lead(source, box))
        self.leads[source.document] = box
        return box

    def _status(self, source: LayerSource) -> QComboBox:
        box = QuietComboBox()
        box.setAccessibleName(self.tr("State of {title}").replace("{title}", source.title))
        for status in DocumentStatus:
            box.addItem(status_word(status).capitalize(), status)
            if status is source.status:
                box.setCurrentIndex(box.count() - 1)
        box.setFixedWidth(self._context.appearance.px(124))
        box.activated.connect(lambda _at: self._set_status(source, box))
        self.states[source.document] = box
        return box

    def _set_lead(self, source: LayerSource, box: QComboBox) -> None:
        documents = self._context.project.documents
        coder = box.currentData()
        words = self.tr("In <b>{title}</b> the codings of {coder} count")
        if coder is None:
            words = self.tr("In <b>{title}</b> nobody's codings count")
        words = words.replace("{title}", escape(source.title, quote=False)).replace(
            "{coder}", box.currentText()
        )
        self._acts.attempt(lambda: documents.set_lead(source.document, coder), words)

    def _set_status(self, source: LayerSource, box: QComboBox) -> None:
        documents = self._context.project.documents
        status = DocumentStatus(box.currentData())
        words = self.tr("<b>{title}</b> is {status}").replace(
            "{title}", escape(source.title, quote=False)
        )
        words = words.replace("{status}", status_word(status))
        self._acts.attempt(lambda: documents.set_status(source.document, status), words)

    def open_under(self, pill: QWidget) -> None:
        first = next(iter(self.leads.values()), next(iter(self.states.values()), None))
        self.open_beside(QRect(pill.rect()), pill, first)
