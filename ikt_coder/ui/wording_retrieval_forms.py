"""The sentences and names of acts on attributes, saved retrievals and tables, links between
themes and the wording of quotes, for ``wording``."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.ops import Op
from ikt_coder.ui.wording_forms import Forms

translate = QCoreApplication.translate


def retrieval_forms() -> dict[Op, Forms]:
    """Attributes, searches, saved retrievals and tables."""
    return {
        Op.ADD_ATTRIBUTE: (
            (
                translate("History", "Added the attribute {name}"),
                translate("History", "Added an attribute"),
            ),
            (translate("History", "new attribute {name}"), translate("History", "new attribute")),
        ),
        Op.CHANGE_ATTRIBUTE: (
            (
                translate("History", "Changed the attribute {name}"),
                translate("History", "Changed an attribute"),
            ),
            (
                translate("History", "change of the attribute {name}"),
                translate("History", "change of an attribute"),
            ),
        ),
        Op.DELETE_ATTRIBUTE: (
            (
                translate("History", "Deleted the attribute {name} with its values"),
                translate("History", "Deleted an attribute with its values"),
            ),
            (
                translate("History", "delete the attribute {name}"),
                translate("History", "delete an attribute"),
            ),
        ),
        Op.SET_ATTRIBUTES: (
            (
                translate("History", "Set {count} attribute values"),
                translate("History", "Set an attribute value"),
            ),
            (translate("History", "set attribute values"),),
        ),
        Op.SET_LANGUAGE: (
            (
                translate("History", "Set the language of {title}"),
                translate("History", "Set the language of {count} documents"),
                translate("History", "Set the language of a document"),
            ),
            (
                translate("History", "language of {title}"),
                translate("History", "language of {count} documents"),
                translate("History", "language of a document"),
            ),
        ),
        Op.CODE_HITS: (
            (
                translate("History", "Coded {count} found places with {code}"),
                translate("History", "Coded a found place with {code}"),
                translate("History", "Coded what a search found"),
            ),
            (
                translate("History", "code found places with {code}"),
                translate("History", "code found places"),
            ),
        ),
        Op.SAVE_QUERY: (
            (
                translate("History", "Saved the retrieval {name}"),
                translate("History", "Saved a retrieval"),
            ),
            (
                translate("History", "save the retrieval {name}"),
                translate("History", "save a retrieval"),
            ),
        ),
        Op.DELETE_QUERY: (
            (
                translate("History", "Deleted the saved retrieval {name}"),
                translate("History", "Deleted a saved retrieval"),
            ),
            (
                translate("History", "delete the retrieval {name}"),
                translate("History", "delete a retrieval"),
            ),
        ),
        Op.SAVE_TABLE: (
            (
                translate("History", "Saved the table {name}"),
                translate("History", "Saved a table"),
            ),
            (translate("History", "save the table {name}"), translate("History", "save a table")),
        ),
        Op.DELETE_TABLE: (
            (
                translate("History", "Deleted the saved table {name}"),
                translate("History", "Deleted a saved table"),
            ),
            (
                translate("History", "delete the table {name}"),
                translate("History", "delete a table"),
            ),
        ),
        Op.ALTER_QUOTE: (
            (
                translate("History", "Altered how a quote of {name} prints"),
                translate("History", "Altered how a quote prints"),
            ),
            (
                translate("History", "alter a quote of {name}"),
                translate("History", "alter a quote"),
            ),
        ),
        Op.ORDER_QUOTES: (
            (
                translate("History", "Put the quotes of {name} in another order"),
                translate("History", "Put quotes in another order"),
            ),
            (
                translate("History", "order the quotes of {name}"),
                translate("History", "order quotes"),
            ),
        ),
        Op.LINK_THEMES: (
            (
                translate("History", "Linked {name} with {other}"),
                translate("History", "Linked two themes"),
            ),
            (
                translate("History", "link {name} with {other}"),
                translate("History", "link two themes"),
            ),
        ),
        Op.CHANGE_LINK: (
            (
                translate("History", "Changed the link of {name} with {other}"),
                translate("History", "Changed a link between themes"),
            ),
            (translate("History", "change of a link between themes"),),
        ),
        Op.UNLINK_THEMES: (
            (
                translate("History", "Took away the link of {name} with {other}"),
                translate("History", "Took away a link between themes"),
            ),
            (translate("History", "take away a link between themes"),),
        ),
    }
