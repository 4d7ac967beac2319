"""A merge in words: what comes in, what both changed, what stays and why."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from ikt_coder.services.merging.rows import (
    Conflict,
    ConflictKind,
    Counts,
    DocumentMatch,
    FileKind,
    Left,
    MarkedDocument,
    MergedDocument,
    MergePlan,
    Reason,
)
from ikt_coder.ui.counting import counted
from ikt_coder.ui.wording import status_word

translate = QCoreApplication.translate

# Documents that are listed one by one.
SHOWN = 40


def kind_words(plan: MergePlan) -> str:
    """How the file stands to the project."""
    return {
        FileKind.COPY: translate("Merge", "A coder's copy of this project."),
        FileKind.SAME: translate("Merge", "Another copy of this project."),
        FileKind.OTHER: translate("Merge", "Another project, made apart from this one."),
    }[plan.kind]


def comes_in(plan: MergePlan) -> list[str]:
    """What would come in, line by line; documents have lines of their own."""
    lines = []
    if plan.coders:
        lines.append(translate("Merge", "work of {names}").format(names=", ".join(plan.coders)))
    for table, counts in plan.tables.items():
        thing = _thing(table)
        if table == "document":
            lines += [marked_words(document) for document in plan.marked[:SHOWN]]
            told = min(len(plan.marked), SHOWN)
            counts = replace(counts, changed=counts.changed - told)
        if thing and counts:
            lines.append(f"{thing}: {_counted(counts)}")
    decisions = plan.records.get("decision", 0)
    if decisions:
        lines.append(
            counted(
                decisions,
                translate("Merge", "1 decision on a difference"),
                translate("Merge", "{count} decisions on differences"),
            )
        )
    finished = plan.records.get("snapshot", 0)
    if finished:
        lines.append(
            counted(
                finished,
                translate("Merge", "1 document finished by its coder"),
                translate("Merge", "{count} documents finished by their coders"),
            )
        )
    return lines


def marked_words(document: MarkedDocument) -> str:
    """ "“P03 interview” marked as coded"."""
    words = translate("Merge", "“{title}” marked as {status}")
    words = words.replace("{status}", status_word(document.status))
    return words.replace("{title}", document.title)


def _counted(counts: Counts) -> str:
    parts = [
        words.format(count=number)
        for words, number in (
            (translate("Merge", "{count} new"), counts.added),
            (translate("Merge", "{count} changed"), counts.changed),
            (translate("Merge", "{count} removed"), counts.removed),
        )
        if number
    ]
    return ", ".join(parts)


def _thing(table: str) -> str:
    """What the rows of a table are called; "" for those nobody needs to hear of."""
    return {
        "attribute": translate("Merge", "attributes"),
        "attribute_value": translate("Merge", "values of attributes"),
        "behaviour": translate("Merge", "target behaviours"),
        "code": translate("Merge", "codes"),
        "coder": translate("Merge", "coders"),
        "coding": translate("Merge", "codings"),
        "coding_round": translate("Merge", "rounds"),
        "document": translate("Merge", "documents"),
        "folder": translate("Merge", "folders"),
        "framework": translate("Merge", "frameworks"),
        "level": translate("Merge", "levels"),
        "memo": translate("Merge", "memos"),
        "participant": translate("Merge", "participants"),
        "project": translate("Merge", "the project card"),
        "quote": translate("Merge", "quotes"),
        "saved_query": translate("Merge", "kept retrievals"),
        "saved_table": translate("Merge", "kept tables"),
        "speaker": translate("Merge", "speakers"),
        "study": translate("Merge", "studies"),
        "guide_question": translate("Merge", "questions of the guide"),
        "question_turn": translate("Merge", "turns with their question"),
        "chart_field": translate("Merge", "charting fields"),
        "chart_answer": translate("Merge", "charted answers"),
        "chart_check": translate("Merge", "checks of charting"),
        "engagement_event": translate("Merge", "engagement events"),
        "event_user": translate("Merge", "knowledge users of events"),
        "list_term": translate("Merge", "words of the engagement log"),
        "code_link": translate("Merge", "links between codes"),
        "belief": translate("Merge", "belief statements"),
        "recommendation": translate("Merge", "recommendations"),
        "recommendation_rating": translate("Merge", "ratings of recommendations"),
        "case_rating": translate("Merge", "case ratings"),
        "framework_matrix": translate("Merge", "framework matrices"),
        "matrix_cell": translate("Merge", "summaries in matrices"),
        "glossary_term": translate("Merge", "terms of the glossary"),
        "checklist_answer": translate("Merge", "answers to checklists"),
        "theme": translate("Merge", "themes"),
        "theme_code": translate("Merge", "codes in themes"),
        "theme_coding": translate("Merge", "passages in themes"),
        "theme_link": translate("Merge", "links between themes"),
    }.get(table, "")


def _one(table: str) -> str:
    """What a row of a table is called."""
    return {
        "code": translate("Merge", "the code"),
        "coder": translate("Merge", "the coder"),
        "coding": translate("Merge", "a coding with"),
        "document": translate("Merge", "the document"),
        "folder": translate("Merge", "the folder"),
        "memo": translate("Merge", "the memo"),
        "participant": translate("Merge", "the participant"),
        "quote": translate("Merge", "a quote in"),
        "theme": translate("Merge", "the theme"),
    }.get(table, _thing(table) or table.replace("_", " "))


def document_lines(plan: MergePlan) -> list[str]:
    """A line for each document in which something happens."""
    lines = [_document(row) for row in plan.documents[:SHOWN]]
    more = len(plan.documents) - SHOWN
    if more > 0:
        lines.append(translate("Merge", "and {count} more").format(count=more))
    return lines


def _document(row: MergedDocument) -> str:
    parts = []
    if row.match is DocumentMatch.ADDED:
        parts.append(translate("Merge", "new here"))
    elif row.match is DocumentMatch.FINGERPRINT:
        parts.append(translate("Merge", "the same words"))
    elif row.match is DocumentMatch.ALIGNED:
        share = f"{row.similarity:.1%}"
        parts.append(translate("Merge", "nearly the same text ({share})").format(share=share))
    elif row.match is DocumentMatch.REFUSED:
        parts.append(translate("Merge", "another text of this title: left out"))
    if row.codings:
        parts.append(f"{_thing('coding')}: {_counted(row.codings)}")
    if row.mended:
        parts.append(
            counted(
                row.mended,
                translate("Merge", "1 mended place"),
                translate("Merge", "{count} mended places"),
            )
        )
    if row.sealed:
        parts.append(translate("Merge", "sealed"))
    for names, words in (
        (row.finished, translate("Merge", "{names}: finished")),
        (row.unfinished, translate("Merge", "{names}: not finished")),
    ):
        if names:
            parts.append(words.format(names=", ".join(names)))
    return f"{row.title} – {'; '.join(parts)}" if parts else row.title


def left_line(left: Left) -> str:
    """What stays or is left out, and why."""
    name = f"“{left.name}”" if left.name else ""
    several = left.count > 1 or not name
    what = f"{_thing(left.table) or left.table}: {left.count}" if several else _one(left.table)
    why = {
        Reason.CHANGED_HERE: translate("Merge", "deleted there, but changed here: it stays"),
        Reason.CHANGED_THERE: translate("Merge", "deleted here, but changed there: it comes back"),
        Reason.USED_HERE: translate("Merge", "deleted there, but used here: it stays"),
        Reason.USED_THERE: translate("Merge", "deleted here, but used there: it comes back"),
        Reason.MENDED_FURTHER: translate(
            "Merge", "a place was mended further here, so its mending is not taken back"
        ),
        Reason.RESTS_ON_OTHERS: translate(
            "Merge", "a mended place there rests on one that stays away"
        ),
        Reason.MENDED_BEFORE: translate(
            "Merge", "a place had been mended otherwise before the copy was made"
        ),
        Reason.WORDS_GONE: translate("Merge", "their words are not in the text here"),
        Reason.BELONGS_NOWHERE: translate("Merge", "what they belong to is not in this project"),
        Reason.OTHER_TEXT: translate("Merge", "the text here says something else"),
    }[left.why]
    if left.share is not None:
        why = translate("Merge", "{why} ({share} of it is the same)").format(
            why=why, share=f"{left.share:.0%}"
        )
    return " ".join(part for part in (what, name) if part) + f" – {why}"


def conflict_title(conflict: Conflict) -> str:
    """What has to be decided."""
    words = {
        ConflictKind.CODER: translate("Merge", "There is a coder “{subject}” in both files"),
        ConflictKind.CODE_NAME: translate("Merge", "Both made a code “{subject}”"),
        ConflictKind.TEXT: translate(
            "Merge", "“{subject}”: one place was mended in both: “…{field}…”"
        ),
    }.get(conflict.kind)
    if words is None:
        words = translate("Merge", "“{subject}”: {field}")
    text = conflict.kind is ConflictKind.TEXT
    field = " ".join(conflict.field.split()) if text else _field(conflict.field)
    return words.format(subject=conflict.subject, field=field)


def answers(conflict: Conflict) -> tuple[str, str]:
    """What the two answers are called: here, there."""
    if conflict.kind is ConflictKind.CODER:
        return (
            translate("Merge", "Another person (gets a number)"),
            translate("Merge", "The same person"),
        )
    if conflict.kind is ConflictKind.CODE_NAME:
        return translate("Merge", "Two codes"), translate("Merge", "One code")
    return translate("Merge", "As it is here"), translate("Merge", "As it is in the file")


def _field(field: str) -> str:
    """A column as a person knows it."""
    name = field.partition(".")[2]
    known = {
        "name": translate("Merge", "name"),
        "title": translate("Merge", "title"),
        "label": translate("Merge", "name"),
        "text": translate("Merge", "text"),
        "memo": translate("Merge", "memo"),
        "definition": translate("Merge", "definition"),
        "include": translate("Merge", "when to use it"),
        "exclude": translate("Merge", "when not to use it"),
        "example": translate("Merge", "example"),
        "colour": translate("Merge", "colour"),
        "parent_id": translate("Merge", "what it lies below"),
        "merged_into": translate("Merge", "what it was merged into"),
        "code_id": translate("Merge", "code"),
        "valence": translate("Merge", "direction"),
        "strength": translate("Merge", "strength"),
        "description": translate("Merge", "description"),
        "value": translate("Merge", "value"),
        "note": translate("Merge", "note"),
    }
    return known.get(name, name.removesuffix("_id").replace("_", " "))
