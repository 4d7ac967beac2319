"""Small tables below the figures: what a figure counts where it counts no passages, but
documents, codes or pairs of coders. Each figure in them opens further."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QCoreApplication

from ikt_coder.agreement.catalogue import COEFFICIENTS
from ikt_coder.agreement.per_code import code_agreement
from ikt_coder.services.comparison_rows import Agreement, Pattern
from ikt_coder.services.project import Project
from ikt_coder.ui.comparison.agreement import wording as say
from ikt_coder.ui.comparison.agreement.grid import Grid, Head, Shown
from ikt_coder.ui.comparison.agreement.grids import value_cell
from ikt_coder.ui.comparison.agreement.opens import (
    Coded,
    Codes,
    CodesIn,
    Documents,
    Judged,
    OfDocument,
    OfPair,
    Passages,
    Units,
)
from ikt_coder.ui.comparison.wording import unit_word
from ikt_coder.ui.counting import figure

translate = QCoreApplication.translate


def document_list(project: Project, found: Agreement, key: Documents) -> Grid:
    """The documents that were counted: units, who finished them, the coefficient."""
    rows, _means = project.comparison.per_document(found, key.code)
    unit = unit_word(found.setting.unit, found.setting.unit_size)
    initials = {coder.id: coder.initials for coder in found.coders}
    if key.code is None:
        symbol, hint = translate("Compare", "Pooled κ"), say.coefficient_hint("pooled_kappa")
        title = translate("Compare", "Documents that were counted")
    else:
        symbol = COEFFICIENTS[found.coefficient].symbol
        hint = say.coefficient_hint(found.coefficient)
        title = translate("Compare", "Documents: {name}").format(name=found.line(key.code).label)
    heads = (
        Head(translate("Compare", "Document"), width=170, figures=False),
        Head(unit[:1].upper() + unit[1:], width=110),
        Head(translate("Compare", "Coded by"), width=110, figures=False),
        Head(symbol, hint, 100),
    )
    made = []
    for row in rows:
        of_row = Judged(key.code, row.document) if key.code else CodesIn(row.document)
        coders = ", ".join(initials[coder] for coder in row.coders if coder in initials)
        made.append(
            (
                Shown(row.title, row.title.casefold(), OfDocument(row.document)),
                Shown(figure(row.units), row.units, Units(row.document)),
                Shown(coders, coders),
                value_cell(row.figure, of_row),
            )
        )
    return Grid(title, heads, tuple(made))


def codes_in_document(found: Agreement, key: CodesIn) -> Grid:
    """The codes that anybody used in a document, with its counts and coefficient alone."""
    place = found.places.index(key.document)
    title = next(one.title for one in found.documents if one.id == key.document)
    return _code_list(
        found,
        translate("Compare", "Codes in {title}").format(title=title),
        tuple(line.code for line in found.codes if place in found.counts.cells[line.place]),
        key.document,
    )


def code_list(found: Agreement, key: Codes) -> Grid:
    """Some codes over all documents."""
    return _code_list(found, key.title, key.codes, None)


def _code_list(
    found: Agreement, title: str, codes: tuple[UUID, ...], document: UUID | None
) -> Grid:
    several = len(found.coders) > 2
    both = translate("Compare", "All") if several else translate("Compare", "Both")
    heads = (
        Head(translate("Compare", "Code"), width=170, figures=False),
        Head(both, width=80),
        Head(translate("Compare", "One alone"), width=90),
        Head(translate("Compare", "Passages"), width=90),
        Head("%", say.coefficient_hint("percent"), 64),
        Head(COEFFICIENTS[found.coefficient].symbol, say.coefficient_hint(found.coefficient), 80),
        Head(translate("Compare", "Remarks"), width=150, figures=False),
    )
    places = None if document is None else (found.places.index(document),)
    coders = tuple(range(len(found.coders)))
    rows = []
    for code in codes:
        line = found.line(code)
        here = line.figures
        if places is not None:
            here = code_agreement(found.counts, line.place, coders, places)
        judged = Judged(code, document)
        value = here.figures[found.coefficient]
        percent = here.figures["percent"].value
        alone = sum(here.only)
        of_both = Passages(code, Pattern.BOTH, document=document)
        of_one = Passages(code, Pattern.ONLY, document=document)
        of_passages = Coded(code, document=document)
        of_percent = None if percent is None else judged
        reason = say.reason_word(value.reason) if value.reason is not None else ""
        rows.append(
            (
                Shown(line.label, line.label.casefold(), hint=" › ".join(line.path)),
                Shown(figure(here.both), here.both, of_both if here.both else None),
                Shown(figure(alone), alone, of_one if alone else None),
                Shown(figure(here.passages), here.passages, of_passages if here.passages else None),
                Shown(say.percent_words(percent), percent, of_percent),
                value_cell(value, judged),
                Shown(reason, reason or None),
            )
        )
    empty = translate("Compare", "None of the codes was used by any of them.")
    return Grid(title, heads, tuple(rows), empty)


def left_out_list(found: Agreement) -> Grid:
    """The documents and codes that enter no figure, each with the reason."""
    initials = {coder.id: coder.initials for coder in found.coders}
    heads = (
        Head(translate("Compare", "Left out"), width=220, figures=False),
        Head(translate("Compare", "Why"), width=220, figures=False),
        Head(translate("Compare", "Coded by"), width=120, figures=False),
    )

    def coders(keys: tuple[UUID, ...]) -> Shown:
        said = ", ".join(initials[key] for key in keys if key in initials)
        return Shown(said, said)

    rows = [
        (
            Shown(one.title, one.title.casefold(), OfDocument(one.document)),
            Shown(say.left_out_word(one.why), one.why.value),
            coders(one.coders),
        )
        for one in found.left_out
    ]
    rows += [
        (
            Shown(code.path[-1], code.path[-1].casefold(), hint=" › ".join(code.path)),
            Shown(say.code_left_out_word(code.why), code.why.value),
            coders(code.coders),
        )
        for code in found.left_out_codes
    ]
    return Grid(translate("Compare", "What enters no figure"), heads, tuple(rows))


def pair_list(project: Project, found: Agreement) -> Grid:
    """The pairs of coders whose mean was taken."""
    heads = (
        Head(translate("Compare", "Coders"), width=220, figures=False),
        Head(translate("Compare", "Pooled κ"), say.coefficient_hint("pooled_kappa"), 100),
        Head("%", say.coefficient_hint("percent"), 80),
        Head(translate("Compare", "Documents"), width=100),
    )
    rows = []
    for pair in project.comparison.pairs(found):
        first, second = found.coders[pair.first], found.coders[pair.second]
        two = OfPair((first.id, second.id))
        name = f"{first.name} – {second.name}"
        share = pair.percent.value
        rows.append(
            (
                Shown(name, name.casefold()),
                value_cell(pair.kappa, two),
                Shown(say.percent_words(share), share, None if share is None else two),
                Shown(figure(pair.documents), pair.documents, two if pair.documents else None),
            )
        )
    return Grid(translate("Compare", "Pairs of coders"), heads, tuple(rows))
