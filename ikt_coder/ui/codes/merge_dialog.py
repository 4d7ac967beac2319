"""Merging codes, with a preview of what it touches."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.services.rows import CodeRow, MergePreview
from ikt_coder.ui.codes.code_chooser import CodeChooser
from ikt_coder.ui.codes.wording import codes_in_words, codings_in_words
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import counted


class MergeDialog(QDialog):
    """Which code stays, and what that means, before anything is merged."""

    merge_asked = Signal(object, object, bool)
    """The codes that give way (a list), the one that stays, whether touching passages join."""

    def __init__(
        self,
        context: Context,
        codes: Sequence[UUID],
        stays: UUID | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``codes`` are to be merged: into one of them where they are several, else into a
        code that is chosen here."""
        super().__init__(parent)
        self._context = context
        self._codes = list(codes)
        self._asked = 0
        look, px = context.appearance, context.appearance.px
        rows = context.project.codes.all()
        several = len(self._codes) > 1
        offered = [r for r in rows if r.applicable and (r.id in self._codes) == several]
        self.setWindowTitle(self.tr("Merge codes"))
        self.question = QLabel(self._question(rows, several))
        self.question.setWordWrap(True)
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.question.setProperty("face", "strong")
        self.chooser = CodeChooser(look, self.tr("The code that stays"), offered)
        self.preview = QLabel()
        self.preview.setWordWrap(True)
        self.preview.setTextFormat(Qt.TextFormat.PlainText)
        self.join = QCheckBox(self.tr("Join passages that touch or overlap"))
        self.merge = QPushButton(self.tr("Merge"))
        self.merge.setProperty("kind", "primary")
        self.merge.setDefault(True)
        self.merge.setEnabled(False)
        leave = QPushButton(self.tr("Cancel"))
        leave.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(8))
        column.addWidget(self.question)
        column.addWidget(self.chooser, 1)
        column.addWidget(self.preview)
        column.addWidget(self.join)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(leave)
        buttons.addWidget(self.merge)
        column.addLayout(buttons)
        self.resize(QSize(px(440), px(460)).boundedTo(self.screen().availableSize()))
        self.chooser.chosen.connect(self._count)
        self.merge.clicked.connect(self._merge)
        leave.clicked.connect(self.reject)
        if several:
            self.chooser.choose(stays if stays in self._codes else self._codes[0])
        else:
            self._say(None)

    def _question(self, rows: Sequence[CodeRow], several: bool) -> str:
        if several:
            return self.tr("Merge {codes}. Which one stays?").format(
                codes=codes_in_words(len(self._codes))
            )
        name = next((row.name for row in rows if row.id == self._codes[0]), "")
        return self.tr("Merge “{name}” into which code?").format(name=name)

    def target(self) -> UUID | None:
        return self.chooser.current()

    def sources(self) -> list[UUID]:
        return [code for code in self._codes if code != self.target()]

    def _count(self) -> None:
        target = self.target()
        self.merge.setEnabled(False)
        if target is None:
            self._say(None)
            return
        self.preview.setText(self.tr("Counting…"))
        self._asked += 1
        asked, sources = self._asked, self.sources()
        codes = self._context.project.codes
        self._context.tasks.run(
            lambda _progress: (asked, codes.merge_preview(sources, target)), done=self._counted
        )

    def _counted(self, result: tuple[int, MergePreview]) -> None:
        asked, preview = result
        if asked == self._asked:
            self._say(preview)

    def _say(self, preview: MergePreview | None) -> None:
        self.merge.setEnabled(preview is not None)
        self.join.setVisible(preview is not None and preview.touching > 0)
        if preview is None:
            self.preview.setText(self.tr("Choose the code that stays."))
            return
        self.preview.setText("\n".join(self._lines(preview)))
        self.join.setText(
            counted(
                preview.touching,
                self.tr("Join 1 passage that touches or overlaps another"),
                self.tr("Join {count} passages that touch or overlap others"),
            )
        )

    def _lines(self, preview: MergePreview) -> list[str]:
        lines = [
            self.tr("{codings} of {codes} move to “{name}”.").format(
                codings=codings_in_words(preview.codings),
                codes=codes_in_words(len(preview.sources)),
                name=preview.target,
            )
        ]
        if preview.duplicates:
            lines.append(
                counted(
                    preview.duplicates,
                    self.tr(
                        "1 passage has both codes: its codings become one and keep both memos."
                    ),
                    self.tr(
                        "{count} passages have both codes: their codings become one each and"
                        " keep both memos."
                    ),
                )
            )
        follow = [
            counted(number, one, many)
            for number, one, many in (
                (preview.memos, self.tr("1 rule memo"), self.tr("{count} rule memos")),
                (preview.children, self.tr("1 sub-code"), self.tr("{count} sub-codes")),
                (
                    preview.themes,
                    self.tr("a place in 1 theme"),
                    self.tr("places in {count} themes"),
                ),
            )
            if number
        ]
        if follow:
            lines.append(self.tr("Along come {things}.").format(things=", ".join(follow)))
        lines.append(self.tr("Undo brings all back, also tomorrow."))
        return lines

    def _merge(self) -> None:
        target = self.target()
        if target is not None:
            join = not self.join.isHidden() and self.join.isChecked()
            self.merge_asked.emit(self.sources(), target, join)
            self.accept()
