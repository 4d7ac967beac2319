"""What others coded in a sealed document is not reachable: two projects that differ only in it
answer alike, whatever they are asked, until the round is unsealed."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest

from ikt_coder.core.cases import CaseKind, CaseRef
from ikt_coder.core.errors import UserError
from ikt_coder.core.query import Filters, Query
from ikt_coder.core.query import Whose as AskedWhose
from ikt_coder.core.search import Coded, SearchQuery
from ikt_coder.core.span import Span
from ikt_coder.core.words import Flag, Stance, Valence, Whose
from ikt_coder.services import project as projects
from ikt_coder.services.charting.rows import SubjectKind
from ikt_coder.services.project import Project
from tests.sealed_pair import GRO, MARK, Plain, Two, make_two
from tests.sealed_study import AMARA, BENI, SEALED, unseal_round

Answers = Callable[[Path, str | None], dict[str, Any]]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    return make_two(tmp_path_factory.mktemp("sealed"))


@pytest.fixture(scope="module")
def answers(two: Two) -> Answers:
    """Everything a file answers somebody, asked once for all tests."""
    return cache(lambda path, who: _answers(path, two, who))


def _asked(project: Project, two: Two) -> dict[str, list[Any]]:
    """What the parameters of services are called with, by their names."""
    documents = [project.documents.find(title).id for title in SEALED]
    documents.append(next(row.id for row in project.documents.all() if row.title not in SEALED))
    codes = [row.id for row in project.codes.all(counted=False) if row.id in two.known]
    coders = [row.id for row in project.coders.everyone()]
    with project.sight.everything():  # to ask for what may not be seen
        theirs = [
            row.id
            for key in documents
            for coder in coders
            for row in project.codings.in_document(key, coder)[:3]
            if row.id in two.known
        ]
        memos = [row.id for row in project.memos.all()[:12] if row.id in two.known]
        quotes = [
            quote.id
            for theme in project.themes.names()
            for quote in project.quotes.of(theme)
            if quote.id in two.known
        ]
    themes = list(project.themes.names())
    span = Span(100, 180)
    return {
        "document": documents,
        "documents": [documents],
        "coder": [*coders, None],
        "coders": [tuple(coders)],
        "code": codes[:8],
        "codes": [codes[:8]],
        "coding": theirs,
        "codings": [theirs],
        "keys": [theirs],
        "key": theirs,
        "memo": memos,
        "theme": themes[:3],
        "other": themes[3:4],
        "quote": quotes[:6],
        "quotes": [quotes],
        "sources": [codes[1:3]],
        "target": codes[3:5],
        "source": themes[:1],
        "span": [span],
        "whose": list(Whose),
        "matrix": [row.id for row in project.matrices.all()],
        "belief": [row.id for row in project.beliefs.all()],
        "event": [row.id for row in project.engagement.all()],
        "field": [row.id for row in project.charting.fields()],
        "kind": [*CaseKind, *SubjectKind],
        "case": [CaseRef(CaseKind.PARTICIPANT, row.id) for row in project.participants.all()][:3],
        "level": [row.id for row in project.frameworks.levels()][:4],
        "levels": [[row.id for row in project.frameworks.levels()][:2]],
        "framework": [row.id for row in project.frameworks.all()],
        "framework_id": [row.id for row in project.frameworks.all()],
        "participant": [row.id for row in project.participants.all()][:3],
        "seq": [4, 5, 6],
        "table": ["coding"],
        "count": [5],
        "valence": [Valence.BARRIER],
        "stance": [Stance.QUALIFIES],
        "flag": [Flag.STAR],
        "strength": [1],
        "name": [MARK, BENI, "Anything"],
        "path": [MARK],
        "query": [
            *(Query(whose=whose) for whose in (AskedWhose.LAYER, AskedWhose.EVERYONE)),
            Query(whose=AskedWhose.CODER, coders=frozenset(coders)),
            Query(whose=AskedWhose.EVERYONE, filters=Filters(memo="*")),
            Query(whose=AskedWhose.EVERYONE, filters=Filters(flags=frozenset(Flag))),
            *(
                SearchQuery("the", coded=coded, whose=whose, codes=frozenset(chosen))
                for coded in Coded
                for whose in Whose
                for chosen in ((), codes[:4])
            ),
        ],
        "text": [MARK],
        "found": [],
        "reason": ["Because"],
        "round_": [two.round],
        "round": [two.round],
        "sight": [],
        "most": [0, 7],
    }


# Asked otherwise, or of the file itself and not of what is in it.
_APART = {
    "safety": {"backup", "backup_if_changed", "save_copy", "backups", "compact"},
    "words": {"close", "analysis", "frequencies", "phrases", "missing", "prepare"},  # texts alone
    "copies": {"make"},
    "merging": {"apply", "plan"},
    "sight": {"everything"},
    "search": set(),
}


def _answers(path: Path, two: Two, who: str | None, before: str | None = None) -> dict[str, Any]:
    """Everything every service answers on a file that may only be read; ``before`` sat there
    first and asked the same."""
    first = Project.open(two.quiet, read_only=True)
    asked = _asked(first, two)
    first.close()
    project = Project.open(path, read_only=True)
    try:
        plain = Plain(two)
        if before is not None:
            project.coder = project.coders.find(before).id
            _asked_of_all(project, asked, plain)
        project.coder = None if who is None else project.coders.find(who).id
        return _asked_of_all(project, asked, plain)
    finally:
        project.close()


def _asked_of_all(project: Project, asked: dict[str, list[Any]], plain: Plain) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    services = [
        name for name, kind in vars(projects.Project).items() if isinstance(kind, projects._Service)
    ]
    for name in services:
        service = getattr(project, name)
        for method in sorted(dir(service)):
            act = getattr(service, method)
            if method.startswith("_") or not callable(act) or method in _APART.get(name, ()):
                continue
            answers |= _called(f"{name}.{method}", act, asked, plain)
    return answers


def _offered(parameter: inspect.Parameter, asked: dict[str, list[Any]]) -> list[Any]:
    """What a parameter is given: the values of its name, or names where it wants words."""
    values = asked[parameter.name]
    wanted = str(parameter.annotation)
    if "UUID" in wanted or "str" not in wanted:
        return values
    if not wanted.startswith("str"):
        return [tuple(asked["name"])]
    return [value for value in values if isinstance(value, str)] or asked["name"]


def _called(
    name: str, act: Callable[..., Any], asked: dict[str, list[Any]], plain: Plain
) -> dict[str, Any]:
    try:
        parameters = list(inspect.signature(act).parameters.values())
    except (TypeError, ValueError):
        return {}
    needed = [
        p
        for p in parameters
        if p.default is p.empty
        and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)
    ]
    if any(p.name not in asked for p in needed):
        return {}
    optional = [p for p in parameters if p not in needed and p.name in asked]
    found: dict[str, Any] = {}
    for more in [(), *((p,) for p in optional)]:
        given = [*needed, *more]
        for values in islice(product(*(_offered(p, asked) for p in given)), 24):
            words = {p.name: v for p, v in zip(given, values, strict=True)}
            positional = [words.pop(p.name) for p in needed if p.kind is p.POSITIONAL_ONLY]
            at = f"{name}({plain(list(words.items()))})"
            try:
                answer = plain(act(*positional, **words))
            except (UserError, TypeError, ValueError, KeyError, AttributeError) as error:
                answer = f"{type(error).__name__}: {plain(str(error))}"
            found.setdefault(at, []).append(answer)
    return found


@pytest.mark.parametrize("who", [BENI, GRO, None])
def test_every_service_answers_alike(two: Two, answers: Answers, who: str | None) -> None:
    quiet, loud = answers(two.quiet, who), answers(two.loud, who)
    assert len(quiet) > 500
    assert {key for key in quiet | loud if quiet.get(key) != loud.get(key)} == set()
    assert not [key for key, value in loud.items() if MARK in repr(value) and MARK not in key]


def test_nothing_stays_behind_when_another_coder_sits_down(two: Two, answers: Answers) -> None:
    """What was read for coder A is not kept for coder B."""
    fresh = answers(two.loud, BENI)
    after = _answers(two.loud, two, BENI, before=AMARA)
    assert {key for key in fresh | after if fresh.get(key) != after.get(key)} == set()


def test_and_otherwise_once_it_is_unsealed(two: Two, tmp_path: Path) -> None:
    """So that the test above can fail."""
    for path in (two.quiet, two.loud):
        open_now = tmp_path / path.name
        open_now.write_bytes(path.read_bytes())
        project = Project.open(open_now)
        unseal_round(project, two.round)
        project.close()
    quiet, loud = (_answers(tmp_path / p.name, two, BENI) for p in (two.quiet, two.loud))
    different = {key.split("(")[0] for key in quiet | loud if quiet.get(key) != loud.get(key)}
    assert {
        "codes.all",
        "coders.all",
        "codings.in_document",
        "documents.all",
        "history.all",
        "history.go_back_preview",
        "memos.all",
        "memos.on",
        "quotes.of",
        "reports.codings_table",
        "reports.history_table",
        "retrieval.find",
        "search.find",
        "rounds.all_snapshots",
        "safety.check",
        "themes.codings",
        "participants.erase_preview",
    } <= different
