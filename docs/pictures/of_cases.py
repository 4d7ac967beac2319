"""The pictures of the chapter on cases: three interviews of the sample summed up, all six rated."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from docs.pictures.camera import Camera
    from ikt_coder.ui.case_ratings.page import RatingsPage
    from ikt_coder.ui.charting.place import ChartPlace
    from ikt_coder.ui.framework_matrix.page import MatrixPage
    from ikt_coder.ui.main_window import MainWindow


def cases(camera: Camera, window: MainWindow) -> None:
    """A framework matrix with its writer, the ratings, and two groups compared."""
    place = cast("ChartPlace", _opened(window, "matrix"))
    matrix = cast("MatrixPage", place.page("matrix"))
    _wait(camera, matrix)
    camera.shoot(window, "framework-matrix")
    window.going.open_place("chart", "ratings")
    ratings = cast("RatingsPage", place.page("ratings"))
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
