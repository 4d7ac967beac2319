"""What the person does to the codebook: one service call each, told in the status line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QObject

from ikt_coder.core.errors import UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.core.words import Pattern
from ikt_coder.services.rows import DeletePreview
from ikt_coder.ui.codes.acting import carry_out
from ikt_coder.ui.codes.wording import bold, codes_in_words, codings_in_words
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import counted

T = TypeVar("T")


class CodeCommands(QObject):
    """Every method is one undoable act; a refusal is shown and gives None or False."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._codes = context.project.codes

    def _try(self, act: Callable[[], T]) -> T | None:
        try:
            return act()
        except UserError as error:
            self._context.fail(error)
            return None

    def _done(self, act: Callable[[], object], words: str, rows: int = 1) -> bool:
        return carry_out(self._context, act, words, rows)

    # -- codes ------------------------------------------------------------------------------

    def create(self, name: str, parent: UUID | None = None) -> UUID | None:
        code = self._try(lambda: self._codes.add(name, parent))
        if code is not None:
            self._context.say(self.tr("New code {name}").format(name=bold(name)))
        return code

    def rename(self, code: UUID, name: str) -> bool:
        return self._done(
            lambda: self._codes.change(code, name=name),
            self.tr("Renamed to {name}").format(name=bold(name)),
        )

    def recolour(self, codes: Sequence[UUID], colour: str) -> bool:
        return self._done(
            lambda: self._each(codes, lambda code: self._codes.change(code, colour=colour)),
            self.tr("Changed the colour of {codes}").format(codes=self._named(codes)),
        )

    def repattern(self, codes: Sequence[UUID], pattern: Pattern) -> bool:
        return self._done(
            lambda: self._each(codes, lambda code: self._codes.change(code, pattern=pattern)),
            self.tr("Changed the pattern of {codes}").format(codes=self._named(codes)),
        )

    def _each(self, codes: Sequence[UUID], act: Callable[[UUID], object]) -> None:
        with self._context.project.operation(Op.CHANGE_CODE, count=len(codes)) as operation:
            if codes:
                operation.note(name=self._name(codes[0]))
            for code in codes:
                act(code)

    def pin(self, code: UUID, digit: int | None) -> bool:
        if digit is None:
            words = self.tr("{name} has no key now").format(name=bold(self._name(code)))
        else:
            words = self.tr("Key {digit} is {name} now").format(
                digit=digit, name=bold(self._name(code))
            )
        return self._done(lambda: self._codes.pin(code, digit), words)

    def move(self, codes: Sequence[UUID], parent: UUID | None, position: int | None) -> bool:
        if parent is None:
            words = self.tr("Moved {codes}").format(codes=self._named(codes))
        else:
            words = self.tr("Moved {codes} into {name}").format(
                codes=self._named(codes), name=bold(self._name(parent))
            )
        return self._done(lambda: self._codes.move(list(codes), parent, position), words)

    def delete(self, codes: Sequence[UUID]) -> bool:
        preview = self._try(lambda: self._codes.delete_preview(list(codes)))
        if preview is None:
            return False
        words = self._deleted(self._named(codes), preview)
        rows = preview.codes + preview.codings
        return self._done(lambda: self._codes.delete(list(codes)), words, rows)

    def _deleted(self, named: str, preview: DeletePreview) -> str:
        parts = [codes_in_words(preview.codes), codings_in_words(preview.codings)]
        if preview.memos:
            parts.append(counted(preview.memos, self.tr("1 memo"), self.tr("{count} memos")))
        if preview.themes:
            parts.append(
                counted(
                    preview.themes,
                    self.tr("a place in 1 theme"),
                    self.tr("places in {count} themes"),
                )
            )
        if preview.coders > 1:
            parts.append(self.tr("of {count} coders").format(count=preview.coders))
        return self.tr("Deleted {codes}: {counts}").format(codes=named, counts=", ".join(parts))

    def split(self, code: UUID, codings: Sequence[UUID], name: str) -> bool:
        words = self.tr("Split {codings} of {code} off into {name}").format(
            codings=codings_in_words(len(codings)), code=bold(self._name(code)), name=bold(name)
        )
        return self._done(lambda: self._codes.split(code, codings, name), words, len(codings))

    def merge(self, sources: Sequence[UUID], target: UUID, *, join_touching: bool) -> None:
        """Merge off the main thread: it may touch many thousand codings."""
        words = self.tr("Merged {codes} into {name}").format(
            codes=self._named(sources), name=bold(self._name(target))
        )
        self._context.tasks.run(
            lambda _progress: self._codes.merge(list(sources), target, join_touching=join_touching),
            done=lambda _result: self._context.say(words),
            writes=True,
        )

    # -- codings ----------------------------------------------------------------------------

    def apply(self, document: UUID, span: Span, code: UUID) -> bool:
        return self._done(
            lambda: self._context.project.codings.apply(document, span, code),
            self._applied(document, span, self._name(code)),
        )

    def apply_new(self, document: UUID, span: Span, name: str) -> bool:
        return self._done(
            lambda: self._context.project.codings.apply_new_code(document, span, name),
            self._applied(document, span, name),
        )

    def _applied(self, document: UUID, span: Span, name: str) -> str:
        text = self._context.project.texts.get(document)[span.start : span.end]
        words = counted(len(text.split()), self.tr("1 word"), self.tr("{count} words"))
        return self.tr("Applied {name} to {words}").format(name=bold(name), words=words)

    # -- words ------------------------------------------------------------------------------

    def _name(self, code: UUID) -> str:
        return next((r.name for r in self._codes.all(counted=False) if r.id == code), "")

    def _named(self, codes: Sequence[UUID]) -> str:
        return bold(self._name(codes[0])) if len(codes) == 1 else codes_in_words(len(codes))
