"""The pictures of the chapter on the engagement log: three invented events of the sample's
study."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ikt_coder.services.charting.rows import Basis, Subject, SubjectKind
from ikt_coder.services.engagement.rows import EventTarget, LinkTarget, ListName, NewUser
from ikt_coder.services.engagement.terms import shipped_id
from ikt_coder.services.project import Project

if TYPE_CHECKING:
    from docs.pictures.camera import Camera
    from ikt_coder.ui.charting.place import ChartPlace
    from ikt_coder.ui.engagement.page import EngagementPage
    from ikt_coder.ui.main_window import MainWindow

_EVENTS = (
    (
        "2023-10",
        "Agreeing on the question",
        "meeting",
        (("patient", "co-lead", 2, "the question"), ("policymaker", "adviser", 1, "")),
        "Collaborate",
        (0, 1),
    ),
    (
        "2024-02-12",
        "Comments on the interview guide",
        "written",
        (("practitioner", "adviser", None, "two questions"),),
        "Consult",
        (3,),
    ),
    (
        "2024-06-20",
        "Reading the first transcripts together",
        "workshop",
        (("patient", "partner", 4, "what counts as a barrier"),),
        "Involve",
        (4,),
    ),
)


def engagement(camera: Camera, window: MainWindow) -> None:
    """An event with everything noted of it, and the counts."""
    _log(window.context.project)
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


def _log(project: Project) -> None:
    theme = next(iter(project.themes.names()))
    for at, (day, title, activity, users, level, stages) in enumerate(_EVENTS):
        last = at == len(_EVENTS) - 1
        event = project.engagement.add(
            day,
            title,
            activity=shipped_id(ListName.ACTIVITY, activity),
            users=[
                NewUser(
                    shipped_id(ListName.KNOWLEDGE_USER, kind),
                    shipped_id(ListName.PART, part),
                    number,
                    "",
                    influenced,
                )
                for kind, part, number, influenced in users
            ],
            description="Two transcripts without names, read aloud." if last else "",
            changed_because="The theme has another name now." if last else "",
            disagreement="One reader would have kept the first name." if last else "",
            links={EventTarget(LinkTarget.THEME, theme): "renamed"} if last else {},
            hours="2",
        )
        subject = Subject(SubjectKind.EVENT, event)
        charting = project.charting
        ladder, steps = charting.find_field("iap2"), charting.find_field("research-stages")
        step = charting.find_option(ladder, level).id
        charting.answer(subject, ladder.id, options=[step], basis=Basis.EXPLICIT)
        charting.answer(subject, steps.id, options=[steps.offered[n].id for n in stages])
