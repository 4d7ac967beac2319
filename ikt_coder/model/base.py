"""What every stored entity is made of: the column types and the four classes of table.

The classes name tables and columns, and nothing else: rows are read and written in SQL
expressions. SQLAlchemy's object mapper would give nothing here and take a seventh of the start.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from inspect import get_annotations
from threading import RLock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Uuid,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from ikt_coder.core.frozen import frozen


class TableClass(StrEnum):
    """What happens to a table's rows (architecture: the journal, rule 2)."""

    ENTITY = "entity"  # journaled and undoable
    RECORD = "record"  # append only, survives undo
    CACHE = "cache"  # no journal, can be dropped any time
    JOURNAL = "journal"  # the mechanism itself


@lru_cache(maxsize=65536)
def _uuid(key: bytes | None) -> UUID | None:
    """Most keys of a list are those of a few documents, codes and coders."""
    return None if key is None else UUID(bytes=key)


class Key(TypeDecorator[UUID]):
    """A UUID, kept by SQLite as 16 bytes and by other databases in their own type."""

    impl = Uuid
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(LargeBinary(16))
        return dialect.type_descriptor(Uuid())

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        if value is not None and dialect.name == "sqlite":
            return value.bytes
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        return _uuid(value) if isinstance(value, bytes) else value

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        # Straight to the cached key: a list reads five keys in each of thousands of rows, and
        # the general way takes three calls for each.
        if dialect.name == "sqlite":
            return _uuid
        return super().result_processor(dialect, coltype)


class Words(TypeDecorator[str]):
    """A text. What SQLite cannot keep whole gives way to "\ufffd", sign for sign, so that no
    position moves: half a surrogate pair, and NUL, at which quote() would cut an image."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keepable(value)


_UNKEPT = re.compile("[\0\ud800-\udfff]")


def keepable(text: str) -> str:
    """A text as :class:`Words` keeps it, for what is written with the driver."""
    return text if text.isascii() and "\0" not in text else _UNKEPT.sub("\ufffd", text)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Moment(TypeDecorator[datetime]):
    """A point in time, kept as microseconds since 1970 UTC (sorts, compares, never rounds)."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        return (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _moment(value)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        return _moment if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


@lru_cache(maxsize=4096)
def _moment(microseconds: int | None) -> datetime | None:
    """Codings that were imported or applied together share their moment."""
    return None if microseconds is None else _EPOCH + timedelta(microseconds=microseconds)


@frozen
class _Told:
    """What a class says of a column beside its type."""

    args: tuple[Any, ...] = ()
    options: Mapping[str, Any] = MappingProxyType({})
    refers: tuple[str, str] | None = None  # a table, and what its deleting does here


def column(*args: Any, **options: Any) -> Any:
    """What there is to say of a column: ``args`` (a type of its own, a foreign key) and
    ``options`` as SQLAlchemy's ``Column`` takes them."""
    return _Told(args, options)


def reference(target: str, *, on_delete: str = "CASCADE", index: bool = True) -> Any:
    """A foreign key, checked at commit so that undo may restore rows in any order."""
    return _Told(options={"index": index}, refers=(target, on_delete))


_TYPES: dict[str, TypeEngine[Any]] = {
    "UUID": Key(),
    "bool": Boolean(),
    "bytes": LargeBinary(),
    "datetime": Moment(),
    "int": Integer(),
    "str": Words(),
}
if TYPE_CHECKING:
    # So the types of an expression are known. The mapper itself is not loaded.
    from sqlalchemy.orm import Mapped as Mapped
else:
    Mapped = Column

_MAPPED = re.compile(r"Mapped\[(\w+)( \| None)?\]")


def _read(name: str, annotation: str) -> tuple[str, bool]:
    """The type in ``name: annotation`` and whether the column may be empty."""
    kind = _MAPPED.fullmatch(annotation)
    if kind is None or kind[1] not in _TYPES:
        raise TypeError(f"no column can be made of {name}: {annotation}")
    return kind[1], kind[2] is not None


