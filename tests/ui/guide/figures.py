"""The figures that the guide states of the sample, computed from the sample."""

from __future__ import annotations

from collections.abc import Callable

from ikt_coder.agreement.display import shown
from ikt_coder.core.query import Block, Condition, Filters, Query, Relation, Term, TermKind
from ikt_coder.core.rounds import DifferenceKind
from ikt_coder.core.search import Mode, SearchQuery
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.core.words import Consent, Subject, Valence
from ikt_coder.services.comparison_rows import Agreement, CodeLine
from ikt_coder.services.project import Project
from ikt_coder.services.rows import CodeRow, DocumentRow, ThemeRow
from ikt_coder.services.safety import NEWEST_KEPT
from ikt_coder.services.settling_rows import Progress

FIRST = "P01 Patient partner"
THEME = "Trust is built between the meetings"
TRUST = "Trusting relationship"
Figure = int | str


def figures(project: Project) -> dict[str, Callable[[], Figure]]:
    """Every figure by its name in the guide."""
    return {
        **_of_the_study(project),
        **_of_codings(project),
        **_of_retrieval(project),
        **_of_search(project),
        **_of_themes(project),
        **_of_coders(project),
        **_beside_coding(project),
    }


def _of_the_study(project: Project) -> dict[str, Callable[[], Figure]]:
    people = project.participants.all
    return {
        "documents": lambda: len(project.documents.all()),
        "folders": lambda: len(project.folders.all()),
        "coders": lambda: len(project.coders.all()),
        "participants": lambda: len(people()),
        "participants who may be quoted": lambda: sum(
            one.consent is Consent.QUOTE for one in people()
        ),
        "attributes of participants": lambda: _attributes(project, Subject.PARTICIPANT),
        "attributes of documents": lambda: _attributes(project, Subject.DOCUMENT),
        f"turns of {FIRST}": lambda: _first(project).turns,
        f"turns of each speaker in {FIRST}": lambda: _turns_of_each(project),
        "levels": lambda: len(project.frameworks.levels()),
        "newest backups kept": lambda: NEWEST_KEPT,
    }


def _of_codings(project: Project) -> dict[str, Callable[[], Figure]]:
    def by(initials: str, document: DocumentRow) -> int:
        coder = project.coders.find(initials).id
        return len(project.codings.in_document(document.id, coder))

    def own(name: str) -> int:
        return _code(project, name).codings

    def pinned(digit: int) -> str:
        return next(row.name for row in project.codes.all() if row.pin == digit)

    codes = project.codes.all
    return {
        "codings of MH": lambda: sum(by("MH", row) for row in project.documents.all()),
        "codings of PD": lambda: sum(by("PD", row) for row in project.documents.all()),
        f"codings of MH in {FIRST}": lambda: by("MH", _first(project)),
        f"codings of PD in {FIRST}": lambda: by("PD", _first(project)),
        "codes": lambda: sum(row.applicable for row in codes()),
        "own codes": lambda: sum(row.framework is None for row in codes()),
        "framework codes": lambda: sum(
            row.applicable and row.framework is not None for row in codes()
        ),
        f"codings of MH with {TRUST}": lambda: own(TRUST),
        "codings of MH with Contact between meetings": lambda: own("Contact between meetings"),
        "codings of MH with Written terms": lambda: own("Written terms"),
        "code on key 1": lambda: pinned(1),
        "code on key 2": lambda: pinned(2),
        "memos marked ask": lambda: sum(memo.ask for memo in project.memos.all()),
    }


def _of_retrieval(project: Project) -> dict[str, Callable[[], Figure]]:
    def trust(*conditions: Condition, filters: Filters = Filters()) -> Query:  # noqa: B008 - frozen
        term = Term(TermKind.CODE, _code(project, TRUST).id)
        return Query((Block((term,), conditions),), filters)

    def barriers() -> int:
        only = Filters(directions=frozenset({Valence.BARRIER}))
        return project.retrieval.find(trust(filters=only)).references

    def beside() -> Query:
        deciding = Term(TermKind.CODE, _code(project, "Shared decisions").id)
        spoken = Filters(roles=frozenset({SpeakerRole.PARTICIPANT}))
        return trust(Condition((deciding,), Relation.OVERLAP), filters=spoken)

    find = project.retrieval.find
    together = f"{TRUST} overlapping Shared decisions, participants speaking"
    return {
        f"codings of {TRUST} with sub-codes": lambda: find(trust()).references,
        f"passages of {TRUST} with sub-codes": lambda: find(trust()).passages,
        f"participants of {TRUST} with sub-codes": lambda: find(trust()).participants,
        f"barriers of {TRUST} with sub-codes": barriers,
        f"codings of {together}": lambda: find(beside()).references,
        f"participants of {together}": lambda: find(beside()).participants,
    }


