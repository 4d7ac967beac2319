"""Two wordings side by side: what is gone is struck out, what is new is underlined, so that
neither colour nor sight of it is needed to tell them apart."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.word_changes import Fate, word_changes
from ikt_coder.ui.appearance.style import Appearance

translate = QCoreApplication.translate


def field_words(field: str) -> str:
    """What a field of a code is called."""
    return {
        "name": translate("Codebook", "Name"),
        "definition": translate("Codebook", "Definition"),
        "include": translate("Codebook", "When to use"),
        "exclude": translate("Codebook", "When not to use"),
        "example": translate("Codebook", "Example"),
        "colour": translate("Codebook", "Colour"),
        "source_wording": translate("Codebook", "Source wording"),
        "source_page": translate("Codebook", "Page of the source"),
    }[field]


def two_wordings(look: Appearance, fields: list[tuple[str, str, str]]) -> str:
    """A table of (label, before, after): a label over each pair."""
    dim = look.colour("dim").name()
    head = "".join(
        f'<td width="50%" style="color:{dim};">{words}</td>'
        for words in (
            escape(translate("Codebook", "Before")),
            escape(translate("Codebook", "Now")),
        )
    )
    rows = [f"<tr>{head}</tr>"]
    for label, before, after in fields:
        gone, new = _both(look, before, after)
        rows.append(f'<tr><td colspan="2"><b>{escape(label)}</b></td></tr>')
        rows.append(f'<tr><td width="50%">{gone}</td><td width="50%">{new}</td></tr>')
    return f'<table width="100%" cellspacing="0" cellpadding="4">{"".join(rows)}</table>'


def _both(look: Appearance, before: str, after: str) -> tuple[str, str]:
    nothing = f'<i style="color:{look.colour("dim").name()};">'
    nothing += f"{escape(translate('Codebook', 'nothing'))}</i>"
    gone, new = "", ""
    found = word_changes(before, after)
    if not any(words.fate is Fate.SAME and words.text.strip() for words in found):
        # Nothing stayed: the heads of the columns say all there is to say.
        return _shown(before) or nothing, _shown(after) or nothing
    for words in found:
        shown = _shown(words.text)
        if words.fate is Fate.SAME:
            gone += shown
            new += shown
        elif words.fate is Fate.GONE:
            gone += f"<s>{shown}</s>"
        else:
            new += f"<b><u>{shown}</u></b>"
    return gone or nothing, new or nothing


def _shown(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")
