"""Settling many items at once: what agrees, boundaries, and what a rule proposes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.core.rounds import DifferenceKind
from ikt_coder.services.settling_rows import Choice, Edges, Item
from ikt_coder.services.strategies import Strategy
from ikt_coder.ui.comparison.columns.study import Study
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import counted, figure
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.popover import Popover
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.window.work import WorkDialog

_WIDTH = 330


class BulkActs(QObject):
    """Each is one act, recorded item by item, and can be undone as one."""

    done = Signal()

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self.popover: Popover | None = None

    # -- what agrees --------------------------------------------------------------------------

    def accept_matches(self, round_: UUID) -> None:
        """Take over all that every coder coded alike."""
        service = self._context.project.reconciliation
        self._run(lambda: service.accept_matches(round_), self._told_matches)

    def _told_matches(self, count: int) -> None:
        words = counted(
            count,
            self.tr("Accepted 1 passage that agrees"),
            self.tr("Accepted {count} passages that agree"),
        )
        self._context.say(words, undo=count > 0)

    # -- boundaries ---------------------------------------------------------------------------

    def ask_boundaries(self, round_: UUID, count: int, anchor: QWidget) -> None:
        """Ask whose edges result, and settle what differs in its edges alone."""
        panel = _Panel(self._context, anchor, self.tr("Boundary differences"))
        panel.say(
            counted(
                count,
                self.tr("1 passage differs in its edges alone. Which edges shall it get?"),
                self.tr(
                    "{count} passages differ in their edges alone. Which edges shall they get?"
                ),
            )
        )
        union = panel.choice(self.tr("All that anybody coded"), chosen=True)
        panel.choice(self.tr("Only what all have coded"))
        panel.say(self.tr("Where direction or levels differ too, you settle one by one."))

        def accept() -> None:
            edges = Edges.UNION if union.isChecked() else Edges.INTERSECTION
            panel.close_popover()
            service = self._context.project.reconciliation
            self._run(lambda: service.accept_boundaries(round_, edges), self._told_boundaries)

        panel.accept_button(self.tr("Settle them"), accept)
        self.popover = panel
        panel.open_at(union)

    def _told_boundaries(self, count: int) -> None:
        words = counted(
            count,
            self.tr("Settled 1 boundary difference"),
            self.tr("Settled {count} boundary differences"),
        )
        self._context.say(words, undo=count > 0)

    # -- proposals ----------------------------------------------------------------------------

    def ask_proposals(
        self, round_: UUID, study: Study, coders: list[UUID], anchor: QWidget
    ) -> None:
        """Choose a rule, see how many items it would settle, and accept that or not.

        ``coders`` is empty while names are hidden: nobody can be preferred then.
        """
        panel = _Panel(self._context, anchor, self.tr("Proposals by a rule"))
        self.popover = panel
        rules = QuietComboBox()
        rules.setAccessibleName(self.tr("Rule"))
        ways: list[Strategy] = []

        def offer(words: str, strategy: Strategy) -> None:
            rules.addItem(words)
            ways.append(strategy)

        many = max(2, len(coders))
        if many > 2:
            offer(self.tr("What most coders have"), Strategy.majority())
        for coder in coders:
            words = self.tr("Prefer {coder}").replace("{coder}", study.coder_name(coder))
            offer(words, Strategy.prefer(coder))
        for least in range(1, many + 1):
            words = self.tr("Whatever at least {n} coders have")
            if least == 1:
                words = self.tr("Whatever anybody has")
            elif least == many:
                words = self.tr("Only what all have")
            offer(words.format(n=figure(least)), Strategy.union(least))
        panel.put(rules)
        found = panel.say("")
        accept = panel.accept_button(self.tr("Accept"), lambda: None)

        def show(pairs: tuple[tuple[Item, Choice], ...]) -> None:
            if panel.gone:
                return
            # Direction, levels and strength are for people to settle, one by one.
            count = sum(item.kind is not DifferenceKind.ATTRIBUTE for item, _ in pairs)
            found.setText(
                counted(
                    count,
                    self.tr("It would settle 1 open difference. You can undo it."),
                    self.tr("It would settle {count} open differences. You can undo it as one."),
                )
                if count
                else self.tr("It would settle nothing that is still open.")
            )
            accept.setText(self.tr("Accept {n}").format(n=figure(count)))
            accept.setEnabled(count > 0)
            panel.refit()

        def ask(at: int) -> None:
            accept.setEnabled(False)
            found.setText(self.tr("Looking…"))
            service, strategy = self._context.project.reconciliation, ways[at]

            def work(_progress: Progress) -> tuple[tuple[Item, Choice], ...]:
                return service.propose(round_, strategy)

            self._context.tasks.run(work, done=show, failed=self._failed)

        def take() -> None:
            strategy = ways[rules.currentIndex()]
            panel.close_popover()
            service = self._context.project.reconciliation
            self._run(lambda: service.accept_proposals(round_, strategy), self._told_proposals)

        accept.clicked.connect(lambda _on=False: take())
        rules.currentIndexChanged.connect(ask)
        panel.open_at(rules)
        ask(0)

    def _told_proposals(self, count: int) -> None:
        words = counted(
            count,
            self.tr("Settled 1 difference as proposed"),
            self.tr("Settled {count} differences as proposed"),
        )
        self._context.say(words, undo=count > 0)

    # -- doing it -----------------------------------------------------------------------------

    def _run(self, act: Callable[[], int], told: Callable[[int], object]) -> None:
        def work(_progress: Progress) -> int:
            return act()

        def done(count: Any) -> None:
            told(int(count))
            self.done.emit()

        task = self._context.tasks.run(work, done=done, failed=self._failed, writes=True)
        title = self.tr("Settling…")
        WorkDialog(self._context.appearance, title, task, self._window, may_cancel=False)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._context.fail(error)


class _Panel(Popover):
    """A popover with a heading, some words, choices, and a button that does it."""

    def __init__(self, context: Context, anchor: QWidget, title: str) -> None:
        super().__init__(context.appearance, anchor.window())
        self._anchor = anchor
        self.gone = False
        px = context.appearance.px
        self._inside = QWidget(self)
        self._inside.setFixedWidth(px(_WIDTH))
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(px(16), px(12), px(16), px(14))
        self._column.setSpacing(px(8))
        heading = QLabel(title)
        heading.setProperty("face", "heading")
        heading.setProperty("tone", "dim")
        self._column.addWidget(heading)
        self.setAccessibleName(title)
        self.body.addWidget(self._inside)
        self.closed.connect(self._left)

    def _left(self) -> None:
        self.gone = True
        self.deleteLater()

    def say(self, words: str) -> QLabel:
        label = QLabel(words)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self._column.addWidget(label)
        return label

    def choice(self, words: str, *, chosen: bool = False) -> QRadioButton:
        button = QRadioButton(words)
        button.setChecked(chosen)
        self._column.addWidget(button)
        return button

    def put(self, widget: QWidget) -> None:
        self._column.addWidget(widget)

    def accept_button(self, words: str, act: Callable[[], object]) -> QPushButton:
        self.button = QPushButton(words)
        self.button.setProperty("kind", "primary")
        self.button.clicked.connect(lambda _on=False: act())
        self._column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        return self.button

    def open_at(self, focus: QWidget) -> None:
        self.open_beside(QRect(self._anchor.rect()), self._anchor, focus)
