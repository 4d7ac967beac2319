"""The pictures of the chapter on charting: the sample's interviews, charted."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from docs.pictures.camera import Camera
    from ikt_coder.ui.charting.place import ChartPlace
    from ikt_coder.ui.main_window import MainWindow


def charting(camera: Camera, window: MainWindow) -> None:
    """The form of a record, and the counts."""
    project = window.context.project
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
