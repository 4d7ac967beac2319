"""What is sealed: the documents of blind rounds, until the round is unsealed.

In a sealed document everybody sees their own codings alone, and so does who coordinates, and
who gave no name. The rule is written once, below; ``storage.veil`` lays it over every query of
the project, so that no list, count, search, report, export or command has to think of it.
Somebody with the file and a database tool could look: separate copies are the proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from threading import Lock, get_ident
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ColumnElement, literal_column

from ikt_coder.core.changes import Changes
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import RoundMode, Task
from ikt_coder.model import Base
from ikt_coder.services.before_rounds import SUMMED_UP, BeforeRounds, Since, begun_by
from ikt_coder.storage.veil import Veil

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

# A round seals where two coders or more code a document blind; in a round of code and verify
# that is the share both code as a check. A document is opened when its ground is frozen: a round
# can open its first documents before the rest, and no undo of anything opens one.
_SEALED = f"""
    SELECT r.id, r.number, r.name, r.created, a.document_id
    FROM assignment a JOIN coding_round r ON r.id = a.round_id
    WHERE a.task = '{Task.CODE}' AND r.mode IN ('{RoundMode.BLIND}', '{RoundMode.VERIFY}')
      AND NOT EXISTS (SELECT 1 FROM frozen_ground g
                      WHERE g.round_id = r.id AND g.document_id = a.document_id)
    GROUP BY r.id, a.document_id HAVING count(DISTINCT a.coder_id) > 1
    ORDER BY r.number, a.document_id
"""
_PROPOSED = "SELECT id, proposed_in, proposed_by FROM code WHERE proposed_in IS NOT NULL"
_WORKING = f"""
    SELECT DISTINCT round_id, coder_id FROM assignment WHERE task = '{Task.CODE}'
