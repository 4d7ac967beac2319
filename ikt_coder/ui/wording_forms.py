"""The sentences and names of the acts, for ``wording``."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.ops import Op

translate = QCoreApplication.translate

Forms = tuple[tuple[str, ...], tuple[str, ...]]
"""The forms of the sentence and of the name; the first form whose places can be filled is
used. A form with ``{count}`` is for more than one."""


def project_forms() -> dict[Op, Forms]:
    """The project, its coders, documents and participants."""
    return {
        Op.CREATE_PROJECT: (
            (translate("History", "Made the project"),),
            (translate("History", "make the project"),),
        ),
        Op.LOAD_SAMPLE: (
            (translate("History", "Loaded the sample study"),),
            (translate("History", "load the sample study"),),
        ),
        Op.CHANGE_CARD: (
            (translate("History", "Changed the project card"),),
            (translate("History", "change of the project card"),),
        ),
        Op.ADD_BEHAVIOUR: (
            (translate("History", "Added a behaviour to the project card"),),
            (translate("History", "new behaviour"),),
        ),
        Op.CHANGE_BEHAVIOUR: (
            (translate("History", "Changed a behaviour of the project card"),),
            (translate("History", "change of a behaviour"),),
        ),
        Op.REMOVE_BEHAVIOUR: (
            (translate("History", "Removed a behaviour from the project card"),),
            (translate("History", "remove a behaviour"),),
        ),
        Op.ADD_CODER: (
            (
                translate("History", "Added the coder {name}"),
                translate("History", "Added a coder"),
            ),
            (translate("History", "add coder {name}"), translate("History", "add a coder")),
        ),
        Op.CHANGE_CODER: (
            (translate("History", "Changed a coder's details"),),
            (translate("History", "change of a coder's details"),),
        ),
        Op.SWITCH_CODER: (
            (
                translate("History", "{name} took over the coding"),
                translate("History", "Switched the coder"),
            ),
            (translate("History", "switch to {name}"), translate("History", "switch of coder")),
        ),
        Op.IMPORT_DOCUMENTS: (
            (
                translate("History", "Imported {count} documents"),
                translate("History", "Imported {title}"),
                translate("History", "Imported documents"),
            ),
            (
                translate("History", "import of {count} documents"),
                translate("History", "import of {title}"),
                translate("History", "import"),
            ),
        ),
        Op.RENAME_DOCUMENT: (
            (
                translate("History", "Renamed a document {title}"),
                translate("History", "Changed the language of a document"),
            ),
            (
                translate("History", "rename to {title}"),
                translate("History", "change of language"),
            ),
        ),
        Op.MOVE_DOCUMENT: (
            (translate("History", "Moved documents"),),
            (translate("History", "move documents"),),
        ),
        Op.SET_STATUS: (
            (
                translate("History", "Marked {count} documents as {status}"),
                translate("History", "Marked {title} as {status}"),
                translate("History", "Changed the state of a document"),
            ),
            (
                translate("History", "mark {count} documents as {status}"),
                translate("History", "mark {title} as {status}"),
                translate("History", "change of a document's state"),
            ),
        ),
        Op.SET_LEAD: (
            (
                translate("History", "Chose the lead coder of {count} documents"),
                translate("History", "Chose the lead coder of {title}"),
                translate("History", "Chose a lead coder"),
            ),
            (
                translate("History", "lead coder of {count} documents"),
                translate("History", "lead coder of {title}"),
                translate("History", "choice of a lead coder"),
            ),
        ),
        Op.DELETE_DOCUMENTS: (
            (
                translate("History", "Deleted {count} documents with {codings} codings"),
                translate("History", "Deleted {count} documents"),
                translate("History", "Deleted {title} with {codings} codings"),
                translate("History", "Deleted {title}"),
                translate("History", "Deleted documents"),
            ),
            (
                translate("History", "delete {count} documents"),
                translate("History", "delete {title}"),
                translate("History", "delete documents"),
            ),
        ),
        Op.MEND_TEXT: (
            (translate("History", "Mended the text of {title}"), translate("History", "Mended")),
            (translate("History", "mend {title}"), translate("History", "mend the text")),
        ),
        Op.ADD_FOLDER: (
            (
                translate("History", "Added the folder {name}"),
                translate("History", "Added a folder"),
            ),
            (translate("History", "add folder {name}"), translate("History", "add a folder")),
        ),
        Op.CHANGE_FOLDER: (
            (
                translate("History", "Renamed a folder {name}"),
                translate("History", "Moved a folder"),
            ),
            (
                translate("History", "rename folder to {name}"),
                translate("History", "move a folder"),
            ),
        ),
        Op.DELETE_FOLDER: (
            (
                translate("History", "Deleted the folder {name}; its documents moved up"),
                translate("History", "Deleted a folder; its documents moved up"),
            ),
            (
                translate("History", "delete folder {name}"),
                translate("History", "delete a folder"),
            ),
        ),
        Op.CHANGE_SPEAKER: (
            (translate("History", "Changed who speaks in a document"),),
            (translate("History", "change of a speaker"),),
        ),
        Op.ADD_PARTICIPANT: (
            (translate("History", "Added a participant"),),
            (translate("History", "add a participant"),),
        ),
        Op.CHANGE_PARTICIPANT: (
            (translate("History", "Changed a participant's details"),),
            (translate("History", "change of a participant"),),
        ),
        Op.DELETE_PARTICIPANT: (
            (translate("History", "Deleted a participant; the documents stayed"),),
            (translate("History", "delete a participant"),),
        ),
        Op.LEAVE_OUT_PARTICIPANT: (
            (translate("History", "Left a participant out of the analysis"),),
            (translate("History", "leave a participant out"),),
        ),
        Op.TAKE_BACK_PARTICIPANT: (
            (translate("History", "Took a participant back into the analysis"),),
            (translate("History", "take a participant back in"),),
        ),
        Op.ERASE_PARTICIPANT: (
            (translate("History", "Erased a participant"),),
            (translate("History", "erase a participant"),),
        ),
        Op.NAME_RESTORE_POINT: (
            (
                translate("History", "Named the restore point {name}"),
                translate("History", "Named a restore point"),
            ),
            (translate("History", "restore point {name}"), translate("History", "restore point")),
        ),
        Op.GO_BACK: (
            (
                translate("History", "Went back, taking back {count} acts"),
                translate("History", "Went back, taking back one act"),
            ),
            (translate("History", "go back by {count} acts"), translate("History", "go back")),
        ),
        Op.COMPACT: (
            (translate("History", "Compacted the project file"),),
            (translate("History", "compact the file"),),
        ),
    }


def coding_forms() -> dict[Op, Forms]:
    """The codebook, codings and memos."""
    return {
        Op.ADD_CODE: (
            (translate("History", "Made the code {name}"), translate("History", "Made a code")),
            (translate("History", "new code {name}"), translate("History", "new code")),
        ),
        Op.CHANGE_CODE: (
            (
                translate("History", "Renamed {name} to {new_name}"),
                translate("History", "Changed {name}"),
                translate("History", "Changed a code"),
            ),
            (
                translate("History", "rename to {new_name}"),
                translate("History", "change of {name}"),
                translate("History", "change of a code"),
            ),
        ),
        Op.MOVE_CODES: (
            (
                translate("History", "Moved {count} codes"),
                translate("History", "Moved {name}"),
                translate("History", "Moved a code"),
            ),
            (
                translate("History", "move {count} codes"),
                translate("History", "move {name}"),
                translate("History", "move a code"),
            ),
        ),
        Op.MERGE_CODES: (
            (
                translate("History", "Merged codes into {name}"),
                translate("History", "Merged codes"),
            ),
            (translate("History", "merge into {name}"), translate("History", "merge codes")),
        ),
        Op.SPLIT_CODE: (
            (
                translate("History", "Moved {count} codings of {name} to the new code {new_name}"),
                translate("History", "Moved a coding of {name} to the new code {new_name}"),
                translate("History", "Split a code"),
            ),
            (translate("History", "split {name}"), translate("History", "split a code")),
        ),
        Op.DELETE_CODES: (
            (
                translate("History", "Deleted {count} codes with {codings} codings"),
                translate("History", "Deleted {count} codes"),
                translate("History", "Deleted {name} with {codings} codings"),
                translate("History", "Deleted {name}"),
                translate("History", "Deleted a code"),
            ),
            (
                translate("History", "delete {count} codes"),
                translate("History", "delete {name}"),
                translate("History", "delete a code"),
            ),
        ),
        Op.PIN_CODE: (
            (
                translate("History", "Pinned {name} to {digit}"),
                translate("History", "Unpinned {name}"),
                translate("History", "Pinned a code"),
            ),
            (
                translate("History", "pin {name} to {digit}"),
                translate("History", "unpin {name}"),
                translate("History", "pin a code"),
            ),
        ),
        Op.ADD_FRAMEWORK: (
            (
                translate("History", "Added the framework {name}"),
                translate("History", "Added a framework"),
            ),
            (translate("History", "add {name}"), translate("History", "add a framework")),
        ),
        Op.REMOVE_FRAMEWORK: (
            (
                translate("History", "Removed the framework {name}"),
                translate("History", "Removed a framework"),
            ),
            (translate("History", "remove {name}"), translate("History", "remove a framework")),
        ),
        Op.APPLY_CODE: (
            (
                translate("History", "Applied {name} to {characters} characters"),
                translate("History", "Applied {name}"),
                translate("History", "Applied a code"),
            ),
            (translate("History", "apply {name}"), translate("History", "apply a code")),
        ),
        Op.APPLY_CODES: (
            (
                translate("History", "Applied {count} codings"),
                translate("History", "Applied codes"),
            ),
            (translate("History", "apply {count} codings"), translate("History", "apply codes")),
        ),
        Op.APPLY_NEW_CODE: (
            (
                translate("History", "Made the code {name} and applied it"),
                translate("History", "Made a code and applied it"),
            ),
            (
                translate("History", "new code {name}"),
                translate("History", "new code on the selection"),
            ),
        ),
        Op.CHANGE_CODING: (
            (
                translate("History", "Changed {count} codings"),
                translate("History", "Changed a coding of {name}"),
                translate("History", "Changed a coding"),
            ),
            (
                translate("History", "change of {count} codings"),
                translate("History", "change of a coding of {name}"),
                translate("History", "change of a coding"),
            ),
        ),
        Op.SET_VALENCE: (
            (
                translate("History", "Marked {count} codings as {valence}"),
                translate("History", "Marked {name} as {valence}"),
                translate("History", "Changed the direction of a coding"),
            ),
            (
                translate("History", "mark {count} codings as {valence}"),
                translate("History", "mark {name} as {valence}"),
                translate("History", "direction of a coding"),
            ),
        ),
        Op.SET_LEVELS: (
            (
                translate("History", "Changed the levels of {count} codings"),
                translate("History", "Changed the levels of a coding of {name}"),
                translate("History", "Changed the levels of a coding"),
            ),
            (
                translate("History", "levels of {count} codings"),
                translate("History", "levels of {name}"),
                translate("History", "levels of a coding"),
            ),
        ),
        Op.SET_FLAG: (
            (
                translate("History", "Marked {count} codings as {flag_on}"),
                translate("History", "Marked {name} as {flag_on}"),
                translate("History", "{name} is no longer marked as {flag_off}"),
                translate("History", "Changed a mark of a coding"),
            ),
            (
                translate("History", "mark {name} as {flag_on}"),
                translate("History", "take the mark “{flag_off}” off {name}"),
                translate("History", "mark of a coding"),
            ),
        ),
        Op.MOVE_EDGES: (
            (
                translate("History", "Moved the edges of a coding of {name}"),
                translate("History", "Moved the edges of a coding"),
            ),
            (
                translate("History", "move the edges of {name}"),
                translate("History", "move the edges of a coding"),
            ),
        ),
        Op.RECODE: (
            (
                translate("History", "Changed the code of {count} codings to {name}"),
                translate("History", "Changed the code of a coding to {name}"),
                translate("History", "Changed the code of a coding"),
            ),
            (
                translate("History", "change of code to {name}"),
                translate("History", "change of code"),
            ),
        ),
        Op.REMOVE_CODINGS: (
            (
                translate("History", "Removed {count} codings"),
                translate("History", "Removed a coding of {name}"),
                translate("History", "Removed a coding"),
            ),
            (
                translate("History", "remove {count} codings"),
                translate("History", "remove {name}"),
                translate("History", "remove a coding"),
            ),
        ),
        Op.IMPORT_CODINGS: (
            (
                translate("History", "Imported {count} codings"),
                translate("History", "Imported codings"),
            ),
            (
                translate("History", "import of {count} codings"),
                translate("History", "import of codings"),
            ),
        ),
        Op.ADD_MEMO: (
            (translate("History", "Wrote a memo"),),
            (translate("History", "new memo"),),
        ),
        Op.CHANGE_MEMO: (
            (translate("History", "Changed a memo"),),
            (translate("History", "change of a memo"),),
        ),
        Op.DELETE_MEMO: (
            (translate("History", "Deleted a memo"),),
            (translate("History", "delete a memo"),),
        ),
    }
