"""The declarative base, the column types and the four classes of table."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Dialect, ForeignKey, LargeBinary, MetaData, String, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine


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
        if value is None or (value.isascii() and "\0" not in value):
            return value
        return _UNKEPT.sub("\ufffd", value)


_UNKEPT = re.compile("[\0\ud800-\udfff]")
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


class Base(DeclarativeBase):
    """Every stored entity. A subclass names its class of table in ``__kind__``."""

    __kind__: ClassVar[TableClass]
    metadata = MetaData()
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        UUID: Key(),
        datetime: Moment(),
        str: Words(),
    }


class Entity(Base):
    """A journaled row, known by its UUID."""

    __abstract__ = True
    __kind__ = TableClass.ENTITY
    id: Mapped[UUID] = mapped_column(primary_key=True)


def reference(target: str, *, on_delete: str = "CASCADE", index: bool = True) -> MappedColumn[Any]:
    """A foreign key, checked at commit so that undo may restore rows in any order."""
    return mapped_column(
        Key(),
        ForeignKey(f"{target}.id", ondelete=on_delete, deferrable=True, initially="DEFERRED"),
        index=index,
    )


def table_class(name: str) -> TableClass:
    """The class of a table by its name."""
    for mapper in Base.registry.mappers:
        if mapper.local_table is not None and getattr(mapper.local_table, "name", None) == name:
            return mapper.class_.__kind__  # type: ignore[no-any-return]  # class attribute of every mapped class
    raise KeyError(name)
