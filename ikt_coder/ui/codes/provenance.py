"""Where a framework's node comes from and where it leads, in words."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ikt_coder.codebooks.catalogue import find_framework
from ikt_coder.codebooks.components import COMPONENTS
from ikt_coder.codebooks.crosswalk import Derived
from ikt_coder.codebooks.framework import Framework, Node, Status, Verification
from ikt_coder.core.errors import UserError
from ikt_coder.services.rows import CodeRow

if TYPE_CHECKING:
    from ikt_coder.services.crosswalks.links import Links
    from ikt_coder.services.project import Project

translate = QCoreApplication.translate


def preset_of(project: Project, key: str | None) -> Framework | None:
    """The framework of this key: the program's, or one of a person's own as the project keeps it;
    None where it is neither, or its file was spoilt."""
    if key is None:
        return None
    try:
        return project.frameworks.find(key)
    except UserError:
        return find_framework(key)


def node_of(project: Project, code: CodeRow) -> tuple[Framework, Node] | None:
    """The framework's node that a code was made from."""
    preset = preset_of(project, code.framework_key)
    if preset is None or code.node_key is None or code.node_key not in preset:
        return None
    return preset, preset.node(code.node_key)


def checked_in_words(verification: Verification | None) -> str:
    """How far a fact was checked."""
    if verification is None:
        return ""
    if verification.status is Status.RETRIEVED:
        words = translate("Provenance", "Checked in a source")
    elif verification.status is Status.OWN:
        words = translate("Provenance", "IKT Coder's own, not published")
    else:
        words = translate("Provenance", "From memory: confirm with the paper")
    note = verification.note.rstrip(".")
    return f"{words}. {note}." if note else f"{words}."


def derived_in_words(links: Links, derived: Derived | None, framework: str = COMPONENTS) -> str:
    """ "COM-B <b>Physical opportunity</b>, derived (Cane et al., 2012)", in rich text."""
    if derived is None or not derived.candidates:
        return ""
    short = escape(links.group(framework).short)
    source = escape(source_in_words(links, framework))
    shown = derived.candidates if derived.undecided else derived.targets
    names = [f"<b>{escape(links.target(framework, key).name)}</b>" for key in shown]
    if derived.undecided:
        return translate(
            "Provenance", "{framework} {names}: undecided, not counted (crosswalk, {source})"
        ).format(framework=short, names=translate("Provenance", " or ").join(names), source=source)
    return translate("Provenance", "{framework} {names}, derived ({source})").format(
        framework=short, names=translate("Provenance", " and ").join(names), source=source
    )


def all_derived_in_words(links: Links, code: CodeRow, choice: tuple[str, ...] = ()) -> str:
    """Where a code leads in each framework, a line each, in rich text."""
    told = [
        derived_in_words(links, links.derive(code, choice, group.key), group.key)
        for group in links.groups()
    ]
    return "<br>".join(words for words in told if words)


def source_in_words(links: Links, target: str) -> str:
    """What is followed to a framework: "Cane et al., 2012; links of the project"."""
    told = [walk.source_of(source).citation.short for walk, source in links.sources_to(target)]
    if links.drawn_to(target) or links.drawn_through(target):
        told.append(translate("Provenance", "links of the project"))
    return "; ".join(told)
