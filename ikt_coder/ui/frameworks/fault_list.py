"""What is wrong with a framework's file: every fault with its line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ikt_coder.codebooks.json_lines import Fault
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.codes.paragraph import Paragraph
from ikt_coder.ui.frameworks.spoken import speak
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList


class FaultList(QDialog):
    """Lists the faults in the order of the file, to be mended in a text editor."""

    def __init__(
        self,
        appearance: Appearance,
        name: str,
        faults: Sequence[Fault],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Faults in {name}").format(name=name))
        self._faults = faults
        px = appearance.px
        count = len(faults)
        lead = Paragraph()
        lead.say(
            self.tr("{name} has one fault. Nothing was added.").format(name=name)
            if count == 1
            else self.tr("{name} has {count} faults. Nothing was added.").format(
                name=name, count=count
            )
        )
        hint = Paragraph(tone="dim", face="small")
        hint.say(self.tr("Mend them in a text editor, save the file and try again."))
        self.list = RowList(appearance, self.tr("Faults"), ruled=True)
        model = QStandardItemModel(self)
        for fault in faults:
            item = QStandardItem(fault.text)
            item.setEditable(False)
            if fault.line is not None:
                line = self.tr("line {number}").format(number=fault.line)
                item.setData(line, ItemRole.COUNT)
            speak(item)
            model.appendRow(item)
        self.list.setModel(model)
        self.copy = QPushButton(self.tr("Copy the list"))
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self._copy)
        close = QPushButton(self.tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(12))
        column.setSpacing(px(8))
        column.addWidget(lead)
        column.addWidget(hint)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.resize(px(560), px(380))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(str(fault) for fault in self._faults))
