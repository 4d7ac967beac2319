"""Every coefficient in words: what it is, whom it is for, and where its formula is from."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ikt_coder.core.frozen import frozen


class Applies(StrEnum):
    """To how many coders a coefficient applies."""

    PAIR = "pair"
    """Two; with more, the pairs are listed and their mean is given."""
    ANY = "any"
    """Two or more, with judgements missing."""


@frozen
class Coefficient:
    """``symbol`` as it stands in a table's head; ``what`` in one plain sentence; ``formula``
    with a, b, c, d for both, only A, only B, neither and n for all units where it is one of
    two coders and one code; ``source`` as printed in a list of references."""

    id: str
    name: str
    symbol: str
    applies: Applies
    what: str
    formula: str
    source: str


_KRIPPENDORFF = (
    "Krippendorff, K. (2019). Content analysis: An introduction to its methodology (4th ed.). Sage."
)
_UNITIZING = (
    "Krippendorff, K., Mathet, Y., Bouvry, S., & Widlöcher, A. (2016). On the reliability of "
    "unitizing textual continua: Further developments. Quality & Quantity, 50(6), 2347–2364."
)

_ALL: Final = (
    Coefficient(
        "percent",
        "Percentage agreement",
        "%",
        Applies.ANY,
        "The share of units on which coders agree, coded and not coded alike. Not corrected for "
        "chance; high for every rare code.",
        "(a + d) / n; several coders: the mean over units of agreeing pairs of coders",
        "",
    ),
    Coefficient(
        "kappa",
        "Cohen’s kappa",
        "κ",
        Applies.PAIR,
        "Agreement beyond what two coders would reach by chance, each with the share of text "
        "that they coded. With more than two coders, the mean over pairs (Light).",
        "(po − pe) / (1 − pe), pe = [(a + b)(a + c) + (c + d)(b + d)] / n²",
        "Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and "
        "Psychological Measurement, 20(1), 37–46.",
    ),
    Coefficient(
        "alpha",
        "Krippendorff’s alpha (nominal)",
        "α",
        Applies.ANY,
        "Agreement beyond chance for any number of coders, also where some did not code every "
        "document; chance from all coders together.",
        "1 − observed / expected disagreement, from the coincidences of all pairs of judgements",
        _KRIPPENDORFF,
    ),
    Coefficient(
        "ac1",
        "Gwet’s AC1",
        "AC1",
        Applies.ANY,
        "Agreement beyond a chance that is small where a code is rare; stays high where kappa "
        "drops, and near 1 for rare codes whatever happens.",
        "(po − pe) / (1 − pe), pe = 2π(1 − π), π = share of judgements that applied the code",
        "Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence "
        "of high agreement. British Journal of Mathematical and Statistical Psychology, 61(1), "
        "29–48.",
    ),
    Coefficient(
        "dice",
        "Positive agreement (Dice, F1)",
        "Pos. agr.",
        Applies.PAIR,
        "Of what either coder coded, the part both coded, counted once for each; text that "
        "nobody coded plays no part.",
        "2a / (2a + b + c)",
        "Cicchetti, D. V., & Feinstein, A. R. (1990). High agreement but low kappa: II. "
        "Resolving the paradoxes. Journal of Clinical Epidemiology, 43(6), 551–558.",
    ),
    Coefficient(
        "negative_agreement",
        "Negative agreement",
        "Neg. agr.",
        Applies.PAIR,
        "The same for text left uncoded.",
        "2d / (2d + b + c)",
        "Cicchetti, D. V., & Feinstein, A. R. (1990). High agreement but low kappa: II. "
        "Resolving the paradoxes. Journal of Clinical Epidemiology, 43(6), 551–558.",
    ),
    Coefficient(
        "jaccard",
        "Jaccard overlap",
        "J",
        Applies.PAIR,
        "Of what anyone coded, the part both coded.",
        "a / (a + b + c)",
        "Jaccard, P. (1912). The distribution of the flora in the alpine zone. New Phytologist, "
        "11(2), 37–50.",
    ),
    Coefficient(
        "scott_pi",
        "Scott’s pi",
        "π",
        Applies.PAIR,
        "As kappa, with one share of coded text for both coders.",
        "(po − pe) / (1 − pe), pe = [(2a + b + c)² + (2d + b + c)²] / 4n²",
        "Scott, W. A. (1955). Reliability of content analysis: The case of nominal scale coding. "
        "Public Opinion Quarterly, 19(3), 321–325.",
    ),
    Coefficient(
        "bennett_s",
        "Brennan-Prediger (Bennett’s S, PABAK)",
        "S",
        Applies.ANY,
        "Agreement beyond a chance of one half: the percentage stretched, so that 50 % is 0.",
        "2po − 1",
        "Brennan, R. L., & Prediger, D. J. (1981). Coefficient kappa: Some uses, misuses, and "
        "alternatives. Educational and Psychological Measurement, 41(3), 687–699.",
    ),
    Coefficient(
        "fleiss_kappa",
        "Fleiss’ kappa",
        "κF",
        Applies.ANY,
        "Scott’s pi for any number of coders.",
        "(po − pe) / (1 − pe), pe = Σ π²",
        "Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. "
        "Psychological Bulletin, 76(5), 378–382.",
    ),
    Coefficient(
        "conger_kappa",
        "Conger’s kappa",
        "κC",
        Applies.ANY,
        "Cohen’s kappa for any number of coders: mean observed and mean expected agreement of "
        "all pairs.",
        "(mean po − mean pe) / (1 − mean pe)",
        "Conger, A. J. (1980). Integration and generalization of kappas for multiple raters. "
        "Psychological Bulletin, 88(2), 322–328.",
    ),
    Coefficient(
        "pooled_kappa",
        "Pooled kappa",
        "κ pooled",
        Applies.PAIR,
        "One kappa over all codes: observed and expected agreement are averaged over codes "
        "first. Codes nobody used drop out by themselves.",
        "(mean po − mean pe) / (1 − mean pe), over codes",
        "de Vries, H., Elliott, M. N., Kanouse, D. E., & Teleki, S. S. (2008). Using pooled "
        "kappa to summarize interrater agreement across many items. Field Methods, 20(3), "
        "272–282.",
    ),
    Coefficient(
        "segment_f1",
        "Segment F1",
        "F1",
        Applies.PAIR,
        "Of both coders’ segments, the part that has a partner: same code, overlap of at least "
        "the threshold (shared characters over those of either), matched one to one.",
        "2M / (segments of A + segments of B)",
        "",
    ),
    Coefficient(
        "kappa_bp",
        "Segments counted both ways, corrected for chance",
        "κBP",
        Applies.PAIR,
        "Every segment of either coder is a row that agrees or not; chance is 1 / number of "
        "codes. Similar to the segment table of MAXQDA.",
        "(P − 1/k) / (1 − 1/k)",
        "Brennan, R. L., & Prediger, D. J. (1981). Coefficient kappa: Some uses, misuses, and "
        "alternatives. Educational and Psychological Measurement, 41(3), 687–699.",
    ),
    Coefficient(
        "alpha_sets_jaccard",
        "Alpha over sets of codes",
        "α sets",
        Applies.ANY,
        "One alpha for texts that carry several codes at once; two sets are as far apart as "
        "their codes differ (Jaccard).",
        "Krippendorff’s alpha with δ = 1 − |shared| / |either|",
        _KRIPPENDORFF,
    ),
    Coefficient(
        "alpha_sets_masi",
        "Alpha over sets of codes (MASI)",
        "α MASI",
        Applies.ANY,
        "The same with a distance that spares sets of which one holds the other.",
        "Krippendorff’s alpha with δ = 1 − Jaccard × monotonicity",
        "Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and "
        "pragmatic annotation. Proceedings of LREC 2006, 831–836.",
    ),
    Coefficient(
        "u_alpha",
        "u-alpha (2016)",
        "uα",
        Applies.ANY,
        "Agreement beyond chance on freely marked units, edges and codes together.",
        "see the source, section 12.6 of Krippendorff (2019)",
        _UNITIZING,
    ),
    Coefficient(
        "u_alpha_binary",
        "|u-alpha (2016)",
        "|uα",
        Applies.ANY,
        "Whether there is a unit, whatever its code.",
        "u-alpha after merging all codes",
        _UNITIZING,
    ),
    Coefficient(
        "cu_alpha",
        "cu-alpha (2016)",
        "cuα",
        Applies.ANY,
        "Which code, only where units of two coders meet; to be read with its coverage.",
        "see the source, section 12.6 of Krippendorff (2019)",
        _UNITIZING,
    ),
)

COEFFICIENTS: Final = {one.id: one for one in _ALL}
"""By id, in the order of tables."""

BOOTSTRAP_SOURCE: Final = (
    "Efron, B., & Tibshirani, R. J. (1993). An introduction to the bootstrap. Chapman & Hall."
)
ANALYTIC_SOURCE: Final = (
    "Fleiss, J. L., Cohen, J., & Everitt, B. S. (1969). Large sample standard errors of kappa and "
    "weighted kappa. Psychological Bulletin, 72(5), 323–327."
)