def _made(name: str, kind: str, nullable: bool, told: _Told) -> Column[Any]:
    """The column that ``name: annotation = column(...)`` stands for."""
    args, options = told.args, {"nullable": nullable, **told.options}
    if told.refers is not None:
        target, on_delete = told.refers
        key = ForeignKey(f"{target}.id", ondelete=on_delete, deferrable=True, initially="DEFERRED")
        args = (*args, key)
    if not any(isinstance(each, TypeEngine | type) for each in args):
        args = (_TYPES[kind], *args)
    return Column(name, *args, **options)


_METADATA = MetaData()
_ENTITIES: dict[str, type[Base]] = {}
"""By the name of the table."""
_MAKING = RLock()
"""Workers ask for tables too."""


class _Described(type):
    """Makes a table when its class is first asked for it or for one of its columns: describing
    all of them takes a twentieth of the start, and it needs few."""

    __told__: dict[str, tuple[str, bool, _Told]]

    def __getattr__(cls, name: str) -> Any:
        # Python comes here for what the class does not have, or does not have yet.
        if "__tablename__" not in cls.__dict__ or (
            name != "__table__" and name not in cls.__told__
        ):
            raise AttributeError(f"{cls.__name__} has no column {name!r}")
        with _MAKING:
            if "__table__" not in cls.__dict__:
                cls._make()
        return cls.__dict__[name]

    def _make(cls) -> None:
        own = cls.__dict__
        columns = {name: _made(name, *told) for name, told in cls.__told__.items()}
        table = Table(
            own["__tablename__"], _METADATA, *columns.values(), *own.get("__table_args__", ())
        )
        for name, made in columns.items():
            setattr(cls, name, made)
        cls.__table__ = table  # last: where it stands, its columns do

    @property
    def metadata(cls) -> MetaData:
        """All tables, also those that nobody asked for yet."""
        for entity in _ENTITIES.values():
            _ = entity.__table__
        return _METADATA


class Base(metaclass=_Described):
    """Every stored entity. A subclass names its table and, in ``__kind__``, the class of it;
    each ``name: Mapped[type]`` in it is a column (``| None``: it may be empty). An expression
    takes the class itself for its table. Raises TypeError for another annotation."""

    __kind__: ClassVar[TableClass]
    __tablename__: ClassVar[str]
    __table_args__: ClassVar[tuple[Index, ...]] = ()
    __table__: ClassVar[Table]

    def __init_subclass__(cls) -> None:
        told: dict[str, tuple[str, bool, _Told]] = {}
        for name, annotation in get_annotations(cls).items():
            told[name] = (*_read(name, annotation), cls.__dict__.get(name, _Told()))
            if name in cls.__dict__:
                delattr(cls, name)  # it gives way to the column
        for name, inherited in getattr(cls.__base__, "__told__", {}).items():
            told.setdefault(name, inherited)
        cls.__told__ = told
        if "__tablename__" in cls.__dict__:
            _ENTITIES[cls.__tablename__] = cls

    @classmethod
    def __clause_element__(cls) -> Table:
        return cls.__table__


class _Again:
    """A table under another name, for a statement that reads it twice."""

    def __init__(self, table: Table) -> None:
        self._alias = table.alias()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._alias.c, name)

    def __clause_element__(self) -> FromClause:
        return self._alias


def aliased(entity: type[Base]) -> Any:
    """``entity`` once more, with its columns, for a statement that reads its table twice.

    SQLAlchemy's own function of that name is for mapped classes.
    """
    return _Again(entity.__table__)


class Entity(Base):
    """A journaled row, known by its UUID."""

    __kind__ = TableClass.ENTITY
    id: Mapped[UUID] = column(primary_key=True)


def table_named(name: str) -> Table:
    """The table of that name. Raises KeyError where there is none."""
    return _ENTITIES[name].__table__


def referred(key: ForeignKey) -> str:
    """The name of the table that a foreign key points to; that table need not be made."""
    return key.target_fullname.partition(".")[0]


def is_table(name: str) -> bool:
    return name in _ENTITIES


def table_class(name: str) -> TableClass:
    """The class of a table by its name. Raises KeyError where there is none."""
    return _ENTITIES[name].__kind__