def _of_search(project: Project) -> dict[str, Callable[[], Figure]]:
    find = project.search.find
    forms = SearchQuery("decide", Mode.LEMMA)
    spoken = SearchQuery("decide", Mode.LEMMA, roles=frozenset({SpeakerRole.PARTICIPANT}))
    return {
        "hits of the forms of decide": lambda: find(forms).total,
        "documents with the forms of decide": lambda: len(find(forms).documents),
        "hits of the whole word decide": lambda: find(SearchQuery("decide", Mode.WORD)).total,
        "hits of the forms of decide without the interviewer": lambda: find(spoken).total,
        "words of participants": lambda: project.words.frequencies().words,
    }


def _beside_coding(project: Project) -> dict[str, Callable[[], Figure]]:
    charting = project.charting
    return {
        "charted interviews": lambda: charting.progress().charted,
        "interviews with a form": lambda: charting.progress().subjects,
        "questions of the form": lambda: len(charting.grid().fields),
        "events of the log": lambda: len(project.engagement.all()),
        "summaries of the matrix": lambda: sum(row.written for row in project.matrices.all()),
        "questions of the guide": lambda: len(project.guide.all()),
    }


def _of_themes(project: Project) -> dict[str, Callable[[], Figure]]:
    def theme() -> ThemeRow:
        return project.themes.find(THEME)

    return {
        "themes": lambda: len(project.themes.all()),
        f"codings of {THEME}": lambda: theme().references_below,
        f"passages of {THEME}": lambda: theme().passages_below,
        f"participants of {THEME}": lambda: theme().participants_below,
        f"quotes of {THEME}": lambda: len(project.quotes.of(theme().id)),
        "deviant cases": lambda: len(project.themes.deviant_cases()),
        "links": lambda: len(project.themes.links.all()),
    }


def _of_coders(project: Project) -> dict[str, Callable[[], Figure]]:
    def agreement() -> Agreement:
        return project.comparison.agreement(project.rounds.find("1").id)

    def progress() -> Progress:
        return project.reconciliation.progress(project.rounds.find("1").id)

    def trust() -> CodeLine:
        return agreement().line(_code(project, TRUST).id)

    return {
        "documents of round 1": lambda: len(agreement().documents),
        "pooled kappa of round 1": lambda: shown(agreement().overall.pooled_kappa.value),
        f"kappa of {TRUST} in round 1": lambda: shown(trust().figures.value("kappa")),
        f"characters of {TRUST} by both in round 1": lambda: f"{trust().figures.both:,}",
        "agreed passages of round 1": lambda: progress().agreed,
        "differences of round 1": lambda: progress().total,
        "settled differences of round 1": lambda: progress().settled,
        "differences of one coder only in round 1": lambda: progress().kinds[
            DifferenceKind.ONE_SIDE
        ],
        "differences of edges in round 1": lambda: progress().kinds[DifferenceKind.BOUNDARY],
        "differences of code in round 1": lambda: progress().kinds[DifferenceKind.DIFFERENT_CODE],
        "differences of direction in round 1": lambda: progress().kinds[DifferenceKind.ATTRIBUTE],
    }


def _first(project: Project) -> DocumentRow:
    return project.documents.find(FIRST)


def _attributes(project: Project, subject: Subject) -> int:
    return sum(row.subject is subject for row in project.attributes.all())


def _turns_of_each(project: Project) -> int:
    turns = project.documents.turns(_first(project).id)
    counts = {label: sum(t.speaker == label for t in turns) for label in {t.speaker for t in turns}}
    assert len(set(counts.values())) == 1, counts
    return next(iter(counts.values()))


def _code(project: Project, name: str) -> CodeRow:
    return next(row for row in project.codes.all() if row.name == name)
