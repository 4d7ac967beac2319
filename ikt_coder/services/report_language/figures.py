"""Figures as a style and a language write them: thousands, shares, coefficients."""

from __future__ import annotations

from ikt_coder.core.frozen import frozen
from ikt_coder.core.table import TableStyle
from ikt_coder.services.report_language.language import Language

_MINUS = "\u2212"


@frozen
class Figures:
    """The figures of one table."""

    language: Language
    style: TableStyle

    def whole(self, value: int) -> str:
        """A count: groups of three digits are parted from four digits on (APA 7)."""
        return f"{value:,}".replace(",", self.language.thousands(self.style))

    def share(self, part: int, whole: int) -> str:
        """A share of a hundred, without decimals; ``whole`` above zero."""
        return self.language.percent(str(round(100 * part / whole)))

    def bounded(self, value: float) -> str:
        """A figure that cannot pass 1, with two decimals: APA 7 writes .71, the others and
        French write the zero."""
        written = f"{abs(value):.2f}"
        bare = self.style is TableStyle.APA and self.language.tag == "en"
        if bare and written.startswith("0."):
            written = written[1:]
        return (_MINUS if round(value, 2) < 0 else "") + self.language.decimal(written)

    def coefficient(
        self, symbol: str, value: float, interval: tuple[float, float] | None = None
    ) -> str:
        """A coefficient such as kappa with its 95 % interval: κ = .71, 95% CI [.64, .77]."""
        said = f"{symbol} = {self.bounded(value)}"
        if interval is None:
            return said
        low, high = (self.bounded(edge) for edge in interval)
        between = self.language.interval(low, high, self.style)
        return f"{said}, {between}" if self.style is TableStyle.APA else f"{said} ({between})"
