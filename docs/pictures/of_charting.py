"""The pictures of the chapter on charting: some of the sample's interviews, charted."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ikt_coder.services.charting.rows import Answer, Basis, ChartStatus, Subject, SubjectKind
from ikt_coder.services.project import Project

if TYPE_CHECKING:
    from docs.pictures.camera import Camera
    from ikt_coder.ui.charting.place import ChartPlace
    from ikt_coder.ui.main_window import MainWindow

FORM = ("kta", "iap2", "research-stages", "wider", "ikt-outcomes")
_ANSWERS: tuple[dict[str, str], ...] = (
    {"kta": "2 3", "iap2": "4 inferred", "research-stages": "1 4 5", "ikt-outcomes": "2"},
    {"kta": "2", "iap2": "3", "research-stages": "4 6", "ikt-outcomes": "1 3"},
    {"kta": "3 4", "iap2": "2 inferred", "research-stages": "", "ikt-outcomes": ""},
    {"kta": "1 2 6", "iap2": "4", "research-stages": "1 2 5 6"},
)
"""By framework, the places of the chosen answers; empty: not reported."""


def charting(camera: Camera, window: MainWindow) -> None:
    """The form of a record, and the counts."""
    project = window.context.project
    _chart(project)
    window.going.open_place("chart", "charting")
    page = cast("ChartPlace", window.places.made("chart")).charting
    rows = project.charting.grid().rows
    camera.settle()
    while not page.up_to_date:
        camera.settle()
    level = project.charting.find_field("iap2").id
    page.open_form(rows[0].subject, level)
    camera.settle()
    camera.shoot(window, "charting")
    page.show_view("counts")
    page.counts.field.setCurrentIndex(page.counts.field.findData(level))
    page.reading.ask()
    camera.settle()
    while not page.up_to_date:
        camera.settle()
    page.counts.table.setCurrentCell(3, 1)
    camera.settle()
    camera.shoot(window, "charting-counts")
    window.going.go_to_place("code")
    camera.settle()


def _chart(project: Project) -> None:
    charting = project.charting
    charting.add_form(FORM)
    documents = [row.id for row in project.documents.all()]
    for document, told in zip(documents, _ANSWERS, strict=False):
        answers = []
        for framework, places in told.items():
            field = charting.find_field(framework)
            chosen = [int(place) for place in places.split() if place.isdigit()]
            keys = tuple(sorted(field.offered[place - 1].id for place in chosen))
            basis = Basis.INFERRED if "inferred" in places else None
            answers.append((field.id, Answer(keys, "", not keys, basis)))
        status = ChartStatus.CHARTED if len(told) > 3 else ChartStatus.IN_PROGRESS
        charting.answer_many(Subject(SubjectKind.DOCUMENT, document), answers, status=status)
