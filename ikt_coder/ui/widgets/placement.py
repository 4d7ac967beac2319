"""Where something that floats may stand without covering what it belongs to."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize

GAP = 6


def place_beside(avoid: QRect, size: QSize, bounds: QRect, gap: int = GAP) -> QRect:
    """A rectangle inside ``bounds`` that does not touch ``avoid``.

    Below is preferred, then above, right, left. Where ``size`` fits on no side it is cut to the
    side with most room. Only where ``avoid`` leaves no room at all it lies at the foot.
    """
    # What cannot be seen cannot be covered; something wholly outside leaves its nearest edge.
    seen = avoid.intersected(bounds)
    avoid = seen if not seen.isEmpty() else _nearest_edge(avoid, bounds)
    width = min(size.width(), bounds.width())
    height = min(size.height(), bounds.height())
    bottom, right = bounds.y() + bounds.height(), bounds.x() + bounds.width()
    rooms = {
        "below": bottom - (avoid.y() + avoid.height()) - gap,
        "above": avoid.y() - bounds.y() - gap,
        "right": right - (avoid.x() + avoid.width()) - gap,
        "left": avoid.x() - bounds.x() - gap,
    }
    need = {"below": height, "above": height, "right": width, "left": width}
    side = next((s for s in rooms if rooms[s] >= need[s]), None)
    if side is None:
        side = max(rooms, key=lambda s: rooms[s] / max(1, need[s]))
        if rooms[side] <= 0:
            return QRect(bounds.x(), bottom - height, width, height)
        if side in ("below", "above"):
            height = rooms[side]
        else:
            width = rooms[side]
    x = max(bounds.x(), min(avoid.x(), right - width))
    y = max(bounds.y(), min(avoid.y(), bottom - height))
    if side == "below":
        y = avoid.y() + avoid.height() + gap
    elif side == "above":
        y = avoid.y() - gap - height
    elif side == "right":
        x = avoid.x() + avoid.width() + gap
    else:
        x = avoid.x() - gap - width
    return QRect(x, y, width, height)


def _nearest_edge(outside: QRect, bounds: QRect) -> QRect:
    """An empty rectangle on the edge of ``bounds`` where ``outside`` lies beyond it."""
    x = max(bounds.x(), min(outside.x(), bounds.x() + bounds.width()))
    y = max(bounds.y(), min(outside.y(), bounds.y() + bounds.height()))
    return QRect(x, y, 0, 0)
