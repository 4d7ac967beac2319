"""Thousands are told apart as the language writes them, in one way all through the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from ikt_coder.app import translate
from ikt_coder.settings import LANGUAGE, Settings
from ikt_coder.ui.counting import counted, figure
from ikt_coder.ui.documents.wording import codings_words


@pytest.fixture(autouse=True)
def own_language(qapp: QApplication) -> Iterator[None]:
    """What ``translate`` sets for the whole program is taken back."""
    before, known = QLocale(), qapp.findChildren(QTranslator)
    yield
    QLocale.setDefault(before)
    for translator in qapp.findChildren(QTranslator):
        if translator not in known:
            qapp.removeTranslator(translator)
            translator.deleteLater()


@pytest.mark.parametrize(
    ("language", "written"),
    [("C", "56,513"), ("en_US", "56,513"), ("fr_FR", "56\u202f513"), ("de_DE", "56.513")],
)
def test_thousands_are_told_apart(
    language: str, written: str, qapp: QApplication, settings: Settings
) -> None:
    QLocale.setDefault(QLocale(language))
    assert settings.get(LANGUAGE) == "system"
    translate(qapp, settings)
    assert figure(56513) == written
    assert counted(56513, "", "{count}") == written
    assert codings_words(56513).startswith(written)
