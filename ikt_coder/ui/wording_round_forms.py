"""The sentences and names of acts on rounds, decisions and copies, for ``wording``."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.ops import Op
from ikt_coder.ui.wording_forms import Forms

translate = QCoreApplication.translate


def round_forms() -> dict[Op, Forms]:
    """Setting up a round, finishing, unsealing; settling; copies and their return."""
    return {
        Op.SET_UP_ROUND: (
            (
                translate("History", "Set up the round {name}"),
                translate("History", "Set up a round"),
            ),
            (
                translate("History", "set up the round {name}"),
                translate("History", "set up a round"),
            ),
        ),
        Op.CHANGE_ROUND: (
            (
                translate("History", "Changed the name or note of the round {name}"),
                translate("History", "Changed the name or note of a round"),
            ),
            (
                translate("History", "change of the round {name}"),
                translate("History", "change of a round"),
            ),
        ),
        Op.ASSIGN: (
            (
                translate("History", "Changed who codes what in {name}"),
                translate("History", "Changed who codes what"),
            ),
            (translate("History", "change of who codes what"),),
        ),
        Op.FINISH_DOCUMENT: (
            (
                translate("History", "Finished {title}"),
                translate("History", "Finished {count} documents"),
                translate("History", "Finished a document"),
            ),
            (
                translate("History", "finish {title}"),
                translate("History", "finish documents"),
            ),
        ),
        Op.REOPEN_DOCUMENT: (
            (
                translate("History", "Reopened {title}"),
                translate("History", "Reopened a finished document"),
            ),
            (
                translate("History", "reopen {title}"),
                translate("History", "reopen a document"),
            ),
        ),
        Op.UNSEAL_ROUND: (
            (
                translate("History", "Unsealed the round {name}"),
                translate("History", "Unsealed a round"),
            ),
            (translate("History", "unseal {name}"), translate("History", "unseal a round")),
        ),
        Op.DECIDE: (
            (
                translate("History", "Settled a difference in {title}, {code}"),
                translate("History", "Settled a difference in {title}"),
                translate("History", "Settled a difference"),
            ),
            (
                translate("History", "settle a difference in {title}"),
                translate("History", "settle a difference"),
            ),
        ),
        Op.DECIDE_MANY: (
            (
                translate("History", "Settled {count} items at once"),
                translate("History", "Settled an item"),
            ),
            (
                translate("History", "settle {count} items"),
                translate("History", "settle an item"),
            ),
        ),
        Op.NOTE_ITEM: (
            (
                translate("History", "Wrote a note on a difference in {title}"),
                translate("History", "Wrote a note on a difference"),
            ),
            (translate("History", "note on a difference"),),
        ),
        Op.MARK_CHECKED: (
            (
                translate("History", "Marked {count} turns of {title} as checked"),
                translate("History", "Marked a turn of {title} as checked"),
                translate("History", "Marked {title} as checked"),
                translate("History", "Marked a turn as checked"),
            ),
            (
                translate("History", "mark {title} as checked"),
                translate("History", "mark as checked"),
            ),
        ),
        Op.KEEP_CODEBOOK_VERSION: (
            (
                translate("History", "Kept the codebook as version {number}"),
                translate("History", "Kept a version of the codebook"),
            ),
            (
                translate("History", "keep codebook version {number}"),
                translate("History", "keep a codebook version"),
            ),
        ),
        Op.RECORD_STATISTIC: (
            (
                translate("History", "Gave out the agreement of {name}"),
                translate("History", "Gave out a figure of agreement"),
            ),
            (translate("History", "give out agreement"),),
        ),
        Op.COPY_FOR_CODER: (
            (
                translate("History", "Wrote a copy for {name}"),
                translate("History", "Wrote a copy for a coder"),
            ),
            (translate("History", "copy for {name}"), translate("History", "copy for a coder")),
        ),
        Op.BEGIN_COPY: (
            (
                translate("History", "Began this copy for {name}"),
                translate("History", "Began this copy"),
            ),
            (translate("History", "begin the copy"),),
        ),
        Op.MERGE_COPY: (
            (
                translate("History", "Brought in {count} codings from {name}"),
                translate("History", "Brought in {name}"),
                translate("History", "Brought in a copy"),
            ),
            (translate("History", "bring in {name}"), translate("History", "bring in a copy")),
        ),
    }
