"""The façade: one open project and its services."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast
from uuid import UUID

from sqlalchemy import Connection, insert, select, text

from ikt_coder.core.changes import Changes
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.words import Approach, WordPair
from ikt_coder.model import CopyOrigin, Round, table_class
from ikt_coder.model import Project as ProjectEntity
from ikt_coder.services.sealing import Sealing
from ikt_coder.storage import purge
from ikt_coder.storage.operation import Operation
from ikt_coder.storage.project_file import ProjectFile

if TYPE_CHECKING:
    from ikt_coder.services.attributes import AttributeService
    from ikt_coder.services.beliefs import BeliefService
    from ikt_coder.services.card import CardService
    from ikt_coder.services.case_ratings import RatingService
    from ikt_coder.services.charting import ChartingService
    from ikt_coder.services.checklists import ChecklistService
    from ikt_coder.services.codebook_import import CodebookImportService
    from ikt_coder.services.codebook_versions import CodebookVersionService
    from ikt_coder.services.coders import CoderService
    from ikt_coder.services.codes import CodeService
    from ikt_coder.services.codings import CodingService
    from ikt_coder.services.comparison import ComparisonService
    from ikt_coder.services.copies import CopyService
    from ikt_coder.services.crosswalks import CrosswalkService
    from ikt_coder.services.documents import DocumentService
    from ikt_coder.services.engagement import EngagementService
    from ikt_coder.services.folders import FolderService
    from ikt_coder.services.framework_matrices import FrameworkMatrixService
    from ikt_coder.services.frameworks import FrameworkService
    from ikt_coder.services.glossary import GlossaryService
    from ikt_coder.services.history import HistoryService
    from ikt_coder.services.interview_guide import GuideService
    from ikt_coder.services.layers import LayerService
    from ikt_coder.services.level_sets import LevelSetService
    from ikt_coder.services.memo_links import MemoLinkService
    from ikt_coder.services.memos import MemoService
    from ikt_coder.services.merging import MergeService
    from ikt_coder.services.participants import ParticipantService
    from ikt_coder.services.passages import PassageService
    from ikt_coder.services.queries import QueryService
    from ikt_coder.services.quotes import QuoteService
    from ikt_coder.services.recommendations import RecommendationService
    from ikt_coder.services.reconciliation import ReconciliationService
    from ikt_coder.services.reports import ReportService
    from ikt_coder.services.retrieval import RetrievalService
    from ikt_coder.services.rounds import RoundService
    from ikt_coder.services.safety import SafetyService
    from ikt_coder.services.saved_tables import SavedTableService
    from ikt_coder.services.search import SearchService
    from ikt_coder.services.sight import SightService
    from ikt_coder.services.studies import StudyService
    from ikt_coder.services.texts import TextService
    from ikt_coder.services.themes import ThemeService
    from ikt_coder.services.upkeep import UpkeepService
    from ikt_coder.services.verification import VerificationService
    from ikt_coder.services.words import WordService
    from ikt_coder.text.runner import Runner

S = TypeVar("S")


class _Service(Generic[S]):
    """A service of the project, made when it is first asked for: a window shows the text
    without waiting for reports, themes, erasing or searching to be loaded."""

    def __init__(self, where: str) -> None:
        self._module, self._class = where.split(".")

    def __set_name__(self, owner: type[Project], name: str) -> None:
        self._name = name

    def __get__(self, project: Project, owner: type[Project]) -> S:
        with project._making:  # two threads may ask for it at once
            known = project.__dict__.get(self._name)
            if known is None:
                module = import_module(f"ikt_coder.services.{self._module}")
                # Found there from now on, before this descriptor is asked.
                known = project.__dict__[self._name] = getattr(module, self._class)(project)
        return cast(S, known)


class Project:
    """One open project. Everything the window can do is a call on one of its services."""

    card: _Service[CardService] = _Service("card.CardService")
    coders: _Service[CoderService] = _Service("coders.CoderService")
    folders: _Service[FolderService] = _Service("folders.FolderService")
    texts: _Service[TextService] = _Service("texts.TextService")
    documents: _Service[DocumentService] = _Service("documents.DocumentService")
    participants: _Service[ParticipantService] = _Service("participants.ParticipantService")
    attributes: _Service[AttributeService] = _Service("attributes.AttributeService")
    studies: _Service[StudyService] = _Service("studies.StudyService")
    engagement: _Service[EngagementService] = _Service("engagement.EngagementService")
    guide: _Service[GuideService] = _Service("interview_guide.GuideService")
    codes: _Service[CodeService] = _Service("codes.CodeService")
    frameworks: _Service[FrameworkService] = _Service("frameworks.FrameworkService")
    level_sets: _Service[LevelSetService] = _Service("level_sets.LevelSetService")
    codings: _Service[CodingService] = _Service("codings.CodingService")
    crosswalks: _Service[CrosswalkService] = _Service("crosswalks.CrosswalkService")
    beliefs: _Service[BeliefService] = _Service("beliefs.BeliefService")
    recommendations: _Service[RecommendationService] = _Service(
        "recommendations.RecommendationService"
    )
    passages: _Service[PassageService] = _Service("passages.PassageService")
    memos: _Service[MemoService] = _Service("memos.MemoService")
    themes: _Service[ThemeService] = _Service("themes.ThemeService")
    quotes: _Service[QuoteService] = _Service("quotes.QuoteService")
    layers: _Service[LayerService] = _Service("layers.LayerService")
    sight: _Service[SightService] = _Service("sight.SightService")
    retrieval: _Service[RetrievalService] = _Service("retrieval.RetrievalService")
    queries: _Service[QueryService] = _Service("queries.QueryService")
    search: _Service[SearchService] = _Service("search.SearchService")
    words: _Service[WordService] = _Service("words.WordService")
    reports: _Service[ReportService] = _Service("reports.ReportService")
    tables: _Service[SavedTableService] = _Service("saved_tables.SavedTableService")
    comparison: _Service[ComparisonService] = _Service("comparison.ComparisonService")
    rounds: _Service[RoundService] = _Service("rounds.RoundService")
    codebook_versions: _Service[CodebookVersionService] = _Service(
        "codebook_versions.CodebookVersionService"
    )
    reconciliation: _Service[ReconciliationService] = _Service(
        "reconciliation.ReconciliationService"
    )
    verification: _Service[VerificationService] = _Service("verification.VerificationService")
    codes_import: _Service[CodebookImportService] = _Service(
        "codebook_import.CodebookImportService"
    )
    upkeep: _Service[UpkeepService] = _Service("upkeep.UpkeepService")
    glossary: _Service[GlossaryService] = _Service("glossary.GlossaryService")
    checklists: _Service[ChecklistService] = _Service("checklists.ChecklistService")
    memo_links: _Service[MemoLinkService] = _Service("memo_links.MemoLinkService")
    charting: _Service[ChartingService] = _Service("charting.ChartingService")
    ratings: _Service[RatingService] = _Service("case_ratings.RatingService")
    matrices: _Service[FrameworkMatrixService] = _Service(
        "framework_matrices.FrameworkMatrixService"
    )
    history: _Service[HistoryService] = _Service("history.HistoryService")
    safety: _Service[SafetyService] = _Service("safety.SafetyService")
    merging: _Service[MergeService] = _Service("merging.MergeService")
    copies: _Service[CopyService] = _Service("copies.CopyService")

    def __init__(self, file: ProjectFile) -> None:
        self._file = file
        self._making = RLock()
        self.make_runner: Callable[[], Runner] | None = None
        """What runs language pipelines, made with the first analysis; None: the thread that
        asks."""
        self.sealing = Sealing(self)
        """What is sealed; it hears of every act before any view."""

    @classmethod
    def create(cls, path: Path, name: str = "") -> Project:
        """Make a new project file and open it. Raises ProjectFileError; then there is none."""
        project = cls(ProjectFile.create(path))
        project._begin(name)
        return project

    def _begin(self, name: str) -> None:
        """Write the project card, where there is none yet."""
        if self.connection.execute(select(ProjectEntity.id)).first() is not None:
            return
        with self.operation(Op.CREATE_PROJECT) as op:
            op.execute(
                insert(ProjectEntity).values(
                    id=new_id(),
                    name=" ".join(name.split()) or self.path.stem,
                    approach=Approach.UNDECIDED.value,
                    research_question="",
                    focal_actor="",
                    words=WordPair.BARRIERS_FACILITATORS.value,
                    created=datetime.now(UTC),
                )
            )

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Project:
        """Open a project. Raises ProjectInUse, ProjectFileError."""
        project = cls(ProjectFile.open(path, read_only=read_only))
        if not read_only:
            project._begin("")  # the program was killed while the project was being made
            purge.finish_interrupted(project._file)
        project.coders.recall()
        project.file.connections.hand_on()
        return project

    def close(self) -> None:
        if "words" in self.__dict__:
            self.words.close()
        self._file.close()

    @property
    def path(self) -> Path:
        return self._file.path

    @property
    def read_only(self) -> bool:
        return self._file.read_only

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the person should know about the file, from its opening."""
        return self._file.warnings

    @property
    def id(self) -> UUID:
        return self.connection.execute(select(ProjectEntity.id)).scalar_one()

    @cached_property
    def local_id(self) -> UUID:
        """The key under which this computer remembers how the file was left: a coder's copy
        has the project's id, and a place and a coder of its own."""
        lineage = self.connection.execute(select(CopyOrigin.id)).scalar()
        return lineage or self.id

    @property
    def coder(self) -> UUID | None:
        """The present coder; new codings and acts are theirs."""
        return self._file.door.coder

    @coder.setter
    def coder(self, coder: UUID | None) -> None:
        self._file.door.coder = coder

    def operation(self, kind: Op, **params: Any) -> AbstractContextManager[Operation]:
        """The one door for writes; see storage.operation.Door.operation."""
        return self._file.door.operation(kind, **params)

    @property
    def connection(self) -> Connection:
        """This thread's connection, within the operation under way if there is one."""
        return self._file.connections.current()

    @property
    def has_rounds(self) -> bool:
        """Whether a round was set up; asked without loading anything of rounds."""
        return self.connection.execute(select(Round.id).limit(1)).first() is not None

    def holds(self, *tables: str) -> bool:
        """Whether one of these tables has a row, as far as the present coder may see; asked
        without loading a service. Raises KeyError for a table there is not."""
        for table in tables:
            table_class(table)
        some = " OR ".join(f'EXISTS (SELECT 1 FROM "{table}")' for table in tables)
        return bool(self.connection.execute(text(f"SELECT {some}")).scalar())

    @property
    def file(self) -> ProjectFile:
        return self._file

    def listen(
        self, listener: Callable[[Changes], None], *, first: bool = False
    ) -> Callable[[], None]:
        """Call ``listener`` after each commit, on the thread that wrote; returns a function
        that ends it. ``first``: before those who listen already, for what is kept in memory
        and asked for by views as soon as they hear of an act."""
        listeners = self._file.door.listeners
        listeners.insert(0 if first else len(listeners), listener)

        def end() -> None:
            if listener in listeners:
                listeners.remove(listener)

        return end
