"""The sample project: six interviews coded by two coders, built through the services.

Its content lies in ``resources/sample``; the README there says how ``study.json`` and
``beside_coding.json`` are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from ikt_coder import paths
from ikt_coder.core.errors import ProjectFileError, ProjectInUse
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.core.words import (
    Approach,
    AttributeKind,
    Consent,
    DocumentStatus,
    Flag,
    LinkKind,
    Origin,
    Role,
    Stance,
    Subject,
    ThemeStatus,
    Valence,
    WordPair,
)
from ikt_coder.importers.detection import import_bytes
from ikt_coder.importers.options import ImportOptions
from ikt_coder.services.codes import join_path
from ikt_coder.services.codings import NewCoding
from ikt_coder.services.documents import NewDocument
from ikt_coder.services.project import Project
from ikt_coder.services.sample_beside import BesideCoding
from ikt_coder.services.sample_round import SampleRound

FOLDER: Final = "sample"
"""The resource folder of the sample."""

FILE_NAME: Final = "Sample project.ikt"

Facts = Mapping[str, Any]
"""One object of ``study.json``."""


def sample_path() -> Path:
    """Where the user's own copy of the sample project lies."""
    folder = paths.user_data_dir() / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    return folder / FILE_NAME


def open_sample(*, fresh: bool = False) -> Project:
    """Open the user's copy of the sample project; it is made where there is none.

    A copy that the user worked in is opened as it was left. With ``fresh`` it is made anew,
    and a copy that can no longer be opened is: the old file is kept beside it under another
    name. Raises ProjectInUse where another window has the copy open.
    """
    path = sample_path()
    if path.exists() and not fresh:
        try:
            return Project.open(path)
        except ProjectInUse:
            raise
        except ProjectFileError:
            pass  # a copy that cannot be opened is put aside below
    if path.exists():
        _put_aside(path)
    return load_sample(path)


def load_sample(path: Path) -> Project:
    """Make the sample project as a new file and open it, the lead coder at the desk.

    Its history begins with the project, its coders one by one, and all they coded in one act;
    then come the acts of their round.
    Raises ProjectFileError where the file is there already or cannot be written.
    """
    study, beside = _facts("study.json"), _facts("beside_coding.json")
    project = Project.create(path, study["project"]["name"])
    try:
        coders = _add_coders(project, study)
        project.coder = coders[study["present_coder"]]
        loader = _Loader(project, study, beside, coders)
        with project.operation(Op.LOAD_SAMPLE, name=study["project"]["name"]):
            loader.load()
        loader.compare()
    except BaseException:
        project.close()
        path.unlink(missing_ok=True)
        raise
    return project


def _facts(name: str) -> Facts:
    facts: Facts = json.loads(paths.resource(f"{FOLDER}/{name}").read_text(encoding="utf-8"))
    return facts


