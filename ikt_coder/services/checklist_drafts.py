"""What a project knows for certain of the items of a reporting checklist, as drafts.

Only facts that the project holds are said; what they mean for the study is the author's to write.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import select

from ikt_coder.core.words import Approach
from ikt_coder.model import Quote
from ikt_coder.services.methods_facts import project_facts
from ikt_coder.services.report_language.methods_languages import METHODS
from ikt_coder.services.theme_quotes import FEW
from ikt_coder.services.theme_table_options import ExportLanguage

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_CODING = {"24": "coreq.24", "25": "coreq.25", "26": "coreq.26", "27": "coreq.27"}


def drafts(project: Project, framework_key: str) -> dict[str, str]:
    """Drafts by the key of the item; none for a checklist that nothing is known of."""
    if framework_key != "checklist-coreq":
        return {}
    found = {"coreq.12": _sample_size(project), "coreq.16": _sample(project)}
    if project.card.get().approach is Approach.REFLEXIVE:
        found["coreq.27"] = f"{_program()}."
    else:
        for name, said in METHODS[ExportLanguage.ENGLISH].coreq(project_facts(project)):
            found[_CODING[name.partition(".")[0]]] = said
    found["coreq.29"] = _quotations(project)
    return {key: said for key, said in found.items() if said}


def _program() -> str:
    from ikt_coder import __version__

    return f"IKT Coder {__version__}"


def _sample_size(project: Project) -> str:
    people = project.participants.all()
    if not people:
        return ""
    kept = sum(not person.left_out for person in people)
    out = len(people) - kept
    said = f"{_plural(kept, 'participant')} in {_plural(len(project.documents.all()), 'document')}."
    if out:
        said += f" {_plural(out, 'further participant')} {_was(out)} left out of analysis."
    return said


def _sample(project: Project) -> str:
    """Groups with their sizes; small ones together, as their names may tell who somebody is."""
    groups = Counter(
        person.group
        for person in project.participants.all()
        if not person.left_out and person.group
    )
    if not groups:
        return ""
    told = [f"{name} ({count})" for name, count in sorted(groups.items()) if count >= FEW]
    small = sum(count for count in groups.values() if count < FEW)
    if small:
        told.append(f"other groups ({small})" if told else f"groups of fewer than three ({small})")
    return f"{', '.join(told)}."


def _quotations(project: Project) -> str:
    quotes = project.connection.execute(select(Quote.theme_id, Quote.coding_id)).all()
    if not quotes:
        return ""
    themes = len({row.theme_id for row in quotes})
    return (
        f"{_plural(len(quotes), 'quotation')} {_was(len(quotes))} accepted for "
        f"{_plural(themes, 'theme')}; each is identified by the participant's pseudonym."
    )


def _plural(count: int, one: str) -> str:
    return f"{count} {one}" if count == 1 else f"{count} {one}s"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"
