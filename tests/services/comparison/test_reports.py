"""The reports about coders: every ending, the same numbers in each, and what they must say."""

from __future__ import annotations

import csv
import random
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.cli.agreement_project import as_json
from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.report import Paragraph, Report
from ikt_coder.core.rounds import (
    DecisionKind,
    DifferenceKind,
    ReasonCategory,
    RoundEventKind,
    RoundMode,
    Task,
    Unit,
)
from ikt_coder.core.span import Span
from ikt_coder.core.table import Table
from ikt_coder.core.words import Approach, Origin, Valence
from ikt_coder.exporters.catalogue import write
from ikt_coder.services import agreement_table
from ikt_coder.services.comparison_options import ComparisonOptions
from ikt_coder.services.methods_facts import project_facts
from ikt_coder.services.methods_paragraph import methods_report
from ikt_coder.services.new_codings import NewCoding
from ikt_coder.services.project import Project
from ikt_coder.services.report_catalogue import report_kind
from ikt_coder.services.report_kinds import Group, ReportOptions
from ikt_coder.services.report_language.comparing_english import English as Comparing
from ikt_coder.services.report_language.comparing_french import French
from ikt_coder.services.report_language.methods_english import English
from ikt_coder.services.theme_table_options import ExportLanguage
from tests.numbers.files import rows_of, words_of
from tests.rounds import Team

KEYS = ("agreement", "decisions", "methods", "units", "codebook_version")


@dataclass(frozen=True)
class Study:
    team: Team
    round: UUID
    folder: Path


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """Six documents coded blind by two, some differences settled, some adjudicated in bulk."""
    folder = tmp_path_factory.mktemp("coders")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IKT_CODER_HOME", str(folder / "home"))
        team = Team(folder / "Study.ikt", documents=6)
        project = team.project
        round_ = team.round(target=0.7)
        dice = random.Random(3)
        for document in team.documents:
            length = len(project.texts.get(document))
            base = [(at, at + dice.randint(20, 40)) for at in range(0, length - 60, 45)]
            for number in (0, 1):
                coder = team.sit(number)
                new = []
                for start, end in base:
                    chance = dice.random()
                    if chance < 0.15:
                        continue
                    edge = dice.randint(0, 9) if chance < 0.5 else 0
                    new.append(
                        NewCoding(
                            document,
                            Span(start, min(length, end + edge)),
                            team.codes[dice.randrange(2) if chance < 0.7 else 0],
                            coder,
                            dice.choice([Valence.BARRIER, Valence.FACILITATOR, None]),
                        )
                    )
                project.codings.apply_many(new, Origin.IMPORT)
        team.finish(round_)
        team.sit(0)
        project.rounds.unseal(round_)
        desk = project.reconciliation
        for at, item in enumerate(desk.items(round_)):
            if item.kind is not DifferenceKind.MATCH and at % 3:
                choice = desk.choices(item)[0]
                desk.choose(
                    item,
                    choice,
                    category=ReasonCategory.DEFINITION,
                    reason="As defined",
                    present=(team.coders[1],) if at % 3 == 2 else (),
                )
        project.codes.change(team.codes[0], definition="What a partner is to do.")
        project.codebook_versions.keep("After the first round")
        yield Study(team, round_, folder)
        team.close()


def written(study: Study, key: str, ending: str, language: str = "en") -> Path:
    path = study.folder / f"{key}-{language}{ending}"
    options = ReportOptions(ending=ending, language=language)
    write(report_kind(key).build(study.team.project, options), path, language)
    return path


@pytest.mark.parametrize("key", KEYS)
def test_every_ending_is_written_in_both_languages(study: Study, key: str) -> None:
    kind = report_kind(key)
    assert kind.group is Group.COMPARE
    for ending in kind.endings:
        for language in ("en", "fr"):
            path = written(study, key, ending, language)
            assert path.stat().st_size > 200
            if ending in (".docx", ".xlsx"):
                assert zipfile.is_zipfile(path)


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".html", ".csv", ".md"])
def test_the_table_has_the_numbers_of_the_command_line(study: Study, ending: str) -> None:
    found = study.team.project.comparison.agreement(study.round, bootstrap=True)
    said = as_json(found)
    rows = rows_of(written(study, "agreement", ending))
    for code in said["codes"]:
        listed = [row for row in rows if row and row[0] == code["code"]]
        if not code["both"] and not any(code["only"].values()):
            assert not listed  # named in the note
            continue
        row = listed[0]
        counts = [code["both"], *code["only"].values(), code["neither"]]
        assert [int(cell.replace(",", "")) for cell in row[1:5]] == counts
        if ending in (".csv", ".xlsx"):
            assert float(row[5]) == pytest.approx(100 * code["percent"])
            assert float(row[6]) == pytest.approx(code["kappa"])
            assert [float(cell) for cell in row[7:9]] == pytest.approx(
                [code["ci"]["low"], code["ci"]["high"]]
            )
        else:
            assert row[5] == f"{100 * code['percent']:.1f}"
            assert row[6] == f"{code['kappa']:.3f}".replace("0.", ".", 1)
    words = words_of(written(study, "agreement", ending))
    assert "Trust" in words  # not used by anybody: named in the note
    assert "laid down beforehand" in words.lower()


