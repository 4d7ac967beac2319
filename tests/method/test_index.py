"""Where each rule of the method has its test: the name of the test is the rule."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
THEMES, TABLE = "services/test_themes.py", "services/test_theme_table.py"
LAYERS, DOMAINS = "services/test_layers.py", "services/test_theme_domains.py"
QUOTES = "services/test_theme_quotes.py"
ROUNDS = "services/comparison/test_rounds.py"
STANDING = "services/comparison/test_as_they_stand.py"
COMPARED = "services/comparison/test_reports.py"

RULES: dict[str, tuple[tuple[str, str], ...]] = {
    "counting": (
        ("method/test_counting.py", "test_a_reference_is_one_coding"),
        (THEMES, "test_touching_spans_are_one_passage_and_apart_ones_two"),
        (THEMES, "test_passages_of_two_documents_never_join"),
        (THEMES, "test_two_codes_of_one_theme_on_one_passage_are_two_references_one_passage"),
        (TABLE, "test_tables_count_passages_and_references_only_where_asked"),
        (THEMES, "test_a_coding_belongs_to_every_participant_whose_turn_it_touches"),
        (THEMES, "test_interviewers_words_belong_to_nobody"),
        (LAYERS, "test_n_is_the_participants_of_documents_marked_coded"),
        (LAYERS, "test_interim_is_said_until_all_are_coded"),
        (THEMES, "test_parents_roll_up_once"),
        (TABLE, "test_parents_count_participants_once_and_own_counts_stand_apart"),
        (DOMAINS, "test_a_coding_on_two_levels_counts_once_in_each_and_once_in_the_total"),
        ("method/test_counting.py", "test_rows_that_overlap_are_declared_in_the_note"),
        (TABLE, "test_mixed_stands_in_both_one_sided_tables_marked_and_once_in_the_total"),
        (TABLE, "test_neutral_is_not_mixed_and_not_set_has_its_own_column"),
        (TABLE, "test_participants_with_both_directions_have_a_column"),
        (TABLE, "test_no_percentages_unless_asked"),
        (TABLE, "test_every_note_names_layer_unit_denominator_and_date"),
        ("method/test_counting.py", "test_not_set_is_a_column_and_no_level_a_row_never_zero"),
        (TABLE, "test_every_figure_above_zero_opens_the_codings_behind_it"),
    ),
    "layer": (
        (LAYERS, "test_consensus_goes_before_the_lead_coder"),
        (LAYERS, "test_consensus_is_decided_per_document"),
        (LAYERS, "test_nothing_counts_until_a_lead_is_chosen"),
        (LAYERS, "test_codings_of_two_coders_are_never_added_up"),
        (LAYERS, "test_consensus_is_in_no_coder_list"),
        (LAYERS, "test_the_layer_says_how_many_documents_were_single_coded"),
        (
            "method/test_layer.py",
            "test_every_report_on_themes_names_the_layer_and_how_many_documents_were_single_coded",
        ),
    ),
    "domains": (
        (DOMAINS, "test_a_framework_code_of_the_theme_itself_is_a_domain"),
        (DOMAINS, "test_domains_are_of_codings_over_half_of_the_shorter_span"),
        (DOMAINS, "test_domains_come_only_from_the_analysis_layer"),
        (DOMAINS, "test_domains_are_listed_with_n_participants_highest_first"),
        ("method/test_domains.py", "test_the_rule_and_its_cut_off_stand_in_the_note"),
        (DOMAINS, "test_domains_added_by_hand_are_marked_and_hidden_ones_named"),
        (DOMAINS, "test_comb_derived_stands_apart_and_is_never_stored"),
        (DOMAINS, "test_comb_derived_counted_once_where_the_node_was_coded_directly"),
        (DOMAINS, "test_undecided_not_counted_twice"),
        (DOMAINS, "test_levels_given_by_the_authors_are_marked"),
    ),
    "quotes": (
        (QUOTES, "test_only_accepted_quotes_are_printed"),
        (QUOTES, "test_proposals_are_marked_starred_first_and_balanced_over_participants"),
        ("method/test_quotes.py", "test_proposals_are_balanced_over_the_whole_table"),
        ("method/test_quotes.py", "test_alterations_show_in_brackets_and_as_an_ellipsis"),
        ("method/test_quotes.py", "test_one_letter_is_altered_within_its_word"),
        (QUOTES, "test_a_quote_longer_than_its_coding_is_said_to_be"),
        ("method/test_quotes.py", "test_consent_is_obeyed_by_every_table_and_report_of_quotes"),
        (QUOTES, "test_labels_that_fit_fewer_than_three_people_are_warned_about"),
    ),
    "tables": (
        ("method/test_tables.py", "test_apa_has_number_and_title_on_two_lines_and_leads_the_note"),
        (TABLE, "test_directions_stand_under_one_spanner"),
        (TABLE, "test_columns_of_zeros_are_dropped_and_named"),
        (TABLE, "test_default_columns_are_theme_description_quotes_and_n"),
        (TABLE, "test_sub_themes_are_indented_below_their_parent"),
        (
            "method/test_tables.py",
            "test_bmc_has_number_and_title_in_one_line_and_no_word_before_the_note",
        ),
        ("method/test_tables.py", "test_vancouver_parts_number_and_title_by_a_full_stop"),
        ("method/test_domains.py", "test_rows_by_framework_stand_under_component_then_domain"),
        (
            "method/test_tables.py",
            "test_kappa_has_no_zero_before_its_point_in_apa_and_brackets_around_its_interval",
        ),
        ("method/test_tables.py", "test_a_wide_table_has_a_landscape_section_and_alternative_text"),
        ("method/test_tables.py", "test_french_has_guillemets_thin_spaces_and_a_decimal_comma"),
        (TABLE, "test_no_text_says_that_themes_emerged"),
    ),
    "agreement of two coders": (
        (ROUNDS, "test_unit_scope_and_rule_are_those_that_were_locked"),
        (ROUNDS, "test_figures_of_a_round_never_move"),
        (ROUNDS, "test_finished_and_empty_is_zero_and_not_finished_is_missing"),
        (ROUNDS, "test_codes_of_the_round_and_codes_made_in_it"),
        (ROUNDS, "test_reopened_after_the_comparison_is_flagged_and_changes_nothing"),
        (ROUNDS, "test_coding_that_is_not_independent_gives_no_figure"),
        (ROUNDS, "test_a_reflexive_project_has_no_figure"),
        (STANDING, "test_direction_and_levels_on_agreed_passages"),
        (COMPARED, "test_the_paragraph_states_the_facts_of_the_round"),
        (COMPARED, "test_the_log_has_a_row_for_every_decision_with_what_is_asked_for"),
        ("ui/comparison/test_agreement.py", "test_every_count_opens_its_passages"),
        ("ui/comparison/test_agreement.py", "test_more_figures_and_unused_codes"),
    ),
}


@pytest.mark.parametrize("section", RULES)
def test_each_rule_still_has_its_test(section: str) -> None:
    for path, name in RULES[section]:
        tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
        names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert name in names, f"{path} lacks {name}"
