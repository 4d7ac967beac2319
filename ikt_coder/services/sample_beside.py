"""What the sample project has beside its coding: the interview guide, charting, the engagement
log, summaries and ratings of cases, a belief statement and a recommendation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ikt_coder.core.cases import CaseKind, CaseRef
from ikt_coder.core.words import Valence
from ikt_coder.services.charting.rows import (
    Answer,
    Basis,
    ChartStatus,
    FieldRow,
    Subject,
    SubjectKind,
    Verdict,
)
from ikt_coder.services.engagement.rows import EventTarget, LinkTarget, ListName, NewUser
from ikt_coder.services.engagement.terms import shipped_id
from ikt_coder.services.framework_matrices.rows import Topic

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

Facts = Mapping[str, Any]

_MIXED = "mixed"
_AGREED = "agreed"


class BesideCoding:
    """Builds what ``beside_coding.json`` tells, part by part, as their coders."""

    def __init__(
        self,
        project: Project,
        facts: Facts,
        coders: Mapping[str, UUID],
        participants: Mapping[str, UUID],
        documents: Mapping[str, UUID],
        codes: Mapping[str, UUID],
        themes: Mapping[str, UUID],
        codings: Mapping[tuple[str, str, str, str], UUID],
    ) -> None:
        """Coders by initials, participants by label, documents by title, codes by path or
        ``framework:node``, themes by name, codings by document, quote, code and coder."""
        self._project = project
        self._facts = facts
        self._coders = coders
        self._cases = {
            label: CaseRef(CaseKind.PARTICIPANT, key) for label, key in participants.items()
        }
        self._documents = documents
        self._codes = codes
        self._themes = themes
        self._codings = codings
        self._fields: dict[str, FieldRow] = {}

    def load(self) -> None:
        """Raises KeyError where something that is told of is not there."""
        self._chart_interviews()
        self._log_events()
        self._ask_questions()
        self._write_matrix()
        self._rate_cases()
        self._say_beliefs()
        self._recommend()

    @contextmanager
    def _at_desk(self, initials: str) -> Iterator[None]:
        present = self._project.coder
        self._project.coder = self._coders[initials]
        try:
            yield
        finally:
            self._project.coder = present

    # -- charting and the log -----------------------------------------------------------------

    def _chart_interviews(self) -> None:
        told = self._facts["charting"]
        for framework in told["frameworks"]:
            self._project.frameworks.add(framework)
        self._read_fields()
        with self._at_desk(told["coder"]):
            for form in told["forms"]:
                self._project.charting.answer_many(
                    Subject(SubjectKind.DOCUMENT, self._documents[form["document"]]),
                    self._answers(form["answers"]),
                    status=ChartStatus(form["status"]),
                    note=form["note"],
                )
        for check in told["checks"]:
            with self._at_desk(check["coder"]):
                self._project.charting.check(
                    Subject(SubjectKind.DOCUMENT, self._documents[check["document"]]),
                    self._fields[check["field"]].id,
                    Verdict(check["verdict"]),
                    note=check["note"],
                )

    def _read_fields(self) -> None:
        self._fields = {row.key: row for row in self._project.charting.fields() if row.key}

    def _answers(self, told: Mapping[str, Facts]) -> list[tuple[UUID, Answer]]:
        answers = []
        for key, answer in told.items():
            field = self._fields[key]
            options = {option.key: option.id for option in field.options}
            basis = answer.get("basis")
            answers.append(
                (
                    field.id,
                    Answer(
                        tuple(options[one] for one in answer.get("options", ())),
                        answer.get("text", ""),
                        basis=Basis(basis) if basis else None,
                    ),
                )
            )
        return answers

    def _log_events(self) -> None:
        told = self._facts["engagement"]
        with self._at_desk(told["coder"]):
            events = [self._log(event) for event in told["events"]]
            # The first event brought the questions that events are described by.
            self._read_fields()
            for key in told["only_of_events"]:
                self._project.charting.change(
                    self._fields[key].id, subjects=frozenset({SubjectKind.EVENT})
                )
            for key in told["not_asked"]:
                self._project.charting.delete(self._fields[key].id)
            for event, facts in zip(events, told["events"], strict=True):
                self._project.charting.answer_many(
                    Subject(SubjectKind.EVENT, event),
                    self._answers(facts["answers"]),
                    status=ChartStatus.CHARTED,
                )

    def _log(self, event: Facts) -> UUID:
        users = [
            NewUser(
                shipped_id(ListName.KNOWLEDGE_USER, user["type"]),
                shipped_id(ListName.PART, user["part"]),
                user["number"],
                user["who"],
                user["influenced"],
            )
            for user in event["users"]
        ]
        return self._project.engagement.add(
            event["date"],
            event["title"],
            activity=shipped_id(ListName.ACTIVITY, event["activity"]),
            until=event.get("until", ""),
            description=event["description"],
            changed_because=event["changed_because"],
            disagreement=event["disagreement"],
            hours=event["hours"],
            payment=event["payment"],
            users=users,
            links={self._changed(link): link["note"] for link in event["links"]},
        )

    def _changed(self, link: Facts) -> EventTarget:
        if "code" in link:
            return EventTarget(LinkTarget.CODE, self._codes[link["code"]])
        return EventTarget(LinkTarget.THEME, self._themes[link["theme"]])

    # -- the interview guide ------------------------------------------------------------------

    def _ask_questions(self) -> None:
        guide, told = self._project.guide, self._facts["guide"]
        stages = {row.key: row.id for row in guide.stages()}
        questions = {
            one["label"]: guide.add(
                one["text"], one["label"], one["note"], [stages[key] for key in one["stages"]]
            )
            for one in told["questions"]
        }
        turns: dict[UUID, UUID | None] = {}
        for title, asked in told["turns"].items():
            rows = guide.asked(self._documents[title])
            for row, label in zip(rows, asked, strict=True):
                turns[row.turn] = questions[label] if label is not None else None
        guide.match(turns)

    # -- cases --------------------------------------------------------------------------------

    def _write_matrix(self) -> None:
        matrices, told = self._project.matrices, self._facts["matrix"]
        topics = [Topic(theme=self._themes[name]) for name in told["columns"]]
        key = matrices.add(told["name"], CaseKind.PARTICIPANT, topics, note=told["note"])
        columns = {row.name: row.id for row in matrices.get(key).columns}
        titles = {title[:3]: title for title in self._documents}
        for cell in told["cells"]:
            column, case = columns[cell["column"]], self._cases[cell["case"]]
            matrices.write(key, column, case, cell["text"])
            for one in cell["passages"]:
                coding = self._codings[titles[cell["case"]], one["quote"], one["code"], "MH"]
                matrices.link(key, column, case, coding)
            if cell["done"]:
                matrices.set_done(key, column, case, True)

    def _rate_cases(self) -> None:
        told = self._facts["ratings"]
        reasons = {(one["code"], one["case"], one["coder"]): one["text"] for one in told["reasons"]}
        for code, raters in told["constructs"].items():
            for rater, values in raters.items():
                coder = None if rater == _AGREED else rater
                with self._at_desk(coder or next(iter(self._coders))):
                    for label, value in values.items():
                        self._project.ratings.rate(
                            self._cases[label],
                            self._codes[code],
                            None if value == _MIXED else value,
                            mixed=value == _MIXED,
                            rationale=reasons.get((code, label, coder), ""),
                            agreed=coder is None,
                        )

    # -- what follows -------------------------------------------------------------------------

    def _say_beliefs(self) -> None:
        for told in self._facts["beliefs"]:
            with self._at_desk(told["coder"]):
                self._project.beliefs.add(
                    told["text"],
                    code=self._codes[told["code"]],
                    direction=Valence(told["direction"]),
                    codings=[
                        self._codings[one["document"], one["quote"], told["code"], told["coder"]]
                        for one in told["passages"]
                    ],
                    note=told["note"],
                )

    def _recommend(self) -> None:
        for told in self._facts["recommendations"]:
            with self._at_desk(told["coder"]):
                key = self._project.recommendations.add(
                    theme=self._themes[told["theme"]],
                    framework=told["framework"],
                    node_key=told["node"],
                    text=told["text"],
                    component=told["component"],
                    note=told["note"],
                )
            for initials, ratings in told["ratings"].items():
                with self._at_desk(initials):
                    for criterion, value in ratings.items():
                        self._project.recommendations.rate(key, criterion, value)
