"""Where a framework's node comes from and where it leads, in words."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication

from ikt_coder.codebooks.catalogue import derivation_from, find_framework
from ikt_coder.codebooks.crosswalk import Crosswalk, Derived
from ikt_coder.codebooks.framework import Framework, Node, Status, Verification
from ikt_coder.services.rows import CodeRow

translate = QCoreApplication.translate


def preset_of(key: str | None) -> Framework | None:
    """The preset of this key that comes with the program, if it does."""
    return find_framework(key)


def node_of(code: CodeRow) -> tuple[Framework, Node] | None:
    """The preset's node that a code was made from."""
    preset = preset_of(code.framework_key)
    if preset is None or code.node_key is None or code.node_key not in preset:
        return None
    return preset, preset.node(code.node_key)


def checked_in_words(verification: Verification | None) -> str:
    """How far a fact was checked."""
    if verification is None:
        return ""
    if verification.status is Status.RETRIEVED:
        words = translate("Provenance", "Checked in a source")
    else:
        words = translate("Provenance", "From memory: confirm with the paper")
    note = verification.note.rstrip(".")
    return f"{words}. {note}." if note else f"{words}."


def crosswalk_from(framework_key: str | None) -> Crosswalk | None:
    return derivation_from(framework_key)


def target_name(crosswalk: Crosswalk, node: str) -> str:
    target = preset_of(crosswalk.target_framework)
    return target.node(node).name if target is not None and node in target else node


def derived_in_words(code: CodeRow, derived: Derived | None) -> str:
    """ "COM-B <b>Physical opportunity</b>, derived (Cane et al., 2012)", in rich text."""
    crosswalk = crosswalk_from(code.framework_key)
    if crosswalk is None or derived is None or not derived.candidates:
        return ""
    target = preset_of(crosswalk.target_framework)
    short = target.short_name if target is not None else crosswalk.target_framework
    source = crosswalk.default_source.citation.short
    if derived.undecided:
        names = [f"<b>{escape(target_name(crosswalk, key))}</b>" for key in derived.candidates]
        return translate(
            "Provenance", "{framework} {names}: undecided, not counted (crosswalk, {source})"
        ).format(
            framework=escape(short),
            names=translate("Provenance", " or ").join(names),
            source=escape(source),
        )
    names = [f"<b>{escape(target_name(crosswalk, key))}</b>" for key in derived.targets]
    return translate("Provenance", "{framework} {names}, derived ({source})").format(
        framework=escape(short),
        names=translate("Provenance", " and ").join(names),
        source=escape(source),
    )