@pytest.mark.parametrize(("language", "said"), [("en", "not here"), ("fr", "n’y figure pas")])
def test_what_was_used_instead_says_what_it_leaves_out(
    study: Study, language: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = words_of(written(study, "agreement", ".docx", language))
    words_written = (Comparing() if language == "en" else French()).words
    assert words_written.confusion_title in words
    assert said in words
    assert "{of}" not in words_written.confusion_cut.format(shown=1, of=2)
    monkeypatch.setattr(agreement_table, "_MOST_CONFUSIONS", 1)
    cut = words_of(written(study, "agreement", ".docx", language))
    begins = words_written.confusion_cut.split("{")[0]
    assert re.search(re.escape(begins) + "1 ", cut)
    assert ".xlsx" in words_written.confusion_cut
    assert not re.search(
        re.escape(begins) + "1 ", words_of(written(study, "agreement", ".xlsx", language))
    )


def test_the_raw_table_adds_up_to_the_figures(study: Study) -> None:
    project = study.team.project
    for unit in (None, Unit.SENTENCES, Unit.DOCUMENTS):
        options = ReportOptions(ending=".csv", comparison=ComparisonOptions(unit=unit))
        path = study.folder / f"units-{unit}.csv"
        write(report_kind("units").build(project, options), path)
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        names = ["Amara Okafor", "Beni Kask"]
        found = project.comparison.agreement(study.round, unit=unit)
        for line in found.codes:
            sums = {"11": 0, "10": 0, "01": 0, "00": 0}
            for row in rows:
                if row["code"] == line.path[-1]:
                    assert int(row["units"]) == int(row["last_unit"]) - int(row["first_unit"])
                    sums["".join(row[name] for name in names)] += int(row["units"])
            figures = line.figures
            assert list(sums.values()) == [figures.both, *figures.only, figures.neither]


def test_the_log_has_a_row_for_every_decision_with_what_is_asked_for(study: Study) -> None:
    project = study.team.project
    log = project.reconciliation.log(study.round)
    path = written(study, "decisions", ".csv")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["event"].count("-") == 4]
    assert len(rows) == len(log)
    wanted = {
        "event", "time", "person", "role", "round", "document", "text", "codebook", "item",
        "before", "decision", "after", "category", "reason", "present", "names_hidden", "program",
    }  # fmt: skip
    assert wanted <= set(rows[0])
    by_id = {str(one.decision.id): one for one in log}
    for row in rows:
        one = by_id[row["event"]]
        assert row["decision"].split(":")[0] == one.decision.kind.value
        assert row["person"] == "Amara Okafor"
        assert (row["holds"] == "1") is one.stands
        assert row["codebook"] == "1"
    words = words_of(written(study, "decisions", ".docx"))
    assert "As defined" in words
    assert "finished and frozen" in words
    assert "unsealed" in words
    assert "She phoned" not in words


def test_the_word_log_says_who_decided_and_who_was_there(study: Study) -> None:
    project = study.team.project
    for language, alone in (("en", "nobody else noted"), ("fr", "personne d’autre de noté")):
        options = ReportOptions(ending=".docx", language=language)
        product = report_kind("decisions").build(project, options)
        assert isinstance(product, Sequence)
        table = product[0]
        who = 1
        assert {row[who].text for row in table.rows} == {"Amara Okafor"}
        assert {row[who + 1].text for row in table.rows} == {"Beni Kask", alone}
        assert table.columns[who + 1].name in ("Present", "Présents")


def paragraphs(report: Report) -> str:
    return " ".join(
        "".join(run.text for run in block.runs)
        for block in report.blocks
        if isinstance(block, Paragraph)
    )


