"""What a framework is and where it goes, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ikt_coder.codebooks.framework import Framework, Status, Verification
from ikt_coder.core.words import FrameworkKind
from ikt_coder.services.level_sets import OWN

translate = QCoreApplication.translate


def kind_words(kind: FrameworkKind) -> str:
    return {
        FrameworkKind.CODEBOOK: translate("Frameworks", "Codes"),
        FrameworkKind.LEVEL_SCHEME: translate("Frameworks", "Levels"),
        FrameworkKind.DIMENSION_SET: translate("Frameworks", "Attributes"),
        FrameworkKind.ORDINAL_SCALE: translate("Frameworks", "Charting scale"),
        FrameworkKind.CHARTING_SET: translate("Frameworks", "Charting forms"),
        FrameworkKind.PROCESS: translate("Frameworks", "Analysis diary"),
        FrameworkKind.CHECKLIST: translate("Frameworks", "Report checklist"),
        FrameworkKind.CROSSWALK: translate("Frameworks", "Crosswalk"),
        FrameworkKind.RATING_FORM: translate("Frameworks", "Rating form"),
        FrameworkKind.EXAMPLE: translate("Frameworks", "Example"),
    }[kind]


def place_words(preset: Framework) -> str:
    """Where its nodes go when it is added."""
    count = sum(node.applicable for node in preset.nodes)
    if preset.kind is FrameworkKind.CODEBOOK:
        return translate(
            "Frameworks",
            "Adds {count} codes to the codebook, below a heading “{name}”.",
        ).format(count=count, name=preset.name)
    if preset.key.startswith(OWN):
        return translate(
            "Frameworks",
            "A level set of this project. A coding can carry its levels beside its code.",
        )
    if preset.kind is FrameworkKind.LEVEL_SCHEME:
        return translate(
            "Frameworks",
            "Adds {count} levels that a coding can carry beside its code. Levels are never codes;"
            " a coding can have several.",
        ).format(count=count)
    if preset.kind is FrameworkKind.DIMENSION_SET:
        return translate(
            "Frameworks",
            "Shows direction and strength with every coding. They are attributes of a coding,"
            " never codes; codings made before have none until you set it.",
        )
    return ""


def verification_words(verification: Verification) -> str:
    if verification.status is Status.RETRIEVED:
        status = translate("Frameworks", "retrieved")
    else:
        status = translate("Frameworks", "recalled: confirm with the paper")
    sources = "; ".join(verification.sources)
    parts = [f"{verification.claim} — {status}"]
    if verification.note:
        parts.append(verification.note.rstrip("."))
    if sources:
        parts.append(sources)
    return ". ".join(parts) + "."


def overall_words(preset: Framework) -> str:
    """How far the framework's facts were checked, on one line."""
    recalled = sum(
        node.checked is not None and node.checked.status is Status.RECALLED for node in preset.nodes
    ) + sum(one.status is Status.RECALLED for one in preset.verification)
    if recalled:
        return translate("Frameworks", "{count} facts from memory: confirm with the paper").format(
            count=recalled
        )
    return translate("Frameworks", "Facts retrieved from the sources")
