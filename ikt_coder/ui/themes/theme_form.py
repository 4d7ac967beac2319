"""The words of a theme: name, texts, status, links, its own levels and domains, memos."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.words import ThemeStatus
from ikt_coder.ui.context import Context
from ikt_coder.ui.themes.acts import ThemeActs
from ikt_coder.ui.themes.details import ThemeDetails
from ikt_coder.ui.themes.links import LinksSection
from ikt_coder.ui.themes.wording import status_name
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.growing_text_edit import GrowingTextEdit
from ikt_coder.ui.widgets.pill import CheckChip, Pill
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.widgets.wrap_layout import WrapLayout


class ThemeForm(QWidget):
    """What is typed is kept when the field is left; each change is one act."""

    theme_wanted = Signal(object)
    """The theme at the other end of a link was clicked."""

    def __init__(self, context: Context, acts: ThemeActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._acts = acts
        self._details: ThemeDetails | None = None
        self._build()
        acts.refused.connect(self._show_choices)

    def _build(self) -> None:
        look = self._context.appearance
        form = QVBoxLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(10)
        self.name = QLineEdit()
        self.name.editingFinished.connect(self._rename)
        form.addWidget(FormField(look, self.tr("Name"), self.name))
        self.texts: dict[str, GrowingTextEdit] = {}
        for key, label, hint in (
            ("description", self.tr("Description"), ""),
            ("central_idea", self.tr("Central organising idea"), ""),
            ("boundaries", self.tr("Boundaries"), self.tr("What the theme is not about.")),
            ("narrative", self.tr("Narrative"), ""),
        ):
            edit = GrowingTextEdit(look, least=1 if key == "boundaries" else 2, most=8)
            edit.committed.connect(lambda text, key=key: self._change(key, text))
            self.texts[key] = edit
            form.addWidget(FormField(look, label, edit, hint))
        self.status = QuietComboBox()
        for status in ThemeStatus:
            self.status.addItem(status_name(status), status)
        self.status.activated.connect(self._set_status)
        form.addWidget(FormField(look, self.tr("Status"), self.status))
        self.reason = GrowingTextEdit(look, least=1, most=4)
        self.reason.committed.connect(lambda text: self._change("set_aside_reason", text))
        self._reason_field = FormField(look, self.tr("Reason for setting it aside"), self.reason)
        form.addWidget(self._reason_field)
        self.links = LinksSection(self._context, self._acts)
        self.links.theme_wanted.connect(self.theme_wanted)
        form.addWidget(self.links)
        self._levels_heading = SectionHeading(look, self.tr("Levels given by the authors, †"))
        self._levels = QWidget()
        self._level_row = WrapLayout(self._levels, across=6, down=6)
        self.level_chips: dict[UUID, CheckChip] = {}
        self._domains_heading = SectionHeading(look, self.tr("Domains shown in the table"))
        self._domains = QWidget()
        self._domain_row = WrapLayout(self._domains, across=6, down=6)
        self.domain_chips: dict[UUID, CheckChip] = {}
        for widget in (
            self._levels_heading, self._levels, self._domains_heading, self._domains,
        ):  # fmt: skip
            form.addWidget(widget)
        form.addWidget(SectionHeading(look, self.tr("Memos")))
        self._memos = QWidget()
        self._memo_column = QVBoxLayout(self._memos)
        self._memo_column.setContentsMargins(0, 0, 0, 0)
        self._memo_column.setSpacing(4)
        self.memo_links: list[QPushButton] = []
        form.addWidget(self._memos)
        self.memo = GrowingTextEdit(look, least=2, most=8)
        self.memo.setPlaceholderText(self.tr("Write an analytic memo; Ctrl+Enter keeps it"))
        self.memo.setAccessibleName(self.tr("New memo on the theme"))
        self.memo.committed.connect(self._add_memo)
        form.addWidget(self.memo)

    # -- showing --------------------------------------------------------------------------

    def commit(self) -> None:
        """Keep what is being typed before another theme takes the fields."""
        for edit in (*self.texts.values(), self.reason, self.memo):
            edit.commit()
        self._rename()

    def forget(self) -> None:
        """There is no theme any more: what is typed is meant for none."""
        self._details = None

    def show_details(self, details: ThemeDetails) -> None:
        """Show a theme; what is being typed in it stays."""
        old = self._details
        other = old is None or details.theme.id != old.theme.id
        self._details = details
        theme = details.theme
        # What is being typed in stays; what was of another theme does not.
        if other or not self.name.hasFocus():
            self.name.setText(theme.name)
            self.name.setCursorPosition(0)
            if self.name.hasFocus():
                self.name.selectAll()
        for key, edit in self.texts.items():
            if other or not edit.hasFocus():
                edit.set_text(str(getattr(theme, key)))
        if other or not self.reason.hasFocus():
            self.reason.set_text(theme.set_aside_reason)
        with QSignalBlocker(self.status):
            self.status.setCurrentIndex(list(ThemeStatus).index(theme.status))
        self._reason_field.setVisible(theme.status is ThemeStatus.SET_ASIDE)
        # Only what has changed is made anew: an act elsewhere touches little of it.
        for part, show in (
            (_levels_of, self._show_levels),
            (_domains_of, self._show_domains),
            (_links_of, self._show_links),
            (_memos_of, self._show_memos),
        ):
            if old is None or part(old) != part(details):
                show(details)

    def _show_links(self, details: ThemeDetails) -> None:
        self.links.show_links(details.theme, details.links)

    def _show_choices(self) -> None:
        """Status and chips as they are stored; what is typed stays."""
        details = self._details
        if details is not None:
            self.status.setCurrentIndex(list(ThemeStatus).index(details.theme.status))
            self._show_levels(details)
            self._show_domains(details)

    def _show_levels(self, details: ThemeDetails) -> None:
        _clear(self._level_row)
        self.level_chips = {}
        for widget in (self._levels_heading, self._levels):
            widget.setVisible(bool(details.levels))
        for level in details.levels:
            chip = CheckChip(self._context.appearance, level.name, parent=self._levels)
            chip.setChecked(level.id in details.theme.levels)
            chip.setToolTip(level.definition)
            chip.clicked.connect(self._set_levels)
            self._level_row.addWidget(chip)
            chip.show()
            self.level_chips[level.id] = chip

    def _show_domains(self, details: ThemeDetails) -> None:
        _clear(self._domain_row)
        self.domain_chips = {}
        for widget in (self._domains_heading, self._domains):
            widget.setVisible(bool(details.nodes))
        look = self._context.appearance
        listed = [(one.key, one.text, True) for one in details.domains if one.key is not None]
        listed += [(key, name, False) for key, name in details.hidden.items()]
        for key, words, shown in listed:
            chip = CheckChip(look, words, parent=self._domains)
            chip.setChecked(shown)
            chip.setToolTip(self.tr("Shown in the table; click to hide or show it"))
            chip.clicked.connect(lambda on, key=key: self._set_domain(key, on))
            self._domain_row.addWidget(chip)
            chip.show()
            self.domain_chips[key] = chip
        self.add_domain = Pill(look, self.tr("Add a domain, †"), opens=True, parent=self._domains)
        self.add_domain.clicked.connect(self._open_domains)
        self._domain_row.addWidget(self.add_domain)
        self.add_domain.show()

    def domains_menu(self) -> QMenu:
        """The domains that are not listed yet."""
        menu = QMenu(self)
        details = self._details
        if details is not None:
            for code in details.nodes:
                if code.id not in self.domain_chips:
                    action = menu.addAction(code.name)
                    action.triggered.connect(
                        lambda _on=False, key=code.id: self._set_domain(key, True)
                    )
        return menu

    def _open_domains(self) -> None:
        place = self.add_domain.mapToGlobal(self.add_domain.rect().bottomLeft())
        self.domains_menu().popup(place)

    def _show_memos(self, details: ThemeDetails) -> None:
        _clear(self._memo_column)
        self.memo_links = []
        for memo in details.memos:
            line = memo.title or " ".join(memo.text.split())
            button = QPushButton(line if len(line) < 60 else f"{line[:59]}…")
            button.setProperty("kind", "link")
            button.setToolTip(memo.text)
            button.setAccessibleName(f"{memo.coder_initials}: {line}")
            button.setMinimumWidth(40)
            button.clicked.connect(lambda _on=False, key=memo.id: self._open_memo(key))
            self._memo_column.addWidget(button)
            self.memo_links.append(button)

    def _open_memo(self, memo: UUID) -> None:
        self._context.memo_wanted.emit(memo)

    # -- changing -------------------------------------------------------------------------

    def _of(self) -> UUID | None:
        """The theme whose fields are shown: what is typed is meant for it."""
        return self._details.theme.id if self._details is not None else None

    def _rename(self) -> None:
        details = self._details
        text = self.name.text().strip()
        if details is None:
            return
        name = details.theme.name
        if not text or (text != name and not self._acts.rename(details.theme.id, text)):
            self.name.setText(name)

    def _change(self, field: str, text: str) -> None:
        theme = self._of()
        if theme is None:
            return
        themes, said = self._context.project.themes, text.strip()
        change = {
            "description": lambda: themes.change(theme, description=said),
            "central_idea": lambda: themes.change(theme, central_idea=said),
            "boundaries": lambda: themes.change(theme, boundaries=said),
            "narrative": lambda: themes.change(theme, narrative=said),
            "set_aside_reason": lambda: themes.change(theme, set_aside_reason=said),
        }[field]
        self._acts.attempt(change, self.tr("Changed the fields of the theme"))

    def _set_status(self) -> None:
        theme = self._of()
        if theme is None:
            return
        status = ThemeStatus(self.status.currentData())
        words = self.tr("The theme is now: {status}").replace("{status}", status_name(status))
        self._acts.attempt(lambda: self._context.project.themes.change(theme, status=status), words)
        if status is ThemeStatus.SET_ASIDE:
            self._reason_field.show()
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_levels(self) -> None:
        theme = self._of()
        if theme is not None:
            chosen = [key for key, chip in self.level_chips.items() if chip.isChecked()]
            words = self.tr("Changed the levels of the theme")
            project = self._context.project
            self._acts.attempt(lambda: project.themes.set_levels(theme, chosen), words)

    def _set_domain(self, code: UUID, on: bool) -> None:
        details, theme = self._details, self._of()
        if details is None or theme is None:
            return
        found = any(one.key == code and one.n is not None for one in details.domains)
        found |= code in details.hidden
        # What the rule finds is hidden or left to the rule; the rest is added or taken back.
        shown = (None if on else False) if found else (True if on else None)
        words = self.tr("Changed the domains of the theme")
        project = self._context.project
        self._acts.attempt(lambda: project.themes.set_domain(theme, code, shown), words)

    def _add_memo(self, text: str) -> None:
        theme = self._of()
        if theme is None or not text.strip():
            return
        memos = self._context.project.memos
        if self._acts.attempt(lambda: memos.add(text, theme=theme), self.tr("Wrote a memo")):
            self.memo.set_text("")

    def focus_first(self) -> None:
        """Bring the keyboard to the name."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()


def _levels_of(details: ThemeDetails) -> object:
    return details.levels, details.theme.levels


def _links_of(details: ThemeDetails) -> object:
    return details.theme.id, details.theme.name, details.links


def _domains_of(details: ThemeDetails) -> object:
    return details.domains, details.hidden, [node.id for node in details.nodes]


def _memos_of(details: ThemeDetails) -> object:
    return details.theme.id, details.memos


def _clear(layout: WrapLayout | QVBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
