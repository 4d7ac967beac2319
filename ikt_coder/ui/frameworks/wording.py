"""What a framework is and where it goes, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ikt_coder.codebooks.catalogue import crosswalks_from
from ikt_coder.codebooks.framework import AnswerKind, Applies, Framework, Status, Tier, Verification
from ikt_coder.codebooks.uses import Use
from ikt_coder.core.words import FrameworkKind
from ikt_coder.services.level_sets import OWN

translate = QCoreApplication.translate


def kind_words(preset: Framework) -> str:
    """What its nodes become, in a word."""
    if preset.kind is FrameworkKind.CODEBOOK and Applies.SEGMENT not in preset.applies_to:
        return translate("Frameworks", "Recommendations")
    return {
        FrameworkKind.CODEBOOK: translate("Frameworks", "Codes"),
        FrameworkKind.LEVEL_SCHEME: translate("Frameworks", "Levels"),
        FrameworkKind.DIMENSION_SET: translate("Frameworks", "Attributes"),
        FrameworkKind.ORDINAL_SCALE: translate("Frameworks", "Charting scale"),
        FrameworkKind.CHARTING_SET: translate("Frameworks", "Charting"),
        FrameworkKind.PROCESS: translate("Frameworks", "Analysis diary"),
        FrameworkKind.CHECKLIST: translate("Frameworks", "Report checklist"),
        FrameworkKind.CROSSWALK: translate("Frameworks", "Crosswalk"),
        FrameworkKind.RATING_FORM: translate("Frameworks", "Rating form"),
        FrameworkKind.EXAMPLE: translate("Frameworks", "Example"),
    }[preset.kind]


def tier_words(tier: Tier | None) -> str:
    """The heading over the frameworks of a tier; None for those of the user's own."""
    if tier is None:
        return translate("Frameworks", "Your own")
    return {
        Tier.CORE: translate("Frameworks", "Core"),
        Tier.RECOMMENDED: translate("Frameworks", "Recommended"),
        Tier.EXTENDED: translate("Frameworks", "Packs"),
        Tier.EXAMPLE: translate("Frameworks", "Examples"),
    }[tier]


def purpose_words(applies: frozenset[Applies]) -> str:
    """What the frameworks are for that are used on one of these."""
    if len(applies) == len(Applies):
        return translate("Frameworks", "For any purpose")
    return {
        Applies.SEGMENT: translate("Frameworks", "For coding passages"),
        Applies.CODING: translate("Frameworks", "For levels and attributes of codings"),
        Applies.DOCUMENT: translate("Frameworks", "For charting documents and events"),
        Applies.EVENT: translate("Frameworks", "For charting documents and events"),
        Applies.CASE: translate("Frameworks", "For rating cases"),
        Applies.RECOMMENDATION: translate("Frameworks", "For recommendations"),
        Applies.PROJECT: translate("Frameworks", "For reports and the analysis diary"),
    }[next(iter(applies))]


def place_words(preset: Framework) -> str:
    """Where its nodes go when it is added."""
    count = sum(node.applicable for node in preset.nodes)
    if preset.key.startswith(OWN):
        return translate(
            "Frameworks",
            "A level set of this project. A coding can carry its levels beside its code.",
        )
    if preset.kind in (FrameworkKind.ORDINAL_SCALE, FrameworkKind.CHARTING_SET):
        if len(preset.fields) == 1:
            return translate("Frameworks", "Adds a question to the charting form, not codes.")
        return translate(
            "Frameworks", "Adds {count} questions to the charting form, not codes."
        ).format(count=len(preset.fields))
    if preset.kind is FrameworkKind.CODEBOOK and Applies.SEGMENT not in preset.applies_to:
        return translate(
            "Frameworks",
            "Adds {count} entries to choose from in recommendations. They describe solutions and"
            " are not codes.",
        ).format(count=count)
    return {
        FrameworkKind.CODEBOOK: translate(
            "Frameworks",
            "Adds {count} codes to the codebook, below a heading “{name}”.",
        ).format(count=count, name=preset.name),
        FrameworkKind.LEVEL_SCHEME: translate(
            "Frameworks",
            "Adds {count} levels that a coding can carry beside its code. Levels are never codes;"
            " a coding can have several.",
        ).format(count=count),
        FrameworkKind.DIMENSION_SET: translate(
            "Frameworks",
            "Shows direction and strength with every coding. They are attributes of a coding,"
            " never codes; codings made before have none until you set it.",
        ),
        FrameworkKind.PROCESS: translate(
            "Frameworks", "Adds {count} phases to the analysis diary."
        ).format(count=count),
        FrameworkKind.CHECKLIST: translate(
            "Frameworks", "Adds a checklist of {count} items to the reports."
        ).format(count=count),
        FrameworkKind.RATING_FORM: translate(
            "Frameworks", "Adds {count} criteria by which recommendations are rated."
        ).format(count=count),
    }.get(preset.kind, "")


def use_words(use: Use) -> str:
    """What a framework can be added as, on a check box."""
    return {
        Use.CODES: translate("Frameworks", "as codes"),
        Use.CHART: translate("Frameworks", "in the charting form"),
    }[use]


def status_words(status: Status) -> str:
    """How far a fact was checked: a sign and words."""
    return {
        Status.RETRIEVED: translate("Frameworks", "✓ read in a source"),
        Status.RECALLED: translate("Frameworks", "? from memory: confirm with the paper"),
        Status.OWN: translate("Frameworks", "◇ our own proposal, not published"),
    }[status]


def status_mark(status: Status | None) -> str:
    """The mark of a node that was not read in a source; nothing for the others."""
    if status is Status.RECALLED:
        return translate("Frameworks", "? recalled")
    return translate("Frameworks", "◇ our own") if status is Status.OWN else ""


def verification_words(verification: Verification) -> str:
    parts = [f"{status_words(verification.status)} — {verification.claim}"]
    if verification.note:
        parts.append(verification.note.rstrip("."))
    if verification.sources:
        parts.append("; ".join(verification.sources))
    return ". ".join(parts) + "."


def question_words(preset: Framework) -> str:
    """The questions it puts into the charting form, and how each is answered."""
    how = {
        AnswerKind.ONE: translate("Frameworks", "one answer"),
        AnswerKind.SEVERAL: translate("Frameworks", "several answers"),
        AnswerKind.TEXT: translate("Frameworks", "text"),
    }
    asked = []
    for field in preset.fields:
        parts = [how[field.kind]]
        if field.basis:
            parts.append(translate("Frameworks", "explicit or inferred"))
        asked.append(f"{field.name} ({', '.join(parts)})")
    if not asked:
        return ""
    return translate("Frameworks", "Asked when charting: {names}.").format(names="; ".join(asked))


def crosswalk_words(preset: Framework) -> str:
    """Where its nodes lead, and by which publications."""
    said = []
    for walk in crosswalks_from(preset.key):
        sources = "; ".join(source.name for source in walk.sources)
        said.append(f"{walk.name} ({sources})")
    return (
        translate("Frameworks", "Crosswalks: {names}.").format(names=", ".join(said))
        if said
        else ""
    )


def overall_words(preset: Framework) -> str:
    """How far the framework's facts were checked, on one line."""
    recalled = sum(
        node.checked is not None and node.checked.status is Status.RECALLED for node in preset.nodes
    ) + sum(one.status is Status.RECALLED for one in preset.verification)
    if recalled:
        return translate(
            "Frameworks", "? {count} facts from memory: confirm with the paper"
        ).format(count=recalled)
    if not preset.verification:
        return ""
    return translate("Frameworks", "✓ Facts retrieved from the sources")
