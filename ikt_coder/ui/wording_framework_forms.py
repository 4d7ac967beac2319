"""The sentences and names of acts on studies, charting, cases and frameworks, for ``wording``."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.ops import Op
from ikt_coder.ui.wording_forms import Forms

translate = QCoreApplication.translate


def study_forms() -> dict[Op, Forms]:
    """Studies, groups and the interview guide."""
    return {
        Op.ADD_STUDY: (
            (
                translate("History", "Added the study {name}"),
                translate("History", "Added {count} studies"),
                translate("History", "Added a study"),
            ),
            (
                translate("History", "new study {name}"),
                translate("History", "new study"),
            ),
        ),
        Op.CHANGE_STUDY: (
            (
                translate("History", "Changed the study {name}"),
                translate("History", "Changed a study"),
            ),
            (
                translate("History", "change of the study {name}"),
                translate("History", "change of a study"),
            ),
        ),
        Op.DELETE_STUDY: (
            (
                translate("History", "Deleted the study {name}"),
                translate("History", "Deleted a study"),
            ),
            (
                translate("History", "delete the study {name}"),
                translate("History", "delete a study"),
            ),
        ),
        Op.GROUP_RECORDS: (
            (
                translate("History", "Put {count} records into the study {name}"),
                translate("History", "Put a record into the study {name}"),
                translate("History", "Changed which records describe a study"),
            ),
            (
                translate("History", "records of the study {name}"),
                translate("History", "records of a study"),
            ),
        ),
        Op.SET_GROUP: (
            (
                translate("History", "Put {count} participants into the group {name}"),
                translate("History", "Put a participant into the group {name}"),
                translate("History", "Changed the group of participants"),
            ),
            (
                translate("History", "group {name}"),
                translate("History", "group of participants"),
            ),
        ),
        Op.IMPORT_ATTRIBUTES: (
            (
                translate("History", "Imported {count} attribute values"),
                translate("History", "Imported attributes"),
            ),
            (translate("History", "import of attributes"),),
        ),
        Op.ADD_QUESTION: (
            (
                translate("History", "Added the question {name} to the interview guide"),
                translate("History", "Added a question to the interview guide"),
            ),
            (
                translate("History", "new question {name}"),
                translate("History", "new question"),
            ),
        ),
        Op.CHANGE_QUESTION: (
            (
                translate("History", "Changed the question {name} of the interview guide"),
                translate("History", "Changed the interview guide"),
            ),
            (
                translate("History", "change of the question {name}"),
                translate("History", "change of the interview guide"),
            ),
        ),
        Op.DELETE_QUESTION: (
            (
                translate("History", "Deleted the question {name} of the interview guide"),
                translate("History", "Deleted a question of the interview guide"),
            ),
            (
                translate("History", "delete the question {name}"),
                translate("History", "delete a question"),
            ),
        ),
        Op.IMPORT_GUIDE: (
            (
                translate("History", "Brought in {count} questions of an interview guide"),
                translate("History", "Brought in an interview guide"),
            ),
            (translate("History", "import of an interview guide"),),
        ),
        Op.MATCH_QUESTIONS: (
            (
                translate("History", "Matched {count} turns with questions of the guide"),
                translate("History", "Matched a turn with a question of the guide"),
            ),
            (translate("History", "matching of questions"),),
        ),
    }


def charting_forms() -> dict[Op, Forms]:
    """Charting, the engagement log, ratings and matrices of cases."""
    return {
        Op.ADD_CHART_FIELD: (
            (
                translate("History", "Added the charting field {name}"),
                translate("History", "Added a charting field"),
            ),
            (
                translate("History", "new charting field {name}"),
                translate("History", "new charting field"),
            ),
        ),
        Op.CHANGE_CHART_FIELD: (
            (
                translate("History", "Changed the charting field {name}"),
                translate("History", "Changed a charting field"),
            ),
            (
                translate("History", "change of the charting field {name}"),
                translate("History", "change of a charting field"),
            ),
        ),
        Op.DELETE_CHART_FIELD: (
            (
                translate("History", "Deleted the charting field {name} with its answers"),
                translate("History", "Deleted a charting field with its answers"),
            ),
            (
                translate("History", "delete the charting field {name}"),
                translate("History", "delete a charting field"),
            ),
        ),
        Op.CHART: (
            (
                translate("History", "Charted {name} of {title}"),
                translate("History", "Charted {title}"),
                translate("History", "Charted {count} records"),
                translate("History", "Charted a record"),
            ),
            (
                translate("History", "charting of {title}"),
                translate("History", "charting"),
            ),
        ),
        Op.CHECK_CHART: (
            (
                translate("History", "Checked {count} charted answers of {title}"),
                translate("History", "Checked the charting of {title}"),
                translate("History", "Checked charted answers"),
            ),
            (
                translate("History", "check of the charting of {title}"),
                translate("History", "check of charting"),
            ),
        ),
        Op.ADD_EVENT: (
            (
                translate("History", "Added {name} to the engagement log"),
                translate("History", "Added an event to the engagement log"),
            ),
            (
                translate("History", "new event {name}"),
                translate("History", "new engagement event"),
            ),
        ),
        Op.CHANGE_EVENT: (
            (
                translate("History", "Changed {name} in the engagement log"),
                translate("History", "Changed an event of the engagement log"),
            ),
            (
                translate("History", "change of {name}"),
                translate("History", "change of an engagement event"),
            ),
        ),
        Op.DELETE_EVENT: (
            (
                translate("History", "Deleted {name} from the engagement log"),
                translate("History", "Deleted an event from the engagement log"),
            ),
            (
                translate("History", "delete {name}"),
                translate("History", "delete an engagement event"),
            ),
        ),
        Op.CHANGE_TERMS: (
            (translate("History", "Changed a list of the engagement log"),),
            (translate("History", "change of a list of the engagement log"),),
        ),
        Op.RATE_CASES: (
            (
                translate("History", "Rated {name}"),
                translate("History", "Changed {count} case ratings"),
                translate("History", "Changed a case rating"),
            ),
            (
                translate("History", "rating of {name}"),
                translate("History", "case rating"),
            ),
        ),
        Op.ADD_MATRIX: (
            (
                translate("History", "Made the framework matrix {name}"),
                translate("History", "Made a framework matrix"),
            ),
            (
                translate("History", "new framework matrix {name}"),
                translate("History", "new framework matrix"),
            ),
        ),
        Op.CHANGE_MATRIX: (
            (
                translate("History", "Changed the framework matrix {name}"),
                translate("History", "Changed a framework matrix"),
            ),
            (
                translate("History", "change of the framework matrix {name}"),
                translate("History", "change of a framework matrix"),
            ),
        ),
        Op.DELETE_MATRIX: (
            (
                translate("History", "Deleted the framework matrix {name}"),
                translate("History", "Deleted a framework matrix"),
            ),
            (
                translate("History", "delete the framework matrix {name}"),
                translate("History", "delete a framework matrix"),
            ),
        ),
        Op.WRITE_CELL: (
            (
                translate("History", "Wrote the summary of {name}, {title}"),
                translate("History", "Wrote a summary in a framework matrix"),
            ),
            (
                translate("History", "summary of {name}"),
                translate("History", "summary in a matrix"),
            ),
        ),
    }


def framework_forms() -> dict[Op, Forms]:
    """Crosswalks, belief statements, recommendations, and the upkeep of the codebook."""
    return {
        Op.CHOOSE_CROSSWALK: (
            (
                translate("History", "Chose {name} for the crosswalk"),
                translate("History", "Chose the source of a crosswalk"),
            ),
            (translate("History", "choice of a crosswalk"),),
        ),
        Op.LINK_CODES: (
            (
                translate("History", "Linked {name} with {new_name}"),
                translate("History", "Linked {count} codes"),
                translate("History", "Linked codes"),
            ),
            (
                translate("History", "link from {name}"),
                translate("History", "link between codes"),
            ),
        ),
        Op.UNLINK_CODES: (
            (
                translate("History", "Took away the link from {name} to {new_name}"),
                translate("History", "Took away a link between codes"),
            ),
            (
                translate("History", "remove the link from {name}"),
                translate("History", "remove a link between codes"),
            ),
        ),
        Op.CHOOSE_TARGETS: (
            (
                translate("History", "Settled where {count} codings lead"),
                translate("History", "Settled where a coding of {name} leads"),
                translate("History", "Settled where a coding leads"),
            ),
            (translate("History", "choice of targets"),),
        ),
        Op.ADD_BELIEF: (
            (translate("History", "Added a belief statement"),),
            (translate("History", "new belief statement"),),
        ),
        Op.CHANGE_BELIEF: (
            (translate("History", "Changed a belief statement"),),
            (translate("History", "change of a belief statement"),),
        ),
        Op.DELETE_BELIEF: (
            (translate("History", "Deleted a belief statement"),),
            (translate("History", "delete a belief statement"),),
        ),
        Op.GATHER_BELIEF: (
            (
                translate("History", "Put {count} passages under a belief statement"),
                translate("History", "Changed the passages of a belief statement"),
            ),
            (translate("History", "passages of a belief statement"),),
        ),
        Op.ADD_RECOMMENDATION: (
            (
                translate("History", "Added the recommendation {name}"),
                translate("History", "Added {count} recommendations"),
                translate("History", "Added a recommendation"),
            ),
            (
                translate("History", "new recommendation {name}"),
                translate("History", "new recommendation"),
            ),
        ),
        Op.CHANGE_RECOMMENDATION: (
            (
                translate("History", "Changed the recommendation {name}"),
                translate("History", "Changed a recommendation"),
            ),
            (
                translate("History", "change of the recommendation {name}"),
                translate("History", "change of a recommendation"),
            ),
        ),
        Op.DELETE_RECOMMENDATION: (
            (
                translate("History", "Deleted the recommendation {name}"),
                translate("History", "Deleted a recommendation"),
            ),
            (
                translate("History", "delete the recommendation {name}"),
                translate("History", "delete a recommendation"),
            ),
        ),
        Op.RATE_RECOMMENDATION: (
            (
                translate("History", "Rated the recommendation {name}"),
                translate("History", "Rated a recommendation"),
            ),
            (
                translate("History", "rating of the recommendation {name}"),
                translate("History", "rating of a recommendation"),
            ),
        ),
        Op.IMPORT_CODEBOOK: (
            (
                translate("History", "Brought in a codebook: {count} codes"),
                translate("History", "Brought in a codebook"),
            ),
            (translate("History", "import of a codebook"),),
        ),
        Op.LOOK_AGAIN: (
            (
                translate("History", "Looked again at {count} codings of {name}"),
                translate("History", "Looked again at a coding of {name}"),
                translate("History", "Looked again at codings"),
            ),
            (
                translate("History", "second look at {name}"),
                translate("History", "second look"),
            ),
        ),
        Op.CLOSE_REVISIT: (
            (
                translate("History", "Closed the second look at {name}"),
                translate("History", "Closed a second look"),
            ),
            (
                translate("History", "close the second look at {name}"),
                translate("History", "close a second look"),
            ),
        ),
        Op.ADD_TERM: (
            (
                translate("History", "Added {name} to the glossary"),
                translate("History", "Added {count} terms to the glossary"),
                translate("History", "Added a term to the glossary"),
            ),
            (
                translate("History", "new term {name}"),
                translate("History", "new term"),
            ),
        ),
        Op.CHANGE_TERM: (
            (
                translate("History", "Changed {name} in the glossary"),
                translate("History", "Changed a term of the glossary"),
            ),
            (
                translate("History", "change of {name}"),
                translate("History", "change of a term"),
            ),
        ),
        Op.DELETE_TERM: (
            (
                translate("History", "Deleted {name} from the glossary"),
                translate("History", "Deleted a term from the glossary"),
            ),
            (
                translate("History", "delete {name}"),
                translate("History", "delete a term"),
            ),
        ),
        Op.LINK_MEMO: (
            (translate("History", "Changed what a memo is about"),),
            (translate("History", "change of what a memo is about"),),
        ),
        Op.FILL_CHECKLIST: (
            (
                translate("History", "Changed an answer in {name}"),
                translate("History", "Changed an answer in a checklist"),
            ),
            (
                translate("History", "answer in {name}"),
                translate("History", "answer in a checklist"),
            ),
        ),
    }
