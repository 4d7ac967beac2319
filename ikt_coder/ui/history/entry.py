"""One act of the history as it is read: its words, its day, its state."""

from __future__ import annotations

import re
from html import unescape

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

from ikt_coder.core.frozen import frozen
from ikt_coder.services.rows import HistoryRow
from ikt_coder.ui.wording import act_words

translate = QCoreApplication.translate

_BOLD = re.compile(r"<b>(.*?)</b>", re.DOTALL)


@frozen
class Entry:
    """``strong`` holds half-open ranges of ``words`` in UTF-16 units, for the delegate."""

    row: HistoryRow
    initials: str
    words: str
    strong: tuple[tuple[int, int], ...]
    moment: QDateTime

    @property
    def taken_back(self) -> bool:
        """Whether the act was done and does not stand today."""
        return self.row.direction == 1 and not self.row.stands and self.row.undoable

    @property
    def day(self) -> QDate:
        return self.moment.date()

    @property
    def time_words(self) -> str:
        return QLocale().toString(self.moment.time(), QLocale.FormatType.ShortFormat)

    @property
    def whole_words(self) -> str:
        """For screen readers and for finding: the words with the state and the names."""
        parts = [self.words, self.row.coder_name]
        if self.taken_back:
            parts.append(translate("History", "taken back"))
        parts += [self.flag_words(name) for name in self.row.restore_points]
        return ", ".join(part for part in parts if part)

    @staticmethod
    def flag_words(name: str) -> str:
        return translate("History", "restore point “{name}”").format(name=name)


def entry(row: HistoryRow, initials: str) -> Entry:
    """A row of the history in words."""
    rich = act_words(row.kind, row.params)
    if row.root != row.seq and row.direction < 0:
        rich = translate("History", "Took back: {act}").format(act=rich)
    elif row.root != row.seq:
        rich = translate("History", "Did again: {act}").format(act=rich)
    words, strong = plain(rich)
    moment = QDateTime.fromMSecsSinceEpoch(int(row.at.timestamp() * 1000))
    return Entry(row, initials, words, strong, moment)


def plain(rich: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Words without marks, and where the bold ones stand in UTF-16 units."""
    words = ""
    strong: list[tuple[int, int]] = []
    at = 0
    for found in _BOLD.finditer(rich):
        words += unescape(rich[at : found.start()])
        start = _units(words)
        words += unescape(found.group(1))
        strong.append((start, _units(words)))
        at = found.end()
    words += unescape(rich[at:])
    return words, tuple(strong)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def day_words(day: QDate, today: QDate) -> str:
    """ "Today", "Yesterday", else the date with its weekday."""
    locale = QLocale()
    if day == today:
        return translate("History", "Today")
    if day.addDays(1) == today:
        return translate("History", "Yesterday")
    return locale.toString(day, QLocale.FormatType.LongFormat)
