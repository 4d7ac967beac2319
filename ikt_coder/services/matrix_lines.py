"""The rows of a matrix: who or what they stand for, and to which of them a coding belongs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from ikt_coder.core.errors import UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.query import Query, Whose
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.attribute_values import AttributeRow, comparable, folded, stored_choices
from ikt_coder.services.layers import LayerInfo
from ikt_coder.services.matrix_options import MatrixOptions, MatrixRows
from ikt_coder.services.retrieval_filters import Passing
from ikt_coder.services.retrieval_ground import Ground
from ikt_coder.services.retrieval_rows import Found

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

Key = UUID | str

_NOT_KNOWN: Final = "Not reported"


@frozen
class Line:
    """A row. ``size``: how many participants or documents it stands for."""

    key: Key
    label: str
    size: int = 0


@frozen
class Lines:
    """All rows, those without a coding too.

    ``heading`` stands over their names, ``title`` names all of them. ``counted`` is what
    their sizes count, None where each row is one. ``people``: whether codings come to a row
    by who speaks. ``notes``: what a reader has to know of them.
    """

    heading: str
    title: str
    lines: tuple[Line, ...]
    of: Callable[[Found], Sequence[Key]]
    people: bool = False
    counted: Subject | None = None
    notes: tuple[str, ...] = ()


_TOUCHING: Final = (
    "A coding belongs to everybody whose turns it touches; the interviewer's words belong to "
    "nobody."
)
_ANSWERING: Final = (
    "A coding belongs to each question of the interview guide whose answer it touches; an "
    "answer goes on to the next question."
)


def matrix_lines(
    project: Project, options: MatrixOptions, query: Query, ground: Ground, info: LayerInfo
) -> Lines:
    """The rows of a matrix: everybody and everything that could have been counted, coded or
    not. Raises NotFound where the attribute is gone, UserError where none is named."""
    attribution = ground.attribution
    documents, known = _counted(project, query, ground, info)

    def who(found: Found) -> Sequence[UUID]:
        if query.whose is Whose.LAYER:
            return attribution.counted(found.words.participants)
        return found.words.participants

    if options.rows is MatrixRows.QUESTIONS:
        lines = tuple(Line(row.id, row.name) for row in project.guide.all())
        return Lines(
            "Question",
            "Questions",
            lines,
            lambda found: ground.answers.of(found.coding.document, found.coding.span),
            notes=(_ANSWERING,),
        )
    if options.rows is MatrixRows.DOCUMENTS:
        lines = tuple(Line(key, ground.titles[key]) for key in documents)
        return Lines("Document", "Documents", lines, lambda found: (found.coding.document,))
    people = attribution.people
    if options.rows is MatrixRows.PARTICIPANTS:
        lines = tuple(Line(key, people[key].label) for key in known)
        return Lines("Participant", "Participants", lines, who, people=True, notes=(_TOUCHING,))
    if options.rows is MatrixRows.GROUPS:
        groups = {key: (people[key].group,) for key in known}
        return Lines(
            "Group",
            "Groups",
            _sized(groups.values(), lambda group: group.casefold()),
            lambda found: _values(who(found), groups),
            people=True,
            counted=Subject.PARTICIPANT,
            notes=(_TOUCHING,),
        )
    if options.attribute is None:
        raise UserError(
            "It was not said which attribute the rows of the matrix are values of.",
            "Choose an attribute of participants, documents or studies.",
        )
    attribute = project.attributes.get(options.attribute)
    owners = known if attribute.subject is Subject.PARTICIPANT else documents
    return _by_attribute(project, attribute, owners, who)


def _counted(
    project: Project, query: Query, ground: Ground, info: LayerInfo
) -> tuple[list[UUID], list[UUID]]:
    """The documents and the participants that are counted, in their order."""
    passing = Passing(project, query.filters, ground)
    layer = query.whose is Whose.LAYER
    documents = (
        [source.document for source in info.sources if source.layer is not None]
        if layer
        else list(ground.titles)
    )
    if passing.documents is not None:
        documents = [key for key in documents if key in passing.documents]
    attribution = ground.attribution
    people = {person for key in documents for person in attribution.of_document(key)}
    if layer:
        people = set(attribution.counted(people))
    if passing.people is not None:
        people &= passing.people
        documents = [key for key in documents if people.intersection(attribution.of_document(key))]
    return documents, [key for key in attribution.people if key in people]


def _by_attribute(
    project: Project,
    attribute: AttributeRow,
    owners: Iterable[UUID],
    who: Callable[[Found], Sequence[UUID]],
) -> Lines:
    stored = project.attributes.stored(attribute.subject)
    study_of = project.studies.of_documents() if attribute.subject is Subject.STUDY else None
    # Words that differ in their case alone are one value; it is named as it is met first.
    names: dict[str, str] = {}

    def values(owner: UUID) -> tuple[str, ...]:
        key = owner if study_of is None else study_of.get(owner)
        held = stored.get(key, {}).get(attribute.id, "") if key is not None else ""
        some = stored_choices(held) if attribute.kind is AttributeKind.CHOICES else (held,)
        return tuple(names.setdefault(folded(one), one) for one in some or ("",))

    held = {owner: values(owner) for owner in owners}
    people = attribute.subject is Subject.PARTICIPANT
    unit = Subject.PARTICIPANT if people else Subject.DOCUMENT
    notes = (
        [_TOUCHING] if people else [f"“{attribute.name}” is said of {attribute.subject.plural}."]
    )
    if any(len(some) > 1 for some in held.values()):
        notes.append(f"A {unit.value} with several values is in the row of each.")
    choices = {folded(choice): at for at, choice in enumerate(attribute.choices)}

    def place(value: str) -> tuple[int, object]:
        if folded(value) in choices:
            return choices[folded(value)], ""
        size = comparable(attribute.kind, value)
        # What is no number or date, in an attribute of these, comes behind those that are.
        return len(choices) + (size is None), folded(value) if size is None else size

    return Lines(
        attribute.name,
        attribute.name,
        _sized(held.values(), place),
        lambda found: _values(who(found) if people else (found.coding.document,), held),
        people=people,
        counted=unit,
        notes=tuple(notes),
    )


def _sized(held: Iterable[Sequence[str]], place: Callable[[str], object]) -> tuple[Line, ...]:
    """A row for each value; what is not known comes last."""
    sizes: dict[str, int] = {}
    for values in held:
        for value in values:
            sizes[value] = sizes.get(value, 0) + 1
    known: list[str] = sorted(filter(None, sizes), key=place)  # type: ignore[arg-type]  # one kind's places compare
    return tuple(
        Line(value, value or _NOT_KNOWN, sizes[value])
        for value in (*known, *([""] if "" in sizes else []))
    )


def _values(owners: Iterable[UUID], held: Mapping[UUID, Sequence[str]]) -> Sequence[str]:
    return list(dict.fromkeys(value for owner in owners for value in held.get(owner, ())))
