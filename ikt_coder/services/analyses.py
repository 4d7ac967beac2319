"""What language pipelines found in the texts: from memory, from the project, or computed."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import delete, insert, select

from ikt_coder.core.errors import UserError
from ikt_coder.core.ids import derived_id
from ikt_coder.model import TextAnalysis
from ikt_coder.services.kept_texts import KeptText, State
from ikt_coder.text.analysis import Analysis
from ikt_coder.text.packing import FORMAT, from_bytes, to_bytes
from ikt_coder.text.pipelines import PipelineInfo
from ikt_coder.text.runner import Runner

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_log = logging.getLogger(__name__)

# Tokens of the analyses kept in memory together: some eighty long interviews, 20 MB.
_KEPT_TOKENS: Final = 1_000_000

Stop = Callable[[], bool]


class Analyses:
    """Analyses by text and pipeline, computed once for each text."""

    def __init__(self, project: Project, runner: Runner) -> None:
        self._project = project
        self._runner = runner
        self._kept: OrderedDict[tuple[UUID, str], tuple[State, Analysis]] = OrderedDict()
        self._turn = threading.Lock()  # several threads ask
        project.listen(lambda changes: self.forget() if changes.touches("document_text") else None)

    def forget(self) -> None:
        with self._turn:
            self._kept.clear()

    def of(self, kept: KeptText, info: PipelineInfo, stop: Stop | None = None) -> Analysis:
        """The analysis of a text. Raises Cancelled."""
        key = (kept.document, info.name)
        with self._turn:
            known = self._kept.get(key)
            if known is not None and known[0] == kept.state:
                self._kept.move_to_end(key)
                return known[1]
        digest = _digest(kept, info)
        found = self._stored(kept, info, digest)
        if found is None:
            found = self._runner.analyse(kept.text, kept.spoken(), info, stop)
            self._store(kept, info, digest, found)
        self._keep(key, kept.state, found)
        return found

    def _keep(self, key: tuple[UUID, str], state: State, found: Analysis) -> None:
        if self._project.file.door.writing_here:
            return  # the text may still be rolled back
        with self._turn:
            self._kept[key] = (state, found)
            self._kept.move_to_end(key)
            while (
                len(self._kept) > 1
                and sum(len(each) for _, each in self._kept.values()) > _KEPT_TOKENS
            ):
                self._kept.popitem(last=False)

    def missing(self, texts: Sequence[tuple[KeptText, PipelineInfo]]) -> list[UUID]:
        """The documents among these whose present text was not analysed."""
        stored = dict(
            self._project.connection.execute(select(TextAnalysis.id, TextAnalysis.digest)).all()
        )
        return [
            kept.document
            for kept, info in texts
            if stored.get(derived_id(kept.document, info.name)) != _digest(kept, info)
            and self._kept.get((kept.document, info.name), (None, None))[0] != kept.state
        ]

    def _stored(self, kept: KeptText, info: PipelineInfo, digest: bytes) -> Analysis | None:
        data = self._project.connection.execute(
            select(TextAnalysis.found).where(
                TextAnalysis.id == derived_id(kept.document, info.name),
                TextAnalysis.digest == digest,
            )
        ).scalar()
        if data is None:
            return None
        try:
            return from_bytes(data, len(kept.text))
        except ValueError as error:
            _log.warning("an analysis is made anew: %s", error)
            return None

    def _store(self, kept: KeptText, info: PipelineInfo, digest: bytes, found: Analysis) -> None:
        """Keep an analysis in the project. Where that cannot be written to now, it is only
        made again another time."""
        door = self._project.file.door
        if door.writing_here:
            return
        key = derived_id(kept.document, info.name)
        try:
            with door.caching() as cache:
                if cache is None:
                    return
                # Meanwhile the text may have been mended, or its words erased for good.
                states = self._project.search.texts.states([kept.document])
                if states.get(kept.document) != kept.state:
                    return
                cache.execute(delete(TextAnalysis).where(TextAnalysis.id == key))
                cache.execute(
                    insert(TextAnalysis).values(
                        id=key,
                        document_id=kept.document,
                        pipeline=info.name,
                        digest=digest,
                        found=to_bytes(found),
                    )
                )
        except UserError as error:
            _log.warning("an analysis was not kept: %s", type(error).__name__)


def _digest(kept: KeptText, info: PipelineInfo) -> bytes:
    """By what an analysis is known to be of this text, by this pipeline."""
    made = hashlib.sha256(f"{FORMAT} {info.name} {info.version}\0".encode())
    for numbers in (kept.starts, kept.words, kept.ends, kept.who):
        made.update(numbers.tobytes())
    made.update(kept.text.encode("utf-8", "surrogatepass"))
    return made.digest()
