"""In which language documents are, and what the program can do with the words of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.errors import UserError
from ikt_coder.core.ops import Op
from ikt_coder.services.rows import DocumentRow
from ikt_coder.text.pipelines import PipelineInfo, pipeline_for
from ikt_coder.ui.context import Context
from ikt_coder.ui.documents import wording
from ikt_coder.ui.widgets.dialog_foot import DialogFoot, dim_words
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList


class LanguageDialog(QDialog):
    """Choose documents, choose a language: one act, which can be undone."""

    def __init__(
        self, context: Context, documents: Collection[UUID] = (), parent: QWidget | None = None
    ) -> None:
        """``documents`` are chosen at first."""
        super().__init__(parent)
        self._context = context
        self._project = context.project
        look = context.appearance
        self.setWindowTitle(self.tr("Language of documents"))
        self._rows = {row.id: row for row in self._project.documents.all()}
        about = dim_words(
            self.tr(
                "The language says how words are told apart and which forms of a word belong "
                "together. The text stays as it is."
            ),
            self,
        )
        self.list = RowList(look, self.tr("Documents"), ruled=True, parent=self)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setProperty("surface", "paper")
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        box = QuietComboBox()
        box.setMaxVisibleItems(14)
        self.language = FormField(look, self.tr("&Language"), box)
        self.foot = DialogFoot(look)
        self.set_button = self.foot.add_button("", self._set)
        self.set_button.setProperty("kind", "primary")
        self.cancel_button = self.foot.add_button(self.tr("Cancel"), self.reject)
        body = QVBoxLayout()
        body.setContentsMargins(16, 14, 16, 12)
        body.setSpacing(10)
        body.addWidget(about)
        body.addWidget(self.list, 1)
        body.addWidget(self.language)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(body, 1)
        column.addWidget(self.foot)
        self.set_button.setDefault(True)  # known as such only within the dialog
        self.resize(look.px(460), look.px(480))
        self._fill(documents)
        self._fill_languages()
        self.list.selectionModel().selectionChanged.connect(self._say)
        box.currentIndexChanged.connect(self._say)
        self._say()
        # With documents chosen beforehand the language is what is left to say.
        (box if documents else self.list).setFocus()

    def _fill(self, chosen: Collection[UUID]) -> None:
        for row in self._rows.values():
            info = pipeline_for(row.language)
            item = QStandardItem(row.title)
            item.setEditable(False)
            item.setData(row.id, ItemRole.KEY)
            below = f"{wording.language_word(row.language)} · {abilities_words(info)}"
            item.setData(below, ItemRole.SUBTITLE)
            self._model.appendRow(item)
            if row.id in chosen:
                flag = QItemSelectionModel.SelectionFlag.Select
                self.list.selectionModel().select(item.index(), flag)
                self.list.scrollTo(item.index())

    def _fill_languages(self) -> None:
        box = self.language.editor
        named = [(wording.language_word(code), code) for code, _ in self._project.words.languages()]
        # Another language stands last, as the program lists it.
        last = named.pop()
        for name, code in [*sorted(named, key=lambda one: one[0].casefold()), last]:
            box.addItem(name, code)
        languages = {row.language for row in self.chosen()}
        now = next(iter(languages)) if len(languages) == 1 else "en"
        box.setCurrentIndex(max(0, box.findData(now)))

    def chosen(self) -> list[DocumentRow]:
        """The documents that are chosen."""
        indexes = self.list.selectionModel().selectedIndexes()
        keys = {index.data(ItemRole.KEY) for index in indexes}
        return [row for key, row in self._rows.items() if key in keys]

    def _say(self) -> None:
        code = self.language.editor.currentData()
        info = pipeline_for(code)
        self.language.set_hint(info.sentence or abilities_words(info, whole=True))
        rows = self.chosen()
        words = self.tr("Set {language} for {what}")
        what = self.tr("1 document") if len(rows) == 1 else wording.documents_words(len(rows))
        self.set_button.setText(words.format(language=wording.language_word(code), what=what))
        self.set_button.setEnabled(
            not self._project.read_only and any(row.language != code for row in rows)
        )

    def _set(self) -> None:
        rows, code = self.chosen(), str(self.language.editor.currentData())
        if set_language(self._context, rows, code):
            self.accept()


def set_language(context: Context, rows: Sequence[DocumentRow], code: str) -> bool:
    """Say in which language documents are, in one act, and tell it."""
    project = context.project
    title = rows[0].title if len(rows) == 1 else ""
    try:
        with project.operation(Op.SET_LANGUAGE, title=title, count=len(rows), language=code):
            for row in rows:
                project.words.set_language(row.id, code)
    except UserError as error:
        context.fail(error)
        return False
    words = wording.translate("Documents", "{what}: language {language}")
    context.say(
        words.format(what=wording.named_documents(rows), language=wording.language_word(code))
    )
    return True


def abilities_words(info: PipelineInfo, *, whole: bool = False) -> str:
    """What a pipeline can do, in a few words."""
    if not info.lemmas:
        return wording.translate("Documents", "exact forms of words only")
    if whole:
        return wording.translate("Documents", "Word forms and noun phrases are known.")
    return wording.translate("Documents", "word forms and phrases known")
