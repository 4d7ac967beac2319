"""The versions of the codebook: kept with a note, read as they were, compared word by word."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QDateTime, QLocale, QModelIndex, QObject, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.services.codebook_changes import Act, ReadableChange, readable_changes
from ikt_coder.services.round_rows import CodeAtVersion, CodebookVersionRow
from ikt_coder.ui.codebook.paper import Paper
from ikt_coder.ui.codebook.wording_html import field_words, two_wordings
from ikt_coder.ui.context import Context
from ikt_coder.ui.file_places import folder_beside
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.widgets.segmented_switch import Segment, SegmentedSwitch
from ikt_coder.ui.widgets.text_label import TextLabel
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_FOLLOWED = ("code", "codebook_version", "framework", "project", "coder", "coding_round")
_WORDING = ("definition", "include", "exclude", "example", "source_wording")


@frozen
class _Read:
    """What the page shows, read together. ``shown`` is the codebook of the chosen version;
    ``changes`` lead to it from ``against``."""

    versions: tuple[CodebookVersionRow, ...]
    kept: bool  # the codebook of now is one of them
    shown: tuple[CodeAtVersion, ...]
    changes: tuple[ReadableChange, ...]
    coders: dict[UUID, str]


@frozen
class Listed:
    """A row of the list: a version, or without one the codebook of now."""

    version: CodebookVersionRow | None


class VersionModel(RowsModel[Listed]):
    """The codebook of now, then its versions, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.coders: dict[UUID, str] = {}
        self.kept = True

    def shown(self, listed: Listed, role: int) -> Any:
        row = listed.version
        if role == Qt.ItemDataRole.DisplayRole:
            if row is None:
                return self.tr("Now")
            return self.tr("Version {number}").format(number=row.number)
        if role == ItemRole.SUBTITLE:
            if row is None:
                return "" if self.kept else self.tr("changed since the last version")
            parts = [day_words(row), self.coders.get(row.coder, "") if row.coder else "", row.note]
            return " · ".join(part for part in parts if part)
        if role == ItemRole.COUNT and row is not None:
            return str(row.codes)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            name = str(self.shown(listed, Qt.ItemDataRole.DisplayRole))
            return f"{name}, {self.shown(listed, ItemRole.SUBTITLE)}".rstrip(", ")
        return None