def test_the_paragraph_states_the_facts_of_the_round(study: Study) -> None:
    project = study.team.project
    report = methods_report(project)
    words = paragraphs(report)
    (facts,) = project_facts(project).rounds
    assert facts.settling is not None
    progress = facts.settling.progress
    ((who, alone),) = facts.settling.alone
    assert who == "Amara Okafor"
    assert alone
    assert facts.settling.together + alone == progress.settled
    found = project.comparison.agreement(study.round)
    for part in (
        "2 coders (Amara Okafor and Beni Kask) independently coded 6 of 6 documents",
        "codebook version 1 (3 codes)",
        f"differed in {progress.total} items",
        f"Of these, {facts.settling.together} differences were settled by coders together and "
        f"{alone} by Amara Okafor with nobody else noted as present (",
        f"Negotiated agreement: {progress.settled} of {progress.total}",
        "not a second coefficient of reliability",
        "κ = .70 or more",
        "Not used at all: 1 code in scope.",
        f"sat down at the same program {facts.switches} times",
        "from version 1 to 2, 1 changed",
    ):
        assert part in words, part
    pooled = found.overall.pooled_kappa.value
    assert pooled is not None
    assert f"κ = {pooled:.2f}".replace("0.", ".") in words
    (table,) = [block for block in report.blocks if isinstance(block, Table)]
    assert len(table.rows) == len(found.used)
    listed = str([block for block in report.blocks if not isinstance(block, Paragraph)])
    for item in ("24. Number of data coders", "25. ", "26. ", "27. Software", "IKT Coder"):
        assert item in listed


def test_no_sentence_of_the_paragraph_begins_with_a_numeral(study: Study) -> None:
    """APA 7, 6.33: a draft that goes to a journal should not have to be mended for it."""
    project = study.team.project
    (of_round,) = project_facts(project).rounds
    english = English()
    check = replace(of_round, reopened=3, reopened_after=1)
    copies = replace(project_facts(project), copies=1, merged=1)
    words = " ".join(
        (paragraphs(methods_report(project)), english.kept_apart(check), english.copies(copies))
    )
    assert "After the comparison, 1 document was reopened" in words
    assert "1 copy was brought back" in words
    assert not re.findall(r"(?:^|[.!?:] )(?=\d+ [a-z])[^.]*", words.replace(": ", " – ")), words


@pytest.mark.parametrize(
    ("name", "number", "said"),
    [
        ("Round 2", 2, "Round 2 (codebook version 1): independent"),
        ("Pilot", 2, "Round 2 (“Pilot”, codebook version 1): independent"),
    ],
)
def test_a_round_that_kept_its_proposed_name_is_named_once(
    name: str, number: int, said: str
) -> None:
    assert Comparing().of_round(name, number, None, 1).startswith(said)
    french = French().of_round(name, number, None, 1)
    assert ("«" in french) == (name == "Pilot")


def test_the_paragraph_in_french_has_the_same_figures(study: Study) -> None:
    words = paragraphs(methods_report(study.team.project, ExportLanguage.FRENCH))
    (facts,) = project_facts(study.team.project).rounds
    assert facts.settling is not None
    assert f"{facts.settling.progress.total} éléments" in words
    pooled = study.team.project.comparison.agreement(study.round).overall.pooled_kappa.value
    assert pooled is not None
    assert f"κ = {pooled:.2f}".replace(".", ",") in words
    assert "Accord négocié" in words
    assert " The " not in words


def test_versions_of_the_codebook_and_what_changed(study: Study) -> None:
    words = words_of(written(study, "codebook_version", ".docx"))
    assert "Codebook Version 1" in words
    assert "Changes From Version 1 to 2" in words
    assert "What a partner is to do." in words
    assert "Round 1" in words


@pytest.mark.parametrize(
    ("mode", "says"),
    [
        (RoundMode.OPEN, "openly as a team"),
        (RoundMode.VERIFY, "No kappa or alpha is given"),
        (RoundMode.BLIND, "still sealed"),
    ],
)
def test_rounds_without_a_figure_say_why(tmp_path: Path, mode: RoundMode, says: str) -> None:
    team = Team(tmp_path / "Study.ikt")
    team.round(mode)
    team.code(0, 0, 0, "I came late")
    words = paragraphs(methods_report(team.project))
    assert says in words
    assert "κ" not in words
    french = paragraphs(methods_report(team.project, ExportLanguage.FRENCH))
    assert "κ" not in french
    team.close()


