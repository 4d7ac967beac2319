"""The pictures of the chapter on cases: two interviews summed up, and a few ratings of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ikt_coder.core.cases import CaseKind
from ikt_coder.services.framework_matrices.rows import Topic
from ikt_coder.services.project import Project

if TYPE_CHECKING:
    from uuid import UUID

    from docs.pictures.camera import Camera
    from ikt_coder.ui.case_ratings.page import RatingsPage
    from ikt_coder.ui.charting.place import ChartPlace
    from ikt_coder.ui.framework_matrix.page import MatrixPage
    from ikt_coder.ui.main_window import MainWindow

_SUMMARIES = (
    "Knew nothing of studies at first; the student explained what a coin has to do with it.",
    "Had never been asked for an opinion before, and says so twice.",
    "Knows the field better than the researchers, who had not expected it.",
)
_VALUES = (2, -1, 0, None, 1, -2, 1, 2, -1)


def cases(camera: Camera, window: MainWindow) -> None:
    """A framework matrix with its writer, the ratings, and two groups compared."""
    project = window.context.project
    codes = _written(project)
    place = cast("ChartPlace", _opened(window, "matrix"))
    matrix = cast("MatrixPage", place.page("matrix"))
    _wait(camera, matrix)
    camera.shoot(window, "framework-matrix")
    window.going.open_place("chart", "ratings")
    ratings = cast("RatingsPage", place.page("ratings"))
    _wait(camera, ratings)
    ratings.ask(codes=codes)
    _wait(camera, ratings)
    camera.shoot(window, "case-ratings")
    ratings.show_view("compare")
    camera.settle()
    camera.shoot(window, "case-ratings-compared")
    ratings.show_view("ratings")
    window.going.go_to_place("code")
    camera.settle()


def _opened(window: MainWindow, page: str) -> object:
    window.going.open_place("chart", page)
    return window.places.made("chart")


def _wait(camera: Camera, page: MatrixPage | RatingsPage) -> None:
    camera.settle()
    while not page.up_to_date:
        camera.settle()
    camera.settle()


def _written(project: Project) -> tuple[UUID, ...]:
    """A matrix of the framework's first domains, begun; the codes that are rated."""
    service = project.matrices
    framework = next(
        (row for row in project.frameworks.all() if service.topics_of_framework(row.id)), None
    )
    topics = service.topics_of_framework(framework.id) if framework is not None else ()
    topics = (topics or service.topics_of_codes())[:6]
    key = service.add("What it takes to take part", CaseKind.PARTICIPANT, topics)
    grid = service.read(key)
    number = 0
    for case in grid.cases:
        for column in grid.matrix.columns:
            cell = grid.cell(case.ref, column.id)
            if cell.passages and number < 6:
                text = _SUMMARIES[number % len(_SUMMARIES)]
                service.write(key, column.id, case.ref, text)
                if number % 2 == 0:
                    service.link(key, column.id, case.ref, cell.codings[0].id)
                    service.set_done(key, column.id, case.ref, True)
                number += 1
    codes = tuple(topic.code for topic in topics if topic.code is not None)
    _rate(project, grid.matrix.columns[0].topic, codes)
    return codes


def _rate(project: Project, first: Topic, codes: tuple[UUID, ...]) -> None:
    cases = project.ratings.grid(CaseKind.PARTICIPANT, codes).cases
    for at, code in enumerate(codes):
        for number, case in enumerate(cases):
            if (at + number) % 5 == 4:
                continue  # not rated yet
            value = _VALUES[(3 * at + 2 * number) % len(_VALUES)]
            project.ratings.rate(
                case.ref,
                code,
                value,
                mixed=value == 0 and number % 2 == 0,
                rationale="The student explained it." if code == first.code else "",
            )