"""

_TABLES = ("coding_round", "assignment", "frozen_ground", "round_event", "document", "coder")

# Acts that tell nothing of codings, whoever did them; all others do until somebody thought of it.
_OPEN_ACTS = (
    Op.CREATE_PROJECT,
    Op.CHANGE_CARD,
    Op.ADD_BEHAVIOUR,
    Op.CHANGE_BEHAVIOUR,
    Op.REMOVE_BEHAVIOUR,
    Op.ADD_CODER,
    Op.CHANGE_CODER,
    Op.SWITCH_CODER,
    Op.IMPORT_DOCUMENTS,
    Op.RENAME_DOCUMENT,
    Op.MOVE_DOCUMENT,
    Op.SET_LANGUAGE,
    Op.DELETE_DOCUMENTS,
    Op.MEND_TEXT,
    Op.ADD_FOLDER,
    Op.CHANGE_FOLDER,
    Op.DELETE_FOLDER,
    Op.CHANGE_SPEAKER,
    Op.ADD_PARTICIPANT,
    Op.CHANGE_PARTICIPANT,
    Op.DELETE_PARTICIPANT,
    Op.LEAVE_OUT_PARTICIPANT,
    Op.TAKE_BACK_PARTICIPANT,
    Op.ERASE_PARTICIPANT,
    Op.ADD_ATTRIBUTE,
    Op.CHANGE_ATTRIBUTE,
    Op.DELETE_ATTRIBUTE,
    Op.SET_ATTRIBUTES,
    Op.ADD_FRAMEWORK,
    Op.REMOVE_FRAMEWORK,
    Op.MAKE_LEVEL_SET,
    Op.CHANGE_LEVEL_SET,
    Op.CHANGE_LEVEL,
    Op.SAVE_QUERY,
    Op.DELETE_QUERY,
    Op.SAVE_TABLE,
    Op.DELETE_TABLE,
    Op.SET_UP_ROUND,
    Op.CHANGE_ROUND,
    Op.ASSIGN,
    Op.FINISH_DOCUMENT,
    Op.REOPEN_DOCUMENT,
    Op.UNSEAL_ROUND,
    Op.KEEP_CODEBOOK_VERSION,
    Op.RECORD_STATISTIC,
    Op.COPY_FOR_CODER,
    Op.BEGIN_COPY,
    Op.MERGE_COPY,
    Op.ADD_STUDY,
    Op.CHANGE_STUDY,
    Op.DELETE_STUDY,
    Op.GROUP_RECORDS,
    Op.SET_GROUP,
    Op.IMPORT_ATTRIBUTES,
    Op.ADD_QUESTION,
    Op.CHANGE_QUESTION,
    Op.DELETE_QUESTION,
    Op.IMPORT_GUIDE,
    Op.MATCH_QUESTIONS,
    Op.ADD_CHART_FIELD,
    Op.CHANGE_CHART_FIELD,
    Op.DELETE_CHART_FIELD,
    Op.CHART,
    Op.CHECK_CHART,
    Op.CHANGE_TERMS,
    Op.CHOOSE_CROSSWALK,
    Op.ADD_TERM,
    Op.CHANGE_TERM,
    Op.DELETE_TERM,
    Op.FILL_CHECKLIST,
    Op.NAME_RESTORE_POINT,
    Op.GO_BACK,
    Op.COMPACT,
    Op.LOAD_SAMPLE,
)
# Codes and themes are everybody's; but who codes in a sealed round makes proposals, and their
# other acts on codes and themes can tell what they found.
_COMMON_ACTS = (
    Op.ADD_THEME,
    Op.CHANGE_THEME,
    Op.MOVE_THEME,
    Op.DELETE_THEME,
    Op.LINK_THEMES,
    Op.CHANGE_LINK,
    Op.UNLINK_THEMES,
    Op.ADD_CODE,
    Op.CHANGE_CODE,
    Op.MOVE_CODES,
    Op.MERGE_CODES,
    Op.SPLIT_CODE,
    Op.DELETE_CODES,
    Op.PIN_CODE,
    Op.LINK_CODES,
    Op.UNLINK_CODES,
    Op.IMPORT_CODEBOOK,
    Op.ADD_EVENT,
    Op.CHANGE_EVENT,
    Op.DELETE_EVENT,
    Op.ADD_MATRIX,
    Op.CHANGE_MATRIX,
    Op.DELETE_MATRIX,
    Op.RATE_RECOMMENDATION,
)
# Acts in one document, which they name: told where it is not sealed.
_PLACED_ACTS = (Op.APPLY_CODE, Op.MOVE_EDGES, Op.SET_STATUS, Op.SET_LEAD)


@frozen
class SealedRound:
    """A round whose documents are sealed. ``coders`` code in it, ``since`` is when it was set
    up, in microseconds since 1970 UTC."""

    id: UUID
    number: int
    name: str
    documents: frozenset[UUID]
    coders: frozenset[UUID]
    since: int


class Sealing:
    """``project.sealing``: which documents are sealed, and what of the tables may be seen."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lock = Lock()
        self.rounds: tuple[SealedRound, ...] = ()
        self.documents: frozenset[UUID] = frozenset()
        self._proposals: tuple[tuple[UUID, UUID | None], ...] = ()  # codes, and whose they are
        self._veils: dict[UUID | None, Veil] = {}
        self._before = BeforeRounds()
        self._purged: frozenset[UUID] = frozenset()  # rounds of which the journal forgot some
        self._versions: dict[int, int] = {}  # of the file, as each thread's connection counts
        self.read()
        project.listen(self._changed)

    def _changed(self, changes: Changes) -> None:
        if changes.touches(*_TABLES) or (self.rounds and changes.touches("code")):
            self.read()
        elif self.rounds and changes.touches(*SUMMED_UP):
            self._veils = {}
        if self.rounds and not changes.tables:  # a purge: the journal is shorter now
            self._before = BeforeRounds()
            self.read()

    def read(self) -> None:
        """Look anew what is sealed. After every act that can seal or unseal this is done by
        itself, before any view hears of the act."""
        driver = self._project.file.connections.raw()
        working: dict[bytes, set[UUID]] = {}
        documents: dict[bytes, set[UUID]] = {}
        found: dict[bytes, tuple[int, str, int]] = {}
        for key, number, name, since, document in driver.execute(_SEALED).fetchall():
            found[key] = (number, name, since)
            documents.setdefault(key, set()).add(UUID(bytes=document))
        if found:
            for key, coder in driver.execute(_WORKING).fetchall():
                working.setdefault(key, set()).add(UUID(bytes=coder))
        rounds = tuple(
            SealedRound(
                UUID(bytes=key),
                number,
                name,
                frozenset(documents[key]),
                frozenset(working.get(key, ())),
                since,
            )
            for key, (number, name, since) in found.items()
        )
        sealed = {row.id.bytes for row in rounds}
        proposals = tuple(
            (UUID(bytes=key), UUID(bytes=coder) if coder else None)
            for key, round_, coder in (driver.execute(_PROPOSED).fetchall() if rounds else ())
            if round_ in sealed
        )
        with self._lock:
            self.rounds = rounds
            self._proposals = proposals
            self._purged = frozenset(row.id for row in rounds if not begun_by(driver, row.id))
            self.documents = frozenset(each for row in rounds for each in row.documents)
            self._veils = {}
            drawn = bool(rounds) or self._project.read_only
            self._project.file.connections.draw(self._veil if drawn else None)

    def _veil(self) -> Veil | None:
        """What the present coder may see; None where all."""
        if self._project.read_only:
            self._look_again()
        if not self.rounds:
            return None
        coder = self._project.coder
        veils = self._veils
        veil = veils.get(coder)
        if veil is None:
            sources = self._sources(coder)
            veil = veils[coder] = Veil(self.conditions(coder, sources), sources)
        return veil

    def _sources(self, coder: UUID | None) -> dict[str, str]:
        """The tables of which ``coder`` sees rows as they were before the rounds."""
        since = [Since(row.id, row.since, row.coders) for row in self.rounds]
        return self._before.sources(self._project.file.connections.raw(), coder, since)

    def _look_again(self) -> None:
        """Who only reads is not told of acts: another window may have set up a round."""
        driver = self._project.file.connections.raw()
        (version,) = driver.execute("PRAGMA data_version").fetchone()
        thread = get_ident()
        if self._versions.get(thread) != version:
            self.read()
        self._versions[thread] = version

    def round_of(self, document: UUID) -> SealedRound | None:
        """The round by which a document is sealed."""
        return next((row for row in self.rounds if document in row.documents), None)

    def shared(self) -> bool:
        """Whether several coders of one sealed round have worked in this very file, so that
        nobody is taken for one of them before they said who they are."""
        driver = self._project.file.connections.raw()
        acted = {
            UUID(bytes=coder)
            for (coder,) in driver.execute(
                "SELECT DISTINCT coder_id FROM operation WHERE coder_id IS NOT NULL"
            )
        }
        return any(len(acted & row.coders) > 1 for row in self.rounds)

    def proposing(self, coder: UUID | None) -> SealedRound | None:
        """The sealed round that a coder codes in: a code they make now is a proposal."""
        return next((row for row in self.rounds if coder in row.coders), None)

    def condition(self, entity: type[Base]) -> ColumnElement[bool] | None:
        """Which rows of a table the present coder may see; None where all. For the history,
        which undo must read whole; the tables of :meth:`conditions` need no condition."""
        if not self.rounds:
            return None
        coder = self._project.coder
        conditions = {**self.conditions(coder), "operation": self._acts(coder)}
        sql = conditions.get(entity.__tablename__)
        return None if sql is None else literal_column(f"({sql})").op("=")(1)

    def conditions(
        self, coder: UUID | None, sources: Mapping[str, str] | None = None
    ) -> dict[str, str]:
        """For each table that tells what others coded, the rows ``coder`` may see, in SQL.
        ``sources`` stand for tables of which rows are seen as they were before the rounds."""
        sealed = _listed(self.documents)
        own = f"IS {_literal(coder)}" if coder is not None else "= NULL"
        # Mostly there is none, and an index alone answers.
        proposed = [key for key, whose in self._proposals if whose != coder or coder is None]

        def known(column: str) -> str:
            return f"coalesce({column} NOT IN {_listed(proposed)}, 1)" if proposed else "1"

        def seen(codings: str) -> str:
            mine = f"coalesce({codings}.coder_id {own}, 0)"
            place = f"{codings}.document_id NOT IN {sealed}"
            return f"(({mine} OR {place}) AND {known(f'{codings}.code_id')})"

        def of_seen(column: str) -> str:
            return f"EXISTS (SELECT 1 FROM main.coding c_ WHERE c_.id = {column} AND {seen('c_')})"

        frozen = " OR ".join(
            f"(snapshot.document_id IN {_listed(row.documents)}"
            f" AND (snapshot.round_id = {_literal(row.id)} OR snapshot.at >= {row.since}))"
            for row in self.rounds
        )

        def told(table: str, at: str) -> str:
            """What was written from passages: one's own, and what nobody of the rounds wrote.
            Nothing of theirs where what they changed cannot be told any more."""
            mine = f"coalesce({table}.coder_id IS {_literal(coder)}, 0)" if coder else "0"
            others = " AND ".join(
                f"NOT coalesce({table}.coder_id IN {_listed(row.coders)}, 1)"
                if row.id in self._purged
                else f"NOT ({table}.{at} >= {row.since}"
                f" AND coalesce({table}.coder_id IN {_listed(row.coders)}, 0))"
                for row in self.rounds
            )
            return f"({mine} OR ({others}))"

        instead = sources or {}

        def there(table: str, condition: str) -> str:
            """What hangs on a row of a table is seen where that row is."""
            source = instead.get(table, f"main.{table}")
            return f"EXISTS (SELECT 1 FROM {source} AS {table} WHERE {condition})"

        memos = self._memos(coder, sealed, known("memo.code_id"), of_seen("memo.coding_id"))
        cells = told("matrix_cell", "changed")
        beliefs = f"({told('belief', 'created')} AND {known('belief.code_id')})"
        advice = f"({told('recommendation', 'created')} AND {known('recommendation.code_id')})"
        return {
            "coding": seen("coding"),
            "coding_level": of_seen("coding_level.coding_id"),
            "theme_coding": of_seen("theme_coding.coding_id"),
            "quote": of_seen("quote.coding_id"),
            "quote_alteration": "EXISTS (SELECT 1 FROM main.quote q_ WHERE"
            f" q_.id = quote_alteration.quote_id AND {of_seen('q_.coding_id')})",
            "code": known("code.id"),
            "theme_code": known("theme_code.code_id"),
            "theme_domain": known("theme_domain.code_id"),
            "memo": memos,
            "memo_link": there("memo", f"memo.id = memo_link.memo_id AND {memos}")
            + f" AND {known('memo_link.code_id')}"
            f" AND (memo_link.coding_id IS NULL OR {of_seen('memo_link.coding_id')})",
            "code_link": f"{known('code_link.code_id')} AND {known('code_link.target_id')}",
            "event_link": known("event_link.code_id"),
            "matrix_column": known("matrix_column.code_id"),
            "matrix_cell": cells,
            "cell_coding": there("matrix_cell", f"matrix_cell.id = cell_coding.cell_id AND {cells}")
            + f" AND {of_seen('cell_coding.coding_id')}",
            "case_rating": f"{told('case_rating', 'changed')} AND {known('case_rating.code_id')}",
            "belief": beliefs,
            "belief_coding": there("belief", f"belief.id = belief_coding.belief_id AND {beliefs}")
            + f" AND {of_seen('belief_coding.coding_id')}",
            "recommendation": advice,
            "recommendation_rating": there(
                "recommendation",
                f"recommendation.id = recommendation_rating.recommendation_id AND {advice}",
            ),
            "revisit": known("revisit.code_id"),
            "revisited": of_seen("revisited.coding_id"),
            # What was frozen when a person finished holds the codings themselves.
            "snapshot": f"(coalesce(snapshot.coder_id {own}, 0) OR NOT ({frozen}))",
        }

    def _memos(self, coder: UUID | None, sealed: str, known: str, of_seen: str) -> str:
        """A memo at a place of a sealed document is its writer's; so is what a coder of the
        round wrote since it began on codes, themes and the project, which may tell as much.
        Rules that others write meanwhile are for all."""
        mine = f"coalesce(memo.coder_id IS {_literal(coder)}, 0)" if coder else "0"
        general = "memo.document_id IS NULL AND memo.coding_id IS NULL"
        told = [
            f"NOT ({general}"
            f"{'' if row.id in self._purged else f' AND memo.changed >= {row.since}'}"
            f" AND coalesce(memo.coder_id IN {_listed(row.coders)}, 0))"
            for row in self.rounds
        ]
        return (
            f"({mine} OR (coalesce(memo.document_id NOT IN {sealed}, 1)"
            f" AND (memo.coding_id IS NULL OR {of_seen})"
            f" AND {known} AND {' AND '.join(told)}))"
        )

    def _acts(self, coder: UUID | None) -> str:
        """The acts that are in the history: one's own, those that tell nothing of codings, and
        those of people outside the round on codes, themes or in a document that is not sealed."""
        kinds = {
            name: f"operation.kind IN ({', '.join(repr(op.value) for op in acts)})"
            for name, acts in (
                ("open", _OPEN_ACTS),
                ("common", _COMMON_ACTS),
                ("placed", _PLACED_ACTS),
            )
        }
        mine = f"operation.coder_id IS {_literal(coder) if coder else 'NULL'}"
        outside = " AND ".join(
            f"NOT (operation.at >= {row.since}"
            f" AND coalesce(operation.coder_id IN {_listed(row.coders)}, 0))"
            for row in self.rounds
        )
        sealed = ", ".join(f"'{key}'" for key in sorted(self.documents))
        place = "json_extract(operation.params, '$.document')"
        told = f"{kinds['common']} OR ({kinds['placed']} AND {place} NOT IN ({sealed}))"
        return f"({mine} OR {kinds['open']} OR ({outside} AND coalesce({told}, 0)))"


def _literal(key: UUID) -> str:
    return f"X'{key.hex}'"


def _listed(keys: Iterable[UUID]) -> str:
    return f"({', '.join(_literal(key) for key in sorted(keys))})"