def _put_aside(path: Path) -> None:
    number = 1
    while (aside := path.with_name(f"{path.stem} (earlier {number}){path.suffix}")).exists():
        number += 1
    path.rename(aside)
    # After a crash the newest acts may still lie in the files beside the database.
    for ending in ("-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))


def _add_coders(project: Project, study: Facts) -> dict[str, UUID]:
    return {
        coder["initials"]: project.coders.add(
            coder["name"], coder["initials"], Role(coder["role"]), coder["positionality"]
        )
        for coder in study["coders"]
    }


class _Loader:
    """Builds the parts in the order in which they need one another, by name or path."""

    def __init__(
        self, project: Project, study: Facts, beside: Facts, coders: Mapping[str, UUID]
    ) -> None:
        self._project = project
        self._study = study
        self._beside = beside
        self._coders = coders
        self._behaviours: list[UUID] = []
        self._participants: dict[str, UUID] = {}
        self._documents: dict[str, UUID] = {}
        self._texts: dict[str, str] = {}
        self._codes: dict[str, UUID] = {}
        self._levels: dict[str, UUID] = {}
        self._codings: dict[tuple[str, str, str, str], UUID] = {}
        self._themes: dict[str, UUID] = {}

    def load(self) -> None:
        self._card()
        self._add_documents()
        self._add_attributes()
        self._add_codes()
        self._add_codings()
        self._add_themes()
        self._add_theme_links()
        self._add_memos()
        BesideCoding(
            self._project,
            self._beside,
            self._coders,
            self._participants,
            self._documents,
            self._codes,
            self._themes,
            self._codings,
        ).load()

    def compare(self) -> None:
        """The round of the two coders; its acts stand in the history one by one."""
        SampleRound(
            self._project, self._study["round"], self._coders, self._documents, self._codes
        ).load()

    def _card(self) -> None:
        card = self._study["project"]
        self._project.card.change(
            approach=Approach(card["approach"]),
            research_question=card["research_question"],
            focal_actor=card["focal_actor"],
            words=WordPair(card["words"]),
        )
        self._behaviours = [self._project.card.add_behaviour(**b) for b in card["behaviours"]]

    def _add_documents(self) -> None:
        folders: dict[str | None, UUID | None] = {None: None}
        for folder in self._study["folders"]:
            folders[folder["name"]] = self._project.folders.add(
                folder["name"], folders[folder["parent"]]
            )
        for person in self._study["participants"]:
            self._participants[person["label"]] = self._project.participants.add(
                person["label"],
                consent=Consent(person["consent"]),
                note=person["note"],
                group=person["group"],
            )
        new = [self._read(facts, folders[facts["folder"]]) for facts in self._study["documents"]]
        for document, key in zip(new, self._project.documents.add_many(new), strict=True):
            self._documents[document.title] = key
            self._texts[document.title] = document.transcript.text

    def _add_attributes(self) -> None:
        owners = {Subject.PARTICIPANT: self._participants, Subject.DOCUMENT: self._documents}
        values: dict[tuple[UUID, UUID], str | list[str]] = {}
        for facts in self._study["attributes"]:
            subject = Subject(facts["subject"])
            key = self._project.attributes.add(
                facts["name"],
                subject,
                AttributeKind(facts["kind"]),
                facts["choices"],
                facts["description"],
            )
            values |= {(owners[subject][name], key): it for name, it in facts["values"].items()}
        self._project.attributes.set(values)

    @staticmethod
    def _read(facts: Facts, folder: UUID | None) -> NewDocument:
        file = paths.resource(f"{FOLDER}/{facts['file']}")
        data = file.read_bytes()
        speakers = facts["speakers"]
        roles = {speaker["label"]: SpeakerRole(speaker["role"]) for speaker in speakers}
        transcript, _ = import_bytes(file.name, data, ImportOptions(roles=roles))
        return NewDocument(
            transcript=transcript,
            title=facts["title"],
            source_name=file.name,
            source_kind=file.suffix.lstrip("."),
            original=data,
            folder=folder,
            language=facts["language"],
            participants={s["label"]: s["participant"] for s in speakers if s["participant"]},
        )

    def _add_codes(self) -> None:
        made: dict[str | None, UUID | None] = {None: None}
        for code in self._study["codes"]:
            key = self._project.codes.add(
                code["name"],
                made[code["parent"]],
                definition=code["definition"],
                include=code["include"],
                exclude=code["exclude"],
                example=code["example"],
                colour=code["colour"],
            )
            path = join_path([code["name"]])
            made[f"{code['parent']}/{path}" if code["parent"] else path] = key
            if code["pin"] is not None:
                self._project.codes.pin(key, code["pin"])
        for framework in self._study["frameworks"]:
            self._project.frameworks.add(framework)
        for row in self._project.codes.all():
            self._codes[join_path(row.path)] = row.id
            if row.framework_key and row.node_key:
                self._codes[f"{row.framework_key}:{row.node_key}"] = row.id
        self._levels = {row.node_key: row.id for row in self._project.frameworks.levels()}

    def _add_codings(self) -> None:
        for initials, codings in self._study["codings"].items():
            new = [self._coding(facts, self._coders[initials]) for facts in codings]
            made = self._project.codings.apply_many(new, Origin.HAND)
            for facts, key in zip(codings, made, strict=True):
                self._codings[facts["document"], facts["quote"], facts["code"], initials] = key
        for facts in self._study["documents"]:
            document = self._documents[facts["title"]]
            self._project.documents.set_lead(document, self._coders[facts["lead_coder"]])
            self._project.documents.set_status(document, DocumentStatus(facts["status"]))

    def _coding(self, facts: Facts, coder: UUID) -> NewCoding:
        behaviour = facts["behaviour"]
        return NewCoding(
            document=self._documents[facts["document"]],
            span=self._span(facts),
            code=self._codes[facts["code"]],
            coder=coder,
            valence=Valence(facts["valence"]) if facts["valence"] else None,
            strength=facts["strength"],
            levels=[self._levels[level] for level in facts["levels"]],
            memo=facts["memo"],
            flags=[Flag(flag) for flag in facts["flags"]],
            behaviour=None if behaviour is None else self._behaviours[behaviour],
            mapping_choice=facts["mapping_choice"],
        )

    def _span(self, facts: Facts) -> Span:
        """Where a quote stands; ValueError where it is not exactly once in its document."""
        text, quote = self._texts[facts["document"]], facts["quote"]
        if text.count(quote) != 1:
            raise ValueError(f"{text.count(quote)} times in {facts['document']}: {quote!r}")
        start = text.index(quote)
        return Span(start, start + len(quote))

    def _add_themes(self) -> None:
        for facts in self._study["themes"]:
            key = self._project.themes.add(
                facts["name"],
                self._themes[facts["parent"]] if facts["parent"] else None,
                description=facts["description"],
                central_idea=facts["central_idea"],
                boundaries=facts["boundaries"],
                narrative=facts["narrative"],
                status=ThemeStatus(facts["status"]),
                set_aside_reason=facts["set_aside_reason"],
            )
            self._themes[facts["name"]] = key
            # Every code is named, so that a parent does not take sub-codes that it leaves out.
            codes = [self._codes[path] for path in facts["codes"]]
            self._project.themes.add_codes(key, codes, with_below=False)
            self._project.themes.set_levels(key, [self._levels[it] for it in facts["levels"]])
            for stance, some in _by_stance(facts["codings"]).items():
                self._project.themes.add_codings(key, [self._named(one) for one in some], stance)
            for stance, some in _by_stance(facts["stances"]).items():
                self._project.themes.set_stance(key, [self._named(one) for one in some], stance)
            for quote in facts["quotes"]:
                self._project.themes.accept_quote(key, self._named(quote))

    def _add_theme_links(self) -> None:
        for facts in self._study["theme_links"]:
            source, target = self._themes[facts["source"]], self._themes[facts["target"]]
            self._project.themes.link(source, target, LinkKind(facts["kind"]), facts["note"])

    def _named(self, facts: Facts) -> UUID:
        """The coding with this document, quote, code and coder."""
        return self._codings[facts["document"], facts["quote"], facts["code"], facts["coder"]]

    def _add_memos(self) -> None:
        present = self._project.coder
        try:
            for facts in self._study["memos"]:
                self._project.coder = self._coders[facts["coder"]]
                document, code, theme = (facts.get(it) for it in ("document", "code", "theme"))
                self._project.memos.add(
                    facts["text"],
                    title=facts["title"],
                    document=self._documents[document] if document else None,
                    span=self._span(facts) if "quote" in facts else None,
                    code=self._codes[code] if code else None,
                    theme=self._themes[theme] if theme else None,
                    reflexive=facts["kind"] == "reflexive",
                    ask=facts["ask"],
                    shared=facts["shared"],
                )
        finally:
            self._project.coder = present


def _by_stance(codings: Iterable[Facts]) -> dict[Stance, list[Facts]]:
    grouped: dict[Stance, list[Facts]] = {}
    for facts in codings:
        grouped.setdefault(Stance(facts["stance"]), []).append(facts)
    return grouped
