"""Marking documents coded, so that a table made by commands is no interim one."""

from __future__ import annotations

from pathlib import Path

from ikt_coder.core.words import DocumentStatus
from ikt_coder.services.project import Project
from tests.cli.conftest import TITLE, Command


def test_a_document_is_marked_coded_and_led_in_one_act(project: Path, ikt: Command) -> None:
    assert ikt("code", project, TITLE, 0, 5, "Role", "--new", "--coder", "Ann Lee").status == 0
    assert ikt("status", project, TITLE, "coded", "--lead", "Ann Lee").status == 0
    opened = Project.open(project)
    row = opened.documents.find(TITLE)
    assert row.status is DocumentStatus.CODED
    assert row.lead_coder == opened.coders.find("Ann Lee").id
    assert not opened.layers.info().interim
    opened.close()


def test_a_status_there_is_not_is_wrong_usage(project: Path, ikt: Command) -> None:
    assert ikt("status", project, TITLE, "done").status == 2
    assert ikt("status", project, "Nobody", "coded").status == 1
