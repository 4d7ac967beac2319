"""A place of the window that is a switch over pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.segmented_switch import SegmentedSwitch

Makers = Mapping[str, Callable[[], QWidget]]


class PagedPlace(QWidget):
    """Its pages are made when they are first shown; each is as it was left, and which one was
    shown is remembered with the project under ``state``.

    A place names and fills the switch and then calls ``show_kept``; ``bar`` is the row the switch
    stands in, where more can be put after it.
    """

    def __init__(self, context: Context, state: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._state = state
        self._pages: dict[str, QWidget] = {}
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.switch = SegmentedSwitch(context.appearance, "", self)
        self.stack = QStackedWidget(self)
        frame = QFrame(self)
        frame.setProperty("surface", "panel")
        frame.setProperty("line", "bottom")
        frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.bar = QHBoxLayout(frame)
        self.bar.setContentsMargins(14, 6, 14, 6)
        self.bar.setSpacing(context.appearance.px(10))
        self.bar.addWidget(self.switch)
        self.bar.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(frame)
        whole.addWidget(self.stack, 1)
        self.switch.chosen.connect(self.show_page)

    def makers(self) -> Makers:
        """What makes each page, by its key; the first one is shown at first."""
        raise NotImplementedError

    def page(self, key: str) -> QWidget:
        """A page, made now if it was not. Raises KeyError."""
        if key not in self._pages:
            page = self._pages[key] = self.makers()[key]()
            self.stack.addWidget(page)
        return self._pages[key]

    def show_page(self, key: str) -> None:
        """Show a page; an unknown one gives way to the first."""
        if key not in self.makers():
            key = next(iter(self.makers()))
        self.stack.setCurrentWidget(self.page(key))
        if self.switch.current() != key:
            self.switch.choose(key)
        settings, project = self.context.settings, self.context.project.local_id
        whole = settings.local_state(project)
        if whole.get(self._state) != key:
            whole[self._state] = key
            settings.remember_local_state(project, whole)

    def show_kept(self) -> None:
        """Show the page that was shown last."""
        kept = self.context.settings.local_state(self.context.project.local_id).get(self._state)
        self.show_page(kept if isinstance(kept, str) else "")
