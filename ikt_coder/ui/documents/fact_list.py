"""Below the list: the numbers of the open document."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import figure
from ikt_coder.ui.documents import wording
from ikt_coder.ui.documents.facts import Facts, facts_of
from ikt_coder.ui.widgets.count_link import CountLink
from ikt_coder.ui.widgets.section_heading import SectionHeading

_SOON = 50
"""Milliseconds until many codings are counted: the text they lie in is painted first."""


class FactList(QWidget):
    """Turns, your codings (opens them), the share of text they cover, time, status,
    language (a click changes it), and the study it describes (a click shows the studies)."""

    language_asked = Signal(object)
    """UUID of the document whose language should be said."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        look = context.appearance
        self._facts: Facts | None = None
        self._wanted: UUID | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self._count)
        self.heading = SectionHeading(look, self.tr("This document"))
        self._values: dict[str, QLabel] = {}
        self.codings = CountLink(look, "0", self.tr("of your codings; shows them"))
        self.codings.clicked.connect(self._list_codings)
        self.language = QPushButton(self)
        self.language.setProperty("kind", "link")
        self.language.clicked.connect(self._ask_language)
        self.study = QPushButton(self)
        self.study.setProperty("kind", "link")
        self.study.clicked.connect(lambda: self._context.people_wanted.emit("studies"))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        named = (
            ("turns", self.tr("Turns")),
            ("codings", self.tr("Your codings")),
            ("coded", self.tr("Text you have coded")),
            ("time", self.tr("Time")),
            ("status", self.tr("Status")),
            ("language", self.tr("Language")),
            ("study", self.tr("Study")),
        )
        self._names: dict[str, QLabel] = {}
        for at, (key, words) in enumerate(named):
            name = QLabel(words, self)
            self._names[key] = name
            grid.addWidget(name, at, 0)
            link = {
                "codings": self.codings,
                "language": self.language,
                "study": self.study,
            }.get(key)
            if link is not None:
                grid.addWidget(link, at, 1, Qt.AlignmentFlag.AlignRight)
                continue
            value = QLabel(self)
            value.setProperty("tone", "dim")
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._values[key] = value
            grid.addWidget(value, at, 1)
        self._grid = grid
        look.changed.connect(self._space_rows)
        self._space_rows()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 14)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addLayout(grid)
        self.hide()

    def show_document(self, document: UUID | None, *, many: bool = False) -> None:
        """Read and show the numbers of a document; None hides them. ``many``: it has so many
        codings that they are counted on the worker."""
        self._wanted = document
        self._soon.stop()
        if document is not None and many:
            self._soon.start()
            return
        try:
            self._show(facts_of(self._context.project, document) if document else None)
        except NotFound:
            self._show(None)  # deleted a moment ago; the list goes on without it

    def _count(self) -> None:
        document = self._wanted
        if document is not None:
            project = self._context.project
            self._context.tasks.run(
                lambda _progress: facts_of(project, document),
                done=self._counted,
                failed=self._not_counted,
            )

    def _counted(self, facts: Facts) -> None:
        if facts.row.id == self._wanted:
            self._show(facts)

    def _not_counted(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._show(None)

    def _show(self, facts: Facts | None) -> None:
        self._facts = facts
        self.setVisible(facts is not None)
        if facts is None:
            return
        self._values["turns"].setText(figure(facts.row.turns))
        self._values["coded"].setText(f"{facts.coded * 100:.0f} %")
        self._values["status"].setText(wording.status_word(facts.row.status))
        timed = facts.last_ms is not None
        self._names["time"].setVisible(timed)
        self._values["time"].setVisible(timed)
        self._values["time"].setText(wording.clock(facts.last_ms or 0))
        language = wording.language_word(facts.row.language)
        self.language.setText(language[:1].upper() + language[1:])
        self.language.setAccessibleName(self.tr("Language: {name}").format(name=language))
        self.language.setToolTip(self.tr("Say in which language this document is"))
        self.language.setEnabled(not self._context.project.read_only)
        for widget in (self._names["study"], self.study):
            widget.setVisible(bool(facts.study))
        short = facts.study if len(facts.study) <= 24 else f"{facts.study[:23]}…"
        self.study.setText(short.replace("&", "&&"))
        self.study.setToolTip(self.tr("{name}: shows the studies").format(name=facts.study))
        self.study.setAccessibleName(self.tr("Study: {name}").format(name=facts.study))
        self.codings.set_count(
            figure(facts.codings), self.tr("of your codings in this document; lists them")
        )
        self.codings.setEnabled(facts.codings > 0)
        self._space_rows()

    def _space_rows(self) -> None:
        """The same room for each row; none for one that says nothing of this document."""
        for at, name in enumerate(self._names.values()):
            hidden = name.isHidden()
            self._grid.setRowMinimumHeight(at, 0 if hidden else self._context.appearance.px(24))

    def value(self, key: str) -> str:
        """What stands beside a label: "turns", "coded", "time" or "status"."""
        return self._values[key].text()

    def _ask_language(self) -> None:
        if self._facts is not None:
            self.language_asked.emit(self._facts.row.id)

    def _list_codings(self) -> None:
        if self._facts is not None and self._facts.codings:
            rows = self._context.project.codings.in_document(self._facts.row.id)
            self._context.passages_wanted.emit(tuple(row.id for row in rows))
