"""The study these tests work on."""

from tests.ui.history.study_desk import desk as desk
