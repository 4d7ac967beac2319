"""Erasing looks wherever people write: every text column was thought of."""

from __future__ import annotations

from ikt_coder.model import Base, TableClass, table_class
from ikt_coder.model.base import Words
from ikt_coder.services.erased_words import TEXTS

# Columns that hold keys, fixed words, dates and file names, published words, people's labels
# (taken out as names) or the text itself (cut out with its turns).
OTHERWISE = """
attribute: kind subject
assignment: batch task
belief: direction
chart: status
chart_answer: basis
chart_check: verdict
chart_field: kind node_key subjects
chart_option: node_key
checklist_answer: node_key
code: colour default_valence node_key pattern source_page
coder: initials name role
coding: basis layer mapping_choice origin review valence
coding_round: codes coefficient mode rule scope selection unit
crosswalk_choice: crosswalk source
document: fingerprint language source_kind source_name status
document_edit: inserted removed
document_text: layout text
engagement_event: date until
framework: citation key kind name short_name source version
framework_matrix: case_kind
level: node_key source_page
list_term: key list_name
memo: kind
memo_link: phase
merged_copy: counts file_name
participant: consent label
project: approach words
recommendation: component framework node_key
recommendation_rating: criterion
saved_table: what
source_file: name
speaker: label role
theme: status
theme_coding: stance
theme_link: kind
"""


def test_every_text_column_is_scrubbed_or_has_a_reason_not_to_be() -> None:
    looked = {f"{entity.__tablename__}.{name}" for entity, names in TEXTS.items() for name in names}
    otherwise = {
        f"{table}.{name}"
        for table, _, names in (line.partition(":") for line in OTHERWISE.split("\n"))
        for name in names.split()
    }
    columns = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        if table_class(table.name) is TableClass.ENTITY
        for column in table.columns
        if isinstance(column.type, Words)
    }
    assert columns == looked | otherwise
    assert not looked & otherwise
