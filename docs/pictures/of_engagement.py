"""The pictures of the chapter on the engagement log, of the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from docs.pictures.camera import Camera
    from ikt_coder.ui.charting.place import ChartPlace
    from ikt_coder.ui.engagement.page import EngagementPage
    from ikt_coder.ui.main_window import MainWindow


def engagement(camera: Camera, window: MainWindow) -> None:
    """An event with everything noted of it, and the counts."""
    window.going.open_place("chart", "engagement")
    page = cast(
        "EngagementPage", cast("ChartPlace", window.places.made("chart")).page("engagement")
    )
    camera.settle()
    while not page.up_to_date:
        camera.settle()
    camera.shoot(window, "engagement")
    page.show_view("counts")
    page.counts.table.setCurrentCell(0, 4)
    camera.settle()
    camera.shoot(window, "engagement-counts")
    page.show_view("log")
    window.going.go_to_place("code")
    camera.settle()
