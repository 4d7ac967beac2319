"""Whose words the definitions are that coders saw: ours, the project's, or the source's."""

from __future__ import annotations

from collections.abc import Iterable

from ikt_coder.codebooks.catalogue import find_framework
from ikt_coder.core.frozen import frozen
from ikt_coder.services.rows import CodeRow, LevelRow


@frozen
class WordingSeen:
    """Of so many definitions, how many the project worded itself, and beside how many the
    source's own wording stood."""

    total: int
    reworded: int
    with_source: int


def wording_seen(codes: Iterable[CodeRow], levels: Iterable[LevelRow], actor: str) -> WordingSeen:
    """Whose words the definitions of framework codes and of levels are; rows without a
    definition do not count, nor do codes of frameworks that do not come with the program.
    ``actor`` is the project's focal actor."""
    nodes = [
        row
        for row in codes
        if row.node_key and row.definition and find_framework(row.framework_key) is not None
    ]
    defined = [row for row in levels if row.definition]
    return WordingSeen(
        total=len(nodes) + len(defined),
        reworded=sum(not is_paraphrase(row, actor) for row in nodes)
        + sum(not row.paraphrase for row in defined),
        with_source=sum(bool(row.source_wording) for row in nodes)
        + sum(bool(row.source_wording) for row in defined),
    )


def is_paraphrase(code: CodeRow, actor: str) -> bool:
    """Whether the definition of a framework's code is still the one that comes with it."""
    if not code.definition or code.node_key is None:
        return False
    preset = find_framework(code.framework_key)
    if preset is None or code.node_key not in preset:
        return False
    return preset.node(code.node_key).definition_for(actor) == code.definition
