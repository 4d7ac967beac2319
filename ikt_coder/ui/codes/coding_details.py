"""What one coding carries: direction, levels, strength, memo, marks."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.core.words import Basis, Flag, Valence
from ikt_coder.services.rows import CodeRow, CodingRow, LevelRow
from ikt_coder.ui.codes.paragraph import Paragraph
from ikt_coder.ui.codes.provenance import all_derived_in_words
from ikt_coder.ui.codes.wording import (
    bold,
    flag_words,
    origin_words,
    shortened,
    valence_words,
)
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.growing_text_edit import GrowingTextEdit
from ikt_coder.ui.widgets.pill import CheckChip
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.widgets.valence_picker import ValencePicker
from ikt_coder.ui.widgets.wrap_layout import WrapLayout


class CodingDetails(QWidget):
    """Each choice is one act at once. Direction, levels and strength are shown where the
    project uses them, or after "Show more", as is the basis where the coding has none."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self._coding: CodingRow | None = None
        self._code: CodeRow | None = None
        self._all = False
        self.acting = False
        """True while an act of this pane is on its way through the project."""
        self._used: frozenset[str] | None = None
        self._levels: tuple[LevelRow, ...] = ()
        look = context.appearance
        self.words = Paragraph(tone="dim")
        self.owner = Paragraph(tone="dim", face="small")
        self.valence = ValencePicker(look)
        self.levels: dict[UUID, CheckChip] = {}
        self._level_box = QWidget()
        self._level_column = QVBoxLayout(self._level_box)
        self._level_column.setContentsMargins(0, 0, 0, 0)
        self._strength_box = QWidget()
        self.strengths = {
            1: CheckChip(look, self.tr("Weak")),
            2: CheckChip(look, self.tr("Strong")),
        }
        self._basis_box = QWidget()
        self.bases = {
            Basis.EXPLICIT: CheckChip(look, self.tr("Explicit")),
            Basis.INFERRED: CheckChip(look, self.tr("Inferred")),
        }
        self.bases[Basis.EXPLICIT].setToolTip(self.tr("The words say it outright"))
        self.bases[Basis.INFERRED].setToolTip(self.tr("The coder read it from the context"))
        self._target_box = QWidget()
        self._target_row = WrapLayout()
        self.targets: dict[str, CheckChip] = {}
        self._target_groups: dict[str, str] = {}  # the framework each leads to
        self.derived = Paragraph(rich=True, tone="dim")
        self.memo: FormField[GrowingTextEdit] = FormField.text(look, self.tr("Memo"))
        self.flags = {flag: CheckChip(look, flag_words(flag)) for flag in Flag}
        self.behaviour: FormField[QComboBox] = FormField(
            look, self.tr("To what behaviour"), QuietComboBox()
        )
        self.more = QPushButton()
        self.more.setProperty("kind", "link")
        self.more.setProperty("face", "small")
        self.origin = Paragraph(tone="dim", face="small")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        look, px = self._context.appearance, self._context.appearance.px
        self._level_column.setSpacing(px(4))
        strengths = WrapLayout(self._strength_box, across=px(6), down=px(6))
        strengths.addWidget(SectionHeading(look, self.tr("Strength")))
        for chip in self.strengths.values():
            strengths.addWidget(chip)
        bases = WrapLayout(self._basis_box, across=px(6), down=px(6))
        bases.addWidget(SectionHeading(look, self.tr("Basis")))
        for chip in self.bases.values():
            bases.addWidget(chip)
        targets = QVBoxLayout(self._target_box)
        targets.setContentsMargins(0, 0, 0, 0)
        targets.setSpacing(px(4))
        targets.addWidget(self.derived)
        targets.addLayout(self._target_row)
        marks = WrapLayout(across=px(6), down=px(6))
        for mark in self.flags.values():
            marks.addWidget(mark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        for widget in (self.words, self.owner, self.valence, self._level_box):
            column.addWidget(widget)
        for widget in (self._strength_box, self._basis_box, self._target_box, self.memo):
            column.addWidget(widget)
        column.addLayout(marks)
        column.addWidget(self.behaviour)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.origin)
        # A combo box as wide as its longest behaviour would widen the whole panel.
        adjust = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.behaviour.editor.setSizeAdjustPolicy(adjust)
        self.behaviour.editor.setMinimumContentsLength(8)

    def _connect(self) -> None:
        self.valence.picked.connect(self._set_valence)
        for strength, chip in self.strengths.items():
            chip.clicked.connect(lambda on, s=strength: self._set_strength(s if on else None))
        for basis, chip in self.bases.items():
            chip.clicked.connect(lambda on, b=basis: self._set_basis(b if on else None))
        for flag, chip in self.flags.items():
            chip.clicked.connect(lambda _on, f=flag: self._toggle_flag(f))
        self.memo.editor.committed.connect(self._set_memo)
        self.behaviour.editor.activated.connect(self._set_behaviour)
        self.more.clicked.connect(self._toggle_more)

    # -- showing ----------------------------------------------------------------------------

    @property
    def coding(self) -> CodingRow | None:
        return self._coding

    def forget(self) -> None:
        """Read anew what the project uses before the next coding is shown."""
        self._used = None

    def show_coding(self, coding: CodingRow | None, code: CodeRow | None) -> None:
        """Show what a coding carries; it is read only where it is another coder's."""
        if self._coding is not None and (coding is None or coding.id != self._coding.id):
            self.memo.editor.commit()
        self._coding, self._code = coding, code
        if coding is None:
            return
        if self._used is None:
            self._read_project()
        self._fill(coding)

    def _read_project(self) -> None:
        card = self._project.card.get()
        self._used = self._project.frameworks.dimensions_in_use()
        self.valence.set_words(valence_words(card.words))
        levels = self._project.frameworks.levels()
        if levels != self._levels:
            self._levels = levels
            self._build_levels()
        box = self.behaviour.editor
        box.clear()
        box.addItem(self.tr("No behaviour named"), None)
        for behaviour in card.behaviours:
            box.addItem(behaviour.label, behaviour.id)
        self.behaviour.setProperty("several", len(card.behaviours) > 1)

    def _build_levels(self) -> None:
        look, px = self._context.appearance, self._context.appearance.px
        self.levels = {}
        while (item := self._level_column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        scheme: UUID | None = None
        row: WrapLayout | None = None
        schemes = {level.framework for level in self._levels}
        for level in self._levels:
            if level.framework != scheme or row is None:
                scheme = level.framework
                if len(schemes) > 1:
                    self._level_column.addWidget(SectionHeading(look, level.framework_name))
                box = QWidget()
                row = WrapLayout(box, across=px(6), down=px(6))
                self._level_column.addWidget(box)
            chip = CheckChip(look, level.name)
            chip.setToolTip(f"{level.name}: {level.definition}" if level.definition else level.name)
            chip.clicked.connect(lambda _on, key=level.id: self._toggle_level(key))
            row.addWidget(chip)
            self.levels[level.id] = chip

    def _fill(self, coding: CodingRow) -> None:
        text = self._project.texts.get(coding.document)
        words = text[coding.span.start : coding.span.end]
        self.words.say(f"“{shortened(words, 110)}”")
        self.words.setToolTip(shortened(words, 1500))
        own = coding.coder == self._project.coder
        self.owner.say("" if own else self._whose(coding))
        self.valence.set_value(coding.valence)
        for level, chip in self.levels.items():
            chip.setChecked(level in coding.levels)
        for strength, chip in self.strengths.items():
            chip.setChecked(coding.strength == strength)
        for basis, chip in self.bases.items():
            chip.setChecked(coding.basis is basis)
        for flag, chip in self.flags.items():
            chip.setChecked(flag in coding.flags)
        if not self.memo.editor.hasFocus():
            self.memo.editor.set_text(coding.memo)
        box = self.behaviour.editor
        box.setCurrentIndex(max(0, box.findData(coding.behaviour)))
        box.setToolTip(box.currentText())
        self._fill_targets(coding)
        self._fill_origin(coding)
        self._fit(coding)
        changeable = own and not self._project.read_only
        for widget in (
            self.valence,
            self._level_box,
            self._strength_box,
            self._basis_box,
            self._target_box,
            self.memo,
            self.behaviour,
            *self.flags.values(),
        ):
            widget.setEnabled(changeable)

    def _whose(self, coding: CodingRow) -> str:
        if coding.coder is None:
            return self.tr("Consensus")
        name = next((c.name for c in self._project.coders.everyone() if c.id == coding.coder), "")
        return self.tr("Coding of {name}: only they change it.").format(name=name)

    def _fill_targets(self, coding: CodingRow) -> None:
        code = self._code
        links = self._project.crosswalks.reading()
        wanted: dict[str, str] = {}
        told = ""
        if code is not None:
            for group in links.groups():
                derived = links.derive(code, coding.mapping_choice, group.key)
                if derived is not None and len(derived.candidates) > 1:
                    wanted.update(dict.fromkeys(derived.candidates, group.key))
            told = all_derived_in_words(links, code, coding.mapping_choice)
        self._target_box.setVisible(bool(wanted))
        if self._target_groups != wanted:
            while (item := self._target_row.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
            self.targets = {}
            for key, framework in wanted.items():
                name = links.target(framework, key).name
                chip = CheckChip(self._context.appearance, name, parent=self._target_box)
                chip.clicked.connect(lambda _on, k=key: self._toggle_target(k))
                self._target_row.addWidget(chip)
                chip.show()
                self.targets[key] = chip
            self._target_groups = wanted
        for key, chip in self.targets.items():
            chip.setChecked(key in coding.mapping_choice)
        self.derived.say(told if wanted else "")

    def _fill_origin(self, coding: CodingRow) -> None:
        made = QDateTime.fromSecsSinceEpoch(int(coding.created.timestamp()))
        when = QLocale().toString(made, QLocale.FormatType.ShortFormat)
        initials = next(
            (c.initials for c in self._project.coders.everyone() if c.id == coding.coder), ""
        )
        parts = [origin_words(coding.origin), initials, when]
        self.origin.say(" · ".join(part for part in parts if part))

    def _fit(self, coding: CodingRow) -> None:
        """Show what the project uses or this coding carries."""
        used = self._used or frozenset()
        shown = {
            "valence": "valence" in used or coding.valence is not None,
            "levels": bool(self._levels),
            "strength": "strength" in used or coding.strength is not None,
            "basis": coding.basis is not None,
            "behaviour": bool(self.behaviour.property("several")) or coding.behaviour is not None,
        }
        can_be_shown = {
            "valence": True,
            "levels": bool(self._levels),
            "strength": True,
            "basis": True,
            "behaviour": self.behaviour.editor.count() > 1,
        }
        places = {
            "valence": self.valence,
            "levels": self._level_box,
            "strength": self._strength_box,
            "basis": self._basis_box,
            "behaviour": self.behaviour,
        }
        for name, widget in places.items():
            widget.setVisible(shown[name] or (self._all and can_be_shown[name]))
        hidden = [name for name in places if can_be_shown[name] and not shown[name]]
        self.more.setVisible(bool(hidden))
        self.more.setText(self.tr("Show less") if self._all else self.tr("Show more"))

    def _toggle_more(self) -> None:
        self._all = not self._all
        if self._coding is not None:
            self._fit(self._coding)

    # -- changing ---------------------------------------------------------------------------

    def _do(self, act: Callable[[UUID], object], words: str) -> None:
        if self._coding is None:
            return
        name = self._code.name if self._code is not None else ""
        self.acting = True
        try:
            act(self._coding.id)
        except UserError as error:
            self._context.fail(error)
            self._fill(self._coding)
            return
        finally:
            self.acting = False
        self._context.say(f"{bold(name)}: {words}")

    def _set_valence(self, valence: Valence | None) -> None:
        names = valence_words(self._project.card.get().words)
        words = names[valence] if valence is not None else self.tr("no direction")
        self._do(lambda key: self._project.codings.set_valence(key, valence), words)

    def _toggle_level(self, level: UUID) -> None:
        name = next((row.name for row in self._levels if row.id == level), "")
        on = self.levels[level].isChecked()
        words = name if on else self.tr("not {level}").format(level=name)
        self._do(lambda key: self._project.codings.toggle_level(key, level), words)

    def _set_strength(self, strength: int | None) -> None:
        words = {1: self.tr("weak"), 2: self.tr("strong")}.get(
            strength or 0, self.tr("no strength")
        )
        self._do(lambda key: self._project.codings.change(key, strength=strength), words)

    def _set_basis(self, basis: Basis | None) -> None:
        words = {
            Basis.EXPLICIT: self.tr("explicit"),
            Basis.INFERRED: self.tr("inferred"),
            None: self.tr("no basis"),
        }[basis]
        self._do(lambda key: self._project.codings.change(key, basis=basis), words)

    def _toggle_flag(self, flag: Flag) -> None:
        words = flag_words(flag)
        if not self.flags[flag].isChecked():
            words = self.tr("not {mark}").format(mark=words)
        self._do(lambda key: self._project.codings.toggle_flag(key, flag), words)

    def _set_memo(self, text: str) -> None:
        self._do(
            lambda key: self._project.codings.change(key, memo=text.strip()),
            self.tr("memo saved"),
        )

    def _set_behaviour(self, at: int) -> None:
        behaviour = self.behaviour.editor.itemData(at)
        self._do(
            lambda key: self._project.codings.change(key, behaviour=behaviour),
            self.behaviour.editor.itemText(at),
        )

    def _toggle_target(self, target: str) -> None:
        if self._coding is None:
            return
        framework = self._target_groups[target]
        choice = tuple(
            key
            for key, chip in self.targets.items()
            if chip.isChecked() and self._target_groups[key] == framework
        )
        words = ", ".join(self.targets[key].text() for key in choice) or self.tr("undecided")
        self._do(lambda key: self._project.crosswalks.choose(key, choice, framework), words)