class VersionsPage(QWidget):
    """Versions at the left; at the right the chosen one as it was, or what changed up to it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self._chosen: UUID | None = None  # None: the codebook of now
        self._against: UUID | None = None
        self._filling = False
        self._read = _Read((), True, (), (), {})
        self.model = VersionModel(self)
        self._build()
        self.reading: FreshReading[_Read] = FreshReading(
            self, context.tasks, self._begin, self._show
        )
        context.signals.changed.connect(self._changed)

    def _build(self) -> None:
        look, px = self._context.appearance, self._context.appearance.px
        heading = SectionHeading(look, self.tr("Versions"))
        heading.setContentsMargins(px(14), 0, px(10), 0)
        self.keep_button = QPushButton(self.tr("Keep…"), self)
        look.set_icon(self.keep_button, "plus", "ink")
        self.keep_button.setToolTip(self.tr("Keep the codebook as it is now, with a note"))
        self.keep_button.clicked.connect(self.ask_and_keep)
        heading.add_action(self.keep_button)
        self.list = RowList(look, self.tr("Versions of the codebook"), ruled=True)
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(self._choose)
        left = QWidget(self)
        left.setProperty("surface", "panel")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(6))
        column.addWidget(heading)
        column.addWidget(self.list, 1)
        settings = self._context.settings
        self.splitter = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("codebook.versions"),
            save=lambda sizes: settings.remember_splitter("codebook.versions", sizes),
            parent=self,
        )
        self.splitter.add_pane(left, px(264))
        self.splitter.add_pane(self._reader(), px(700), stretch=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)

    def _reader(self) -> QWidget:
        look, px = self._context.appearance, self._context.appearance.px
        pane = QWidget(self)
        pane.setProperty("surface", "paper")
        pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.how = SegmentedSwitch(look, self.tr("What to show of the version"), pane)
        self.how.set_segments(
            [
                Segment("changes", self.tr("Changes"), self.tr("What changed up to this version")),
                Segment("read", self.tr("As it was"), self.tr("The whole codebook of then")),
            ]
        )
        self.how.chosen.connect(self._tell)
        self.since = QLabel(self.tr("since"), pane)
        self.since.setProperty("tone", "dim")
        self.against = QuietComboBox(pane)
        self.against.setSizeAdjustPolicy(QuietComboBox.SizeAdjustPolicy.AdjustToContents)
        self.against.setMaximumWidth(px(320))
        self.against.setAccessibleName(self.tr("The version to compare with"))
        self.against.currentIndexChanged.connect(self._compare_with)
        self.since.setBuddy(self.against)
        self.export_button = QPushButton(self.tr("Export the changes…"), pane)
        self.export_button.clicked.connect(self._export)
        bar = QFrame(pane)
        bar.setProperty("line", "bottom")
        row = WrapLayout(bar)
        row.setContentsMargins(px(14), px(8), px(14), px(8))
        for widget in (self.how, self.since, self.against, self.export_button):
            row.addWidget(widget)
        self.note = TextLabel(look, "", role="dim", most_lines=3)
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(8), px(16), 0)
        head.addWidget(self.note)
        self.paper = Paper(look, self.tr("The codebook"), pane)
        self.paper.link.connect(self._open_code)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addLayout(head)
        column.addWidget(self.paper, 1)
        return pane

    # -- reading ----------------------------------------------------------------------------

    def _begin(self) -> Any:
        project, chosen, against = self._project, self._chosen, self._against

        def read(_progress: Progress) -> _Read:
            service = project.codebook_versions
            rows = service.all()
            known = {row.id for row in rows}
            at = chosen if chosen in known else None
            before = against if against in known and against != at else _before(rows, at)
            return _Read(
                rows,
                service.current() is not None,
                service.now() if at is None else service.content(at),
                readable_changes(project, before, at) if before is not None else (),
                {row.id: row.name for row in project.coders.everyone()},
            )

        return read

    def _show(self, found: _Read) -> None:
        self._read = found
        known = {row.id for row in found.versions}
        if self._chosen not in known:
            self._chosen = None
        if self._against not in known or self._against == self._chosen:
            self._against = _before(found.versions, self._chosen)
        self._filling = True
        self.model.coders, self.model.kept = found.coders, found.kept
        self.model.put((Listed(None), *map(Listed, reversed(found.versions))))
        keys = [None, *(row.id for row in reversed(found.versions))]
        self.list.setCurrentIndex(self.model.index(keys.index(self._chosen), 0))
        self.against.clear()
        for row in reversed(found.versions):
            if row.id != self._chosen:
                words = self.tr("version {number}").format(number=row.number)
                self.against.addItem(f"{words}, {row.note}" if row.note else words, str(row.id))
        self.against.setCurrentIndex(max(0, self.against.findData(str(self._against))))
        self._filling = False
        self.keep_button.setEnabled(not self._project.read_only and not found.kept)
        self._tell()

    def _tell(self, _how: str = "") -> None:
        """Show what the switch says of the chosen version."""
        reads = self.how.current() == "read"
        compares = self._against is not None
        for widget in (self.since, self.against, self.export_button):
            widget.setVisible(not reads and compares)
        chosen = next((row for row in self._read.versions if row.id == self._chosen), None)
        self.note.set_text(chosen.note if chosen is not None else "")
        self.note.setVisible(bool(self.note.text()))
        self.paper.show_made(self._codebook if reads else self._changes)

    def _codebook(self) -> str:
        shown = [code for code in self._read.shown if code.merged_into is None]
        if not shown:
            return f"<p class='dim'>{escape(self.tr('The codebook holds no codes.'))}</p>"
        return "".join(_code_html(code) for code in shown)

    def _changes(self) -> str:
        if self._against is None:
            said = self.tr(
                "No earlier version was kept. Keep one before you change the codebook, and "
                "what changes since then can be read here, word by word."
            )
            return f"<p class='dim'>{escape(said)}</p>"
        if not self._read.changes:
            return f"<p class='dim'>{escape(self.tr('Nothing changed.'))}</p>"
        look = self._context.appearance
        parts = []
        for change in self._read.changes:
            parts.append(f"<p><b>{escape(change.name)}</b><br>{escape(self._said(change))}</p>")
            if change.wording:
                fields = [(field_words(f.field), f.before, f.after) for f in change.wording]
                parts.append(two_wordings(look, fields))
        return "<p></p>".join(_by_code(parts))

    def _said(self, change: ReadableChange) -> str:
        """What became of a code, in words."""
        top = self.tr("the top")
        place, was_at = " › ".join(change.place) or top, " › ".join(change.was_at) or top
        said = {
            Act.ADDED: self.tr("Added at {place}").format(place=place),
            Act.REMOVED: self.tr("Removed from {place}").format(place=was_at),
            Act.MERGED: self.tr("Merged into {name}").format(name=change.into),
            Act.RENAMED: self.tr("Renamed, was {name}").format(name=change.was),
            Act.MOVED: self.tr("Moved from {before} to {after}").format(before=was_at, after=place),
            Act.REWORDED: self.tr("Worded anew"),
        }
        return "; ".join(said[act] for act in change.acts)

    # -- acting -----------------------------------------------------------------------------

    def ask_and_keep(self) -> None:
        """Ask for a note and keep the codebook as it is now."""
        note, sure = QInputDialog.getText(
            self, self.tr("Keep a version"), self.tr("What is this version for? (may be empty)")
        )
        if sure:
            self.keep(note)

    def keep(self, note: str) -> None:
        """Keep the codebook as it is now."""
        try:
            self._project.codebook_versions.keep(note)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(self.tr("Kept a version of the codebook"))

    def _export(self) -> None:
        if self._against is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Export the changes"),
            str(folder_beside(self._context.project.path) / self.tr("Codebook changes.docx")),
            self.tr("Word (*.docx);;Excel (*.xlsx);;Web page (*.html);;Markdown (*.md)"),
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the changes that are shown to a file, in the format of its ending."""
        from ikt_coder.exporters.catalogue import write
        from ikt_coder.services.codebook_changes import changes_table

        project, against, chosen = self._project, self._against, self._chosen
        if against is None:
            return

        def work(_progress: Progress) -> None:
            write(changes_table(project, (against, chosen)), path)

        said = self.tr("Wrote {name}").format(name=f"<b>{escape(path.name, quote=False)}</b>")
        self._context.tasks.run(
            work, done=lambda _none: self._context.say(said, undo=False), failed=self._failed
        )

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._context.fail(error)

    def _open_code(self, key: str) -> None:
        self._context.passages_wanted.emit(UUID(key))

    def _choose(self, index: QModelIndex) -> None:
        if self._filling or not index.isValid():
            return
        row = self.model.rows[index.row()].version
        self._chosen = row.id if row is not None else None
        self._against = None
        self.reading.ask()

    def _compare_with(self, at: int) -> None:
        if self._filling or at < 0:
            return
        self._against = UUID(self.against.itemData(at))
        self.reading.ask()

    def _changed(self, changes: Changes) -> None:
        if changes.touches(*_FOLLOWED):
            self.reading.outdate()

    def focus_page(self) -> None:
        """Bring the keyboard to the list of versions."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)


def day_words(row: CodebookVersionRow) -> str:
    """When a version was kept, as the user's language writes dates."""
    moment = QDateTime.fromSecsSinceEpoch(int(row.at.timestamp()))
    return QLocale().toString(moment.date(), QLocale.FormatType.ShortFormat)


def _before(rows: tuple[CodebookVersionRow, ...], chosen: UUID | None) -> UUID | None:
    """The version just before the chosen one; before the codebook of now the newest."""
    keys = [row.id for row in rows]
    at = keys.index(chosen) if chosen in keys else len(keys)
    return keys[at - 1] if at else None


def _code_html(code: CodeAtVersion) -> str:
    """A code as it was; how deep it lies is its margin."""
    deep = 18 * (len(code.path) - 1)
    style = f"margin-left:{deep}px; margin-bottom:0; margin-top"
    parts = [f'<p style="{style}:10px;"><b>{escape(code.name)}</b></p>']
    for field in _WORDING:
        text = str(getattr(code, field))
        if text:
            said = escape(text, quote=False).replace("\n", "<br>")
            label = f"<span class='dim'>{field_words(field)}:</span> "
            shown = said if field == "definition" else label + said
            parts.append(f'<p style="{style}:2px;">{shown}</p>')
    return "".join(parts)


def _by_code(parts: list[str]) -> list[str]:
    """Each code with its wordings as one part."""
    whole: list[str] = []
    for part in parts:
        if part.startswith("<table") and whole:
            whole[-1] += part
        else:
            whole.append(part)
    return whole
