"""Words of the engagement log on screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ikt_coder.services.engagement.rows import EventRow, LinkTarget, ListName

translate = QCoreApplication.translate


def event_words(event: EventRow) -> str:
    """What a list calls an event."""
    return event.title or event.activity_name or translate("Engagement", "Event without a title")


def when_words(event: EventRow) -> str:
    """Its date, or from when to when."""
    if not event.date:
        return translate("Engagement", "no date")
    if event.until:
        return translate("Engagement", "{first} to {last}").format(
            first=event.date, last=event.until
        )
    return event.date


def list_words(list_name: ListName) -> str:
    """What a list of the log is called."""
    return {
        ListName.ACTIVITY: translate("Engagement", "Activities"),
        ListName.KNOWLEDGE_USER: translate("Engagement", "Types of knowledge users"),
        ListName.PART: translate("Engagement", "Parts they take"),
    }[list_name]


def target_words(kind: LinkTarget) -> str:
    """What kind of thing an event changed."""
    return {
        LinkTarget.CODE: translate("Engagement", "Code"),
        LinkTarget.THEME: translate("Engagement", "Theme"),
        LinkTarget.DOCUMENT: translate("Engagement", "Document"),
        LinkTarget.DECISION: translate("Engagement", "Decision"),
    }[kind]
