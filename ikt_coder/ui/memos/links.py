"""What a memo is about beside its place: chips that open the thing, and a list to choose from."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.services.memo_links import MemoTopic, Topic
from ikt_coder.services.project import Project
from ikt_coder.ui.context import Context
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

translate = QCoreApplication.translate


def topic_word(kind: Topic) -> str:
    """What a kind of thing is called."""
    return {
        Topic.PHASE: translate("Memos", "phase"),
        Topic.DOCUMENT: translate("Memos", "document"),
        Topic.PARTICIPANT: translate("Memos", "participant"),
        Topic.STUDY: translate("Memos", "study"),
        Topic.CODE: translate("Memos", "code"),
        Topic.THEME: translate("Memos", "theme"),
        Topic.CODING: translate("Memos", "coding"),
        Topic.EVENT: translate("Memos", "engagement"),
        Topic.QUESTION: translate("Memos", "question"),
    }[kind]


def link_choices(project: Project) -> list[Choice]:
    """Everything a memo can be linked to, phases first; codings are linked from their place."""
    named: list[tuple[Topic, UUID | str, str, str]] = []
    named += [
        (Topic.PHASE, phase.key, f"{phase.number}. {phase.name}", phase.framework)
        for phase in project.memo_links.phases()
    ]
    named += [
        (Topic.CODE, code.id, code.name, " › ".join(code.path[:-1]))
        for code in project.codes.all(counted=False)
    ]
    named += [(Topic.THEME, key, name, "") for key, name in project.themes.names().items()]
    named += [(Topic.DOCUMENT, row.id, row.title, "") for row in project.documents.all()]
    named += [(Topic.PARTICIPANT, row.id, row.label, "") for row in project.participants.all()]
    named += [(kind, key, label, "") for kind, key, label in project.memo_links.further()]
    return [
        Choice(
            MemoTopic(kind, key),
            name or topic_word(kind),
            " · ".join(part for part in (topic_word(kind), below) if part),
        )
        for kind, key, name, below in named
    ]


class MemoLinks(QWidget):
    """The links of one memo. Each change is an act of its own."""

    kept = Signal()
    """A link is wanted: the memo has to be in the project first."""
    grown = Signal()
    """Other chips are shown."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self._memo: UUID | None = None
        self._able = False
        self.chips: list[Pill] = []
        self._row = WrapLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.add_button = Pill(context.appearance, self.tr("About…"), opens=True, parent=self)
        self.add_button.setToolTip(self.tr("Link the memo to codes, documents, phases and more"))
        self.add_button.clicked.connect(self.choose)
        self._row.addWidget(self.add_button)

    def show_memo(self, memo: UUID | None, *, able: bool) -> None:
        """Show the links of a memo; None: of one that is not written yet."""
        self._memo, self._able = memo, able
        for chip in self.chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = []
        links = self._project.memo_links.of(memo) if memo is not None else ()
        for link in links:
            chip = Pill(
                self._context.appearance, topic_word(link.topic.kind), link.label, parent=self
            )
            chip.setToolTip(self.tr("Open {name}").format(name=link.label))
            chip.clicked.connect(partial(self._open, link.topic))
            self._row.addWidget(chip)
            chip.show()
            self.chips.append(chip)
        self.add_button.setVisible(able)
        self.setVisible(able or bool(links))

    def choose(self) -> None:
        """Open the list of things; check marks link and unlink."""
        self.kept.emit()
        if self._memo is None:
            self._context.say(self.tr("Write something first; then it can be linked."), undo=False)
            return
        known = frozenset(link.topic for link in self._project.memo_links.of(self._memo))
        look = self._context.appearance
        chooser = ChoiceList(
            look,
            self.tr("What it is about"),
            link_choices(self._project),
            several=True,
            checked=known,
        )
        chooser.changed.connect(self._put)
        open_choices(look, chooser, self.add_button, close_after=False)

    def _put(self, chosen: frozenset[MemoTopic]) -> None:
        memo = self._memo
        if memo is None:
            return
        service = self._project.memo_links
        listed = {choice.key for choice in link_choices(self._project)}
        known = {link.topic for link in service.of(memo)}
        try:
            service.add(memo, *(chosen - known))
            service.remove(memo, *((known & listed) - chosen))
        except UserError as error:
            self._context.fail(error)
        self.show_memo(memo, able=self._able)
        self.grown.emit()

    def _open(self, topic: MemoTopic, _checked: bool = False) -> None:
        opener = _OPENERS.get(topic.kind)
        if opener is None:
            self.choose()
        elif isinstance(topic.key, UUID):
            opener(self._context, topic.key)


def _open_people(page: str) -> Callable[[Context, UUID], None]:
    return lambda context, _key: context.people_wanted.emit(page)


# A phase has no place of its own: its chip opens the choice.
_OPENERS: dict[Topic, Callable[[Context, UUID], None]] = {
    Topic.DOCUMENT: lambda context, key: context.document_wanted.emit(key),
    Topic.CODE: lambda context, key: context.passages_wanted.emit(key),
    Topic.CODING: lambda context, key: context.reveal_coding.emit(key),
    Topic.THEME: lambda context, _key: context.place_wanted.emit("themes"),
    Topic.EVENT: lambda context, _key: context.place_wanted.emit("chart"),
    Topic.PARTICIPANT: lambda context, key: context.people_wanted.emit(key),
    Topic.STUDY: _open_people("studies"),
    Topic.QUESTION: _open_people("guide"),
}
