"""What stands under every list of passages: whose codings, unit, N and date (method.md)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ikt_coder.core.query import Query, Whose
from ikt_coder.services.layers import LayerInfo
from ikt_coder.services.retrieval_ground import Ground
from ikt_coder.services.theme_notes import layer_sentences

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


def note_of(project: Project, query: Query, info: LayerInfo, ground: Ground, today: date) -> str:
    """The note of a retrieval, in sentences."""
    return " ".join(
        [
            *whose_sentences(project, query, info, ground),
            "A reference is one coding; a passage is the union of touching or overlapping codings "
            "that were found in one document (under a heading: of those under it).",
            counted_on(today),
        ]
    )


def whose_sentences(project: Project, query: Query, info: LayerInfo, ground: Ground) -> list[str]:
    """Whose codings are shown, and N where they are the analysis layer's."""
    if query.whose is Whose.LAYER:
        n = len(info.participants)
        people = f"{n} {'participant' if n == 1 else 'participants'}"
        return [*layer_sentences(info), f"N = {people} in documents marked coded."]
    names = {key: coder.name for key, coder in ground.coders.items()}
    left_out = info.left_out_people
    with_left_out = (
        [
            f"{left_out} {'participant' if left_out == 1 else 'participants'} left out of "
            "analysis may be among them."
        ]
        if left_out
        else []
    )
    if query.whose is not Whose.MINE and (sealed := project.sight.sealed_note()):
        with_left_out = [*with_left_out, sealed]
    if query.whose is Whose.MINE:
        who = names.get(project.coder, "nobody yet") if project.coder else "nobody yet"
        return [f"Codings by {who}, not the analysis layer.", *with_left_out]
    wanted = query.coders if query.whose is Whose.CODER else names.keys()
    shown = [name for key, name in names.items() if key in wanted]
    if len(shown) == 1:
        return [f"Codings by {shown[0]}, not the analysis layer.", *with_left_out]
    if not shown:
        return ["No coder was chosen.", *with_left_out]
    return [
        f"Codings of {len(shown)} coders side by side ({', '.join(shown)}): a listing, not "
        "counts of an analysis, as codings of several coders are not to be added up.",
        *with_left_out,
    ]


def counted_on(today: date) -> str:
    return f"Counted on {today.day} {today:%B %Y}."
