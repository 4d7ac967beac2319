"""What people did in the program they come from, and what does it here."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.frozen import frozen

translate = QCoreApplication.translate


@frozen
class Habit:
    """``there`` is the act as the former tool calls it; ``key`` may be empty where only the
    mouse or a menu does it here."""

    there: str
    here: str
    key: str = ""


def tools() -> tuple[tuple[str, str], ...]:
    """The former tools: key and name."""
    return (
        ("nvivo", "NVivo"),
        ("maxqda", "MAXQDA"),
        ("atlasti", "ATLAS.ti"),
        ("qualcoder", "QualCoder"),
    )


def habits(tool: str) -> tuple[Habit, ...]:
    """The acts of a former tool, in the order in which one meets them; raises ``KeyError``."""
    tr = translate
    code_with = tr("Keys", "Code with… on the selected words")
    drag = tr("Keys", "Drag the selected words onto a code, or the code onto the words")
    in_vivo = tr("Keys", "In-vivo code")
    stripes = tr("Keys", "Always in the margin at the right")
    retrieve = tr("Keys", "Double-click the code")
    remove = tr("Keys", "Remove the coding at the caret")
    memo = tr("Keys", "Memo on the coding or the selected words")
    save = tr("Keys", "Not needed: every act is kept at once")
    themes = tr("Keys", "Themes, made of codes and single codings")
    table: dict[str, tuple[Habit, ...]] = {
        "nvivo": (
            Habit(tr("Keys", "Nodes, Codes"), tr("Keys", "The codebook at the right")),
            Habit(tr("Keys", "Files, Cases"), tr("Keys", "Documents and Participants")),
            Habit(tr("Keys", "Drag to a code"), drag),
            Habit(tr("Keys", "Quick Coding bar"), code_with, "Enter"),
            Habit(
                tr("Keys", "Code selection at recent codes"),
                tr("Keys", "Right-click the selection, or the digits"),
                "1 – 9",
            ),
            Habit(tr("Keys", "Code in Vivo"), in_vivo, "V"),
            Habit(tr("Keys", "Code to a new code"), tr("Keys", "New code on the selection"), "N"),
            Habit(tr("Keys", "Uncode"), remove, "U"),
            Habit(tr("Keys", "Open a code (references)"), retrieve),
            Habit(tr("Keys", "Coding stripes"), stripes),
            Habit(tr("Keys", "Annotations, Memos"), memo, "M"),
            Habit(
                tr("Keys", "User profile, initials"),
                tr("Keys", "Coder, always to be seen at the top of the window"),
            ),
            Habit(tr("Keys", "Undo for the last few acts"), tr("Keys", "Undo, also tomorrow")),
            Habit(tr("Keys", "Save"), save),
        ),
        "maxqda": (
            Habit(tr("Keys", "Code System"), tr("Keys", "The codebook at the right")),
            Habit(tr("Keys", "Document System"), tr("Keys", "The documents at the left")),
            Habit(tr("Keys", "Drag the segment onto a code"), drag),
            Habit(
                tr("Keys", "Code with activated code by a click"),
                tr("Keys", "Select, then click the code; a setting turns it off"),
            ),
            Habit(tr("Keys", "Quick-code"), tr("Keys", "Code with the last code"), "Q"),
            Habit(
                tr("Keys", "Code favourites, keyboard keys for codes"),
                tr("Keys", "Pin a code to a digit"),
                "1 – 9",
            ),
            Habit(tr("Keys", "New code (Alt+N)"), tr("Keys", "New code on the selection"), "N"),
            Habit(tr("Keys", "In-vivo coding"), in_vivo, "V"),
            Habit(tr("Keys", "Retrieved Segments"), retrieve),
            Habit(tr("Keys", "Coding stripes"), stripes),
            Habit(tr("Keys", "Weight"), tr("Keys", "Strength, in the details of the coding")),
            Habit(tr("Keys", "Comment on a segment, Memo"), memo, "M"),
            Habit(tr("Keys", "Creative Coding, Code sets"), themes),
            Habit(tr("Keys", "Delete a segment's code"), remove, "U"),
            Habit(tr("Keys", "Save"), save),
        ),
        "atlasti": (
            Habit(tr("Keys", "Code Manager"), tr("Keys", "The codebook at the right")),
            Habit(tr("Keys", "Apply Codes"), code_with, "Enter"),
            Habit(tr("Keys", "Drag and drop coding"), drag),
            Habit(tr("Keys", "Quick Coding"), tr("Keys", "Code with the last code"), "Q"),
            Habit(tr("Keys", "Code in Vivo"), in_vivo, "V"),
            Habit(tr("Keys", "Quotation"), tr("Keys", "A coding; its words are its passage")),
            Habit(
                tr("Keys", "Quotation Manager, double-click a code"),
                retrieve,
            ),
            Habit(tr("Keys", "Margin area"), stripes),
            Habit(
                tr("Keys", "Replace a code in the margin"),
                tr("Keys", "Change the code; the edges stay"),
                "C",
            ),
            Habit(
                tr("Keys", "Resize a quotation"),
                tr("Keys", "Grab the start or the end, then the arrows"),
                "S / E",
            ),
            Habit(tr("Keys", "Comment, Memo"), memo, "M"),
            Habit(tr("Keys", "Code Groups, Networks"), themes),
            Habit(tr("Keys", "Unlink a code"), remove, "U"),
            Habit(tr("Keys", "Save"), save),
        ),
        "qualcoder": (
            Habit(
                tr("Keys", "Q, quick mark with the chosen code"),
                tr("Keys", "Code with the last code"),
                "Q",
            ),
            Habit(
                tr("Keys", "R, recent codes"),
                tr("Keys", "Recent and pinned codes on the digits"),
                "1 – 9",
            ),
            Habit(tr("Keys", "V, in vivo"), in_vivo, "V"),
            Habit(tr("Keys", "N, new code"), tr("Keys", "New code on the selection"), "N"),
            Habit(tr("Keys", "U, unmark"), remove, "U"),
            Habit(tr("Keys", "M, memo on the code mark"), memo, "M"),
            Habit(tr("Keys", "A, annotate"), memo, "M"),
            Habit(
                tr("Keys", "O, cycle through overlapping codes"),
                tr("Keys", "Next code at the caret"),
                "O",
            ),
            Habit(
                tr("Keys", "L, show codes like…"),
                tr("Keys", "Filter in the codebook"),
                "Ctrl+K",
            ),
            Habit(tr("Keys", "I, important"), tr("Keys", "Quotable (star)"), "P"),
            Habit(tr("Keys", "Ctrl+E, edit the text"), tr("Keys", "Mend the text"), "Ctrl+E"),
            Habit(
                tr("Keys", "Alt or Shift with arrows, move an edge"),
                tr("Keys", "Grab the start or the end, then the arrows"),
                "S / E",
            ),
            Habit(tr("Keys", "F2, rename"), tr("Keys", "Rename"), "F2"),
            Habit(
                tr("Keys", "Drop a code on a code merges them"),
                tr("Keys", "Moves it there; merging is a command with a preview"),
            ),
            Habit(tr("Keys", "Categories"), tr("Keys", "Codes may stand below codes")),
        ),
    }
    return table[tool]