def test_verified_coding_reports_rates_and_its_blind_check_apart(tmp_path: Path) -> None:
    team = Team(tmp_path / "Study.ikt", documents=5)
    project = team.project
    round_ = team.round(RoundMode.VERIFY, blind_share=40, seed=3)
    second = team.coders[1]
    tasks = {
        row.document: row.task for row in project.rounds.assignments(round_) if row.coder == second
    }
    for at in range(5):
        team.code(0, at, 0, "She phoned me before the third meeting.")
        team.code(0, at, 1, "I came late")
    for at, document in enumerate(team.documents):
        if tasks[document] is Task.CODE:
            team.code(1, at, 0, "She phoned me")
    team.finish(round_)
    team.sit(0)
    project.rounds.unseal(round_)
    team.sit(1)
    document = next(key for key, task in tasks.items() if task is Task.VERIFY)
    one, other = project.verification.items(round_, document)
    project.verification.judge(one.id, round_, DecisionKind.ACCEPT)
    project.verification.judge(other.id, round_, DecisionKind.REMOVE, reason="Not said")
    words = paragraphs(methods_report(project))
    assert "Amara Okafor coded 5 of 5 documents" in words
    assert "Beni Kask verified the coding" in words
    assert "Of 2 codings that were judged: 1 accepted and 1 removed" in words
    assert "No kappa or alpha is given of that" in words
    assert "2 documents were coded blind by both" in words
    found = project.comparison.agreement(round_)
    assert len(found.documents) == 2
    pooled = found.overall.pooled_kappa.value
    assert pooled is not None
    assert f"κ = {pooled:.2f}".replace("0.", ".") in words
    rows = rows_of_log(project, tmp_path)
    assert {row["decision"] for row in rows} == {"accept", "remove"}
    team.close()


def rows_of_log(project: Project, folder: Path) -> list[dict[str, str]]:
    path = folder / "log.csv"
    write(report_kind("decisions").build(project, ReportOptions(ending=".csv")), path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["event"].count("-") == 4]


def test_a_project_without_rounds_says_so(tmp_path: Path) -> None:
    team = Team(tmp_path / "Study.ikt")
    assert "No round of coding was set up" in paragraphs(methods_report(team.project))
    for key in KEYS:
        made = report_kind(key).build(team.project, ReportOptions())
        for part in made if isinstance(made, tuple) else (made,):
            said = part.rows if isinstance(part, Table) else getattr(part, "blocks", ())
            assert said or part.empty
    team.close()


def test_a_reflexive_project_reports_no_figure(tmp_path: Path) -> None:
    team = Team(tmp_path / "Study.ikt")
    round_ = team.round()
    team.differ()
    team.finish(round_)
    team.project.rounds.unseal(round_)
    team.project.card.change(approach=Approach.REFLEXIVE)
    report = methods_report(team.project)
    assert "no coefficient is reported" in paragraphs(report)
    assert not report.tables
    for key in ("agreement", "units"):
        with pytest.raises(NotAllowed, match="no figure"):
            report_kind(key).build(team.project, ReportOptions(round=round_))
    team.close()


def test_three_coders_have_pairs_and_missing_values(tmp_path: Path) -> None:
    team = Team(tmp_path / "Study.ikt", coders=3)
    round_ = team.round()
    team.project.rounds.unassign(round_, team.coders[2], [team.documents[1]])
    for coder in range(3):
        team.code(coder, 0, coder % 2, "I came late")
    team.finish(round_)
    team.sit(0)
    team.project.rounds.unseal(round_)
    made = report_kind("agreement").build(team.project, ReportOptions())
    assert isinstance(made, tuple)
    titles = [table.title for table in made if isinstance(table, Table)]
    assert "Agreement by Pair of Coders" in titles
    path = tmp_path / "units.csv"
    write(report_kind("units").build(team.project, ReportOptions(ending=".csv")), path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["Chloe Roy"] for row in rows if row["document"] == "Talk 2"} == {""}
    assert {row["Chloe Roy"] for row in rows if row["document"] == "Talk 1"} == {"0", "1"}
    team.close()


def test_figures_that_were_given_out_are_logged(study: Study) -> None:
    project = study.team.project
    found = project.comparison.agreement(study.round)
    project.comparison.record(found)
    last = project.rounds.events(study.round)[-1]
    assert last.kind is RoundEventKind.STATISTIC
    assert last.data["value"] == found.overall.pooled_kappa.value
    assert last.data["snapshots"] == list(found.snapshots)
    assert "figures given out" in words_of(written(study, "decisions", ".md"))


def test_a_round_over_chosen_documents_says_of_how_many(tmp_path: Path) -> None:
    team = Team(tmp_path / "Some.ikt", documents=3)
    round_ = team.round(documents=(team.documents[1],))
    for coder in (0, 1):
        team.sit(coder)
        team.project.rounds.finish(round_, team.documents[1])
    team.project.rounds.unseal(round_)
    words = paragraphs(methods_report(team.project))
    assert "1 of 3 documents, chosen by the team" in words
    assert "all there were" not in words
    team.close()
