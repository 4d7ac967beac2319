"""How SQLAlchemy is loaded: without the work that it does for uses this program has not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from ikt_coder.core.after_loading import after_loading
from ikt_coder.core.deferred import deferred

_UNUSED = {"asyncio": ("iscoroutine",), "importlib.metadata": ()}
"""What SQLAlchemy and filelock import for uses that this program does not make of them."""


@contextmanager
def loading_sqlalchemy() -> Iterator[None]:
    """Load SQLAlchemy and filelock within this, the first time that the program does.

    SQLAlchemy makes a class beside each class of its expressions, a hundred with fifty ancestors
    each, for annotations that its object mapper writes to every part of a statement. Of a part
    that has no such class it makes one when the first annotation is written; so it is with the
    classes that a program adds, and so it is here with all but the first of each family.
    """
    annotations = after_loading("sqlalchemy.sql.annotation", _only_the_first)
    with deferred(_UNUSED), annotations:
        yield


def _only_the_first(annotation: ModuleType) -> None:
    if not hasattr(annotation, "_prepare_annotations"):
        return  # a SQLAlchemy that goes about it in another way

    def prepare(family: type, base: type) -> Any:
        return annotation._new_annotation_type(family, base)

    annotation._prepare_annotations = prepare  # type: ignore[attr-defined]  # of SQLAlchemy
