"""The stored entities, one file per noun; no queries here."""

from ikt_coder.model.attribute import Attribute, AttributeValue
from ikt_coder.model.base import (
    Base,
    Entity,
    Key,
    Moment,
    TableClass,
    aliased,
    is_table,
    referred,
    table_class,
    table_named,
)
from ikt_coder.model.card import Behaviour, Project
from ikt_coder.model.case import CaseRating, CellCoding, FrameworkMatrix, MatrixCell, MatrixColumn
from ikt_coder.model.charting import Chart, ChartAnswer, ChartCheck, ChartField, ChartOption
from ikt_coder.model.code import Code, Framework, Level
from ikt_coder.model.coder import Coder
from ikt_coder.model.coding import Coding, CodingLevel
from ikt_coder.model.crosswalk import (
    Belief,
    BeliefCoding,
    CodeLink,
    CrosswalkChoice,
    Recommendation,
    RecommendationRating,
)
from ikt_coder.model.document import (
    Document,
    DocumentEdit,
    DocumentText,
    Folder,
    SourceFile,
    Speaker,
    Turn,
)
from ikt_coder.model.engagement import EngagementEvent, EventLink, EventUser, ListTerm
from ikt_coder.model.journal import (
    Door,
    JournalLayout,
    JournalRow,
    Operation,
    Presence,
    RestorePoint,
    UndoFloor,
)
from ikt_coder.model.lineage import CopyOrigin, MergedCopy
from ikt_coder.model.memo import Memo
from ikt_coder.model.participant import DocumentParticipant, Participant, Tombstone
from ikt_coder.model.round import (
    Assignment,
    Checked,
    CodebookVersion,
    FrozenGround,
    Round,
    RoundEvent,
    Settled,
    Snapshot,
)
from ikt_coder.model.saved import SavedQuery, SavedTable
from ikt_coder.model.settling import Decision, ItemNote
from ikt_coder.model.study import GuideQuestion, QuestionStage, QuestionTurn, Study
from ikt_coder.model.text_analysis import TextAnalysis
from ikt_coder.model.theme import (
    Quote,
    QuoteAlteration,
    Theme,
    ThemeCode,
    ThemeCoding,
    ThemeDomain,
    ThemeLevel,
    ThemeLink,
)
from ikt_coder.model.upkeep import ChecklistAnswer, GlossaryTerm, MemoLink, Revisit, Revisited

__all__ = [
    "Assignment",
    "Attribute",
    "AttributeValue",
    "Base",
    "Behaviour",
    "Belief",
    "BeliefCoding",
    "CaseRating",
    "CellCoding",
    "Chart",
    "ChartAnswer",
    "ChartCheck",
    "ChartField",
    "ChartOption",
    "Checked",
    "ChecklistAnswer",
    "Code",
    "CodeLink",
    "CodebookVersion",
    "Coder",
    "Coding",
    "CodingLevel",
    "CopyOrigin",
    "CrosswalkChoice",
    "Decision",
    "Document",
    "DocumentEdit",
    "DocumentParticipant",
    "DocumentText",
    "Door",
    "EngagementEvent",
    "Entity",
    "EventLink",
    "EventUser",
    "Folder",
    "Framework",
    "FrameworkMatrix",
    "FrozenGround",
    "GlossaryTerm",
    "GuideQuestion",
    "ItemNote",
    "JournalLayout",
    "JournalRow",
    "Key",
    "Level",
    "ListTerm",
    "MatrixCell",
    "MatrixColumn",
    "Memo",
    "MemoLink",
    "MergedCopy",
    "Moment",
    "Operation",
    "Participant",
    "Presence",
    "Project",
    "QuestionStage",
    "QuestionTurn",
    "Quote",
    "QuoteAlteration",
    "Recommendation",
    "RecommendationRating",
    "RestorePoint",
    "Revisit",
    "Revisited",
    "Round",
    "RoundEvent",
    "SavedQuery",
    "SavedTable",
    "Settled",
    "Snapshot",
    "SourceFile",
    "Speaker",
    "Study",
    "TableClass",
    "TextAnalysis",
    "Theme",
    "ThemeCode",
    "ThemeCoding",
    "ThemeDomain",
    "ThemeLevel",
    "ThemeLink",
    "Tombstone",
    "Turn",
    "UndoFloor",
    "aliased",
    "is_table",
    "referred",
    "table_class",
    "table_named",
]
