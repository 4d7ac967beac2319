"""Parts of the window's frame: the bar at the top, and the column that holds the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.ui.widgets.empty_view import EmptyView

if TYPE_CHECKING:
    from ikt_coder.ui.main_window import MainWindow


def top_bar(window: MainWindow) -> QWidget:
    """Places at the left; who is coding, and the side panels, at the right."""
    bar = QFrame(window)
    bar.setProperty("line", "bottom")
    bar.setProperty("surface", "panel")
    row = QHBoxLayout(bar)
    row.setContentsMargins(14, 6, 14, 6)
    row.setSpacing(8)
    row.addWidget(window.switch)
    row.addStretch(1)
    row.addWidget(window.coder.pill)
    for name, icon in (("documents_panel", "panel-left"), ("codes_panel", "panel-right")):
        action = window.actions_[name]
        button = QToolButton(bar)
        button.setAccessibleName(action.text().replace("&", ""))
        button.setToolTip(action.text().replace("&", ""))
        button.clicked.connect(action.trigger)
        window.context.appearance.set_icon(button, icon, "dim")
        row.addWidget(button)
        window.panel_buttons.append(button)
    return bar


def text_column(window: MainWindow) -> QWidget:
    """The document under its title, or what to do where none is open."""
    text = QWidget(window)
    column = QVBoxLayout(text)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(window.header)
    column.addWidget(window.transcript, 1)
    nothing = EmptyView(window.context.appearance, "document", "", "", window)
    nothing.setProperty("surface", "paper")
    nothing.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    window.nothing = nothing
    window.import_button = nothing.add_button(
        window.tr("Import interviews…"), window.documents.acts.bring_in.trigger, icon="import"
    )
    window.middle = QStackedWidget(window)
    window.middle.addWidget(nothing)
    window.middle.addWidget(text)
    return window.middle
