"""Appearance: light, dark or as the system has it, and the size of the interface's text."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFont, QGuiApplication, QIcon
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ikt_coder import paths
from ikt_coder.core.colour import shade
from ikt_coder.ui.appearance import fonts
from ikt_coder.ui.appearance.focus_ring import FocusRing
from ikt_coder.ui.appearance.icons import Icons
from ikt_coder.ui.appearance.palette import palette
from ikt_coder.ui.appearance.stylesheet import TintedImages, fill
from ikt_coder.ui.appearance.tokens import DARK, LIGHT, Size, Tokens

SMALLEST_TEXT = 100
LARGEST_TEXT = 200


class Mode(StrEnum):
    """Which palette is used."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class FontRole(StrEnum):
    """What a font is for."""

    BODY = "body"
    STRONG = "strong"
    SMALL = "small"
    FIGURES = "figures"
    HEADING = "heading"
    TITLE = "title"
    FIGURE = "figure"


class Appearance(QObject):
    """The one place that knows the colours, the type and the icons now in use.

    Given to every widget that draws for itself; ``changed`` tells it to measure and draw anew.
    """

    changed = Signal()

    def __init__(
        self, mode: Mode = Mode.SYSTEM, text_size: int = 100, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._mode = mode
        self._text_size = _within(text_size)
        self._app: QApplication | None = None
        self._family_font = QGuiApplication.font()
        self._tokens = self._chosen_tokens()
        self._icons = Icons(self)
        self._images = TintedImages()
        self.focus_ring: FocusRing | None = None

    # -- what is in use ---------------------------------------------------------------------

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def text_size(self) -> int:
        """Interface text in per cent, 100 to 200."""
        return self._text_size

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    @property
    def is_dark(self) -> bool:
        return self._tokens.dark

    def px(self, pixels: float) -> int:
        """``pixels`` at 100 % in device-independent pixels at the present text size."""
        return round(pixels * self._text_size / 100)

    def colour(self, role: str) -> QColor:
        """The colour of a role of :class:`Tokens`; raises ``AttributeError`` for another name."""
        return QColor(getattr(self._tokens, role))

    def code_colour(self, colour: str) -> QColor:
        """What to paint a code's stored colour with; raises ``ValueError`` for other text."""
        return QColor(shade(colour, self._tokens.dark))

    def font(self, role: FontRole = FontRole.BODY) -> QFont:
        """The interface font for a role, at the present text size."""
        font = QFont(self._family_font)
        if role is FontRole.HEADING:
            return fonts.heading_font(font, self.px(Size.HEADING))
        sizes = {
            FontRole.SMALL: Size.SMALL,
            FontRole.TITLE: Size.TITLE,
            FontRole.FIGURE: Size.FIGURE,
        }
        font.setPixelSize(self.px(sizes.get(role, Size.BODY)))
        if role in (FontRole.STRONG, FontRole.TITLE, FontRole.FIGURE):
            font.setWeight(QFont.Weight.DemiBold)
        if role in (FontRole.FIGURES, FontRole.FIGURE):
            return fonts.with_tabular_figures(font)
        return font

    def reading_font(self, pixels: int = Size.READING, family: str = "") -> QFont:
        """The font of the transcript, ``pixels`` high at 100 % (not scaled by the text size)."""
        return fonts.reading_font(pixels, family)

    def icon(self, name: str, role: str = "ink") -> QIcon:
        """An icon tinted by role; for a button or an action use :meth:`set_icon` instead."""
        return self._icons.icon(name, role)

    def set_icon(self, target: QAction | QAbstractButton, name: str, role: str = "ink") -> None:
        """Give ``target`` an icon that follows every change of appearance."""
        self._icons.keep(target, name, role)

    def icon_size(self) -> QSize:
        return QSize(self.px(16), self.px(16))

    @property
    def focus_by_keyboard(self) -> bool:
        """Whether the focus came where it is by key: then rows show a ring too."""
        return self.focus_ring is not None and self.focus_ring.by_keyboard

    def set_focus_by_keyboard(self, by_keyboard: bool) -> None:
        """A view that has the focus tells whether it is now used by key or by pointer."""
        if self.focus_ring is not None:
            self.focus_ring.by_keyboard = by_keyboard

    # -- changing it ------------------------------------------------------------------------

    def set_mode(self, mode: Mode) -> None:
        """Use the light or dark palette, or follow the system."""
        if mode is self._mode:
            return
        self._mode = mode
        self._tell_the_system()
        self._refresh()

    def set_text_size(self, per_cent: int) -> None:
        """Set the interface's text size; values outside 100 to 200 are brought inside."""
        per_cent = _within(per_cent)
        if per_cent == self._text_size:
            return
        self._text_size = per_cent
        self._refresh()

    def apply(self, app: QApplication) -> None:
        """Dress the application and keep it dressed as the system or the person changes."""
        if self._app is None:
            self._app = app
            app.setStyle("Fusion")
            self._tell_the_system()
            app.styleHints().colorSchemeChanged.connect(self._scheme_changed)
            self.focus_ring = FocusRing(self, app)
        self._refresh()

    def _tell_the_system(self) -> None:
        """Window frames and native dialogs take the same side."""
        if self._app is None:
            return
        hints = self._app.styleHints()
        if self._mode is Mode.SYSTEM:
            hints.unsetColorScheme()
        else:
            dark = self._mode is Mode.DARK
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)

    def _scheme_changed(self) -> None:
        if self._mode is Mode.SYSTEM and self._chosen_tokens() is not self._tokens:
            self._refresh()

    def _chosen_tokens(self) -> Tokens:
        if self._mode is Mode.SYSTEM:
            scheme = QGuiApplication.styleHints().colorScheme()
            return DARK if scheme is Qt.ColorScheme.Dark else LIGHT
        return DARK if self._mode is Mode.DARK else LIGHT

    def _refresh(self) -> None:
        self._tokens = self._chosen_tokens()
        if self._app is not None:
            self._app.setFont(self.font())
            self._app.setPalette(palette(self._tokens))
            template = paths.resource("appearance/base.qss").read_text(encoding="utf-8")
            sheet = fill(template, self._tokens, self.px, self._images.path)
            self._app.setStyleSheet(sheet)
        self._icons.refresh()
        self.changed.emit()


def refresh_face(widget: QWidget) -> None:
    """Let the style sheet see a property (``tone``, ``face``, ``kind``) changed after showing."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def _within(per_cent: int) -> int:
    return max(SMALLEST_TEXT, min(LARGEST_TEXT, per_cent))
