"""Opening a database by its URL and bringing its schema up to date. All differences between databases are here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from geo.errors import StoreError

_MIGRATIONS = Path(__file__).with_name("migrations")
# How long a writer waits for others, set by hand: with hundreds of stored reports, saving and linking a batch takes
# less than one second.
_BUSY_SECONDS = 30
_LOCK = 0x6765_6F73_746F_7265  # "geostore": the key of the advisory lock by which writers take turns in PostgreSQL


def connect(url: str) -> Engine:
    """An engine for a database whose schema is up to date. Raises StoreError, which says what to do."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            url, "not a database URL; write sqlite:///path or postgresql+psycopg://user@host/name"
        ) from error
    shown = parsed.render_as_string(hide_password=True)
    try:
        engine = _sqlite(url, parsed.database) if parsed.get_backend_name() == "sqlite" else _postgresql(url)
        with engine.begin() as connection:
            _migrate(connection)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(
            shown, f"the driver is missing ({error}); install it, for PostgreSQL with `pip install 'psycopg[binary]'`"
        ) from error
    except (OSError, SQLAlchemyError) as error:
        raise StoreError(
            shown, f"cannot be opened ({_reason(error)}); check that the path exists and can be written"
        ) from error
    return engine


def _sqlite(url: str, database: str | None) -> Engine:
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _: object) -> None:
        connection.isolation_level = None  # the driver would begin a transaction too late to lock; _begin does it
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if _only_reads(connection) else "BEGIN IMMEDIATE")

    return engine


def _postgresql(url: str) -> Engine:
    """An engine whose writers take turns and whose readers see one state of the database, as with SQLite.

    Linking reads all claims and writes what follows from them, so that two writers must not do it at once.
    """
    engine = create_engine(url, pool_pre_ping=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if _only_reads(connection):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        else:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_BUSY_SECONDS}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")

    return engine


def _only_reads(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("reading", False))


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that only reads one state of the database, without waiting for writers. Raises StoreError."""
    try:
        with engine.connect().execution_options(reading=True) as connection:
            yield connection
    except SQLAlchemyError as error:
        shown = engine.url.render_as_string(hide_password=True)
        raise StoreError(shown, f"cannot be read ({_reason(error)}); check that it is there and intact") from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction: everything written with it is kept, or nothing. Raises StoreError where writing fails."""
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        shown = engine.url.render_as_string(hide_password=True)
        advice = "nothing was changed; check the free space and whether another program locks the database"
        raise StoreError(shown, f"cannot be written ({_reason(error)}); {advice}") from error


def _reason(error: Exception) -> str:
    """The database's own message, without the text that SQLAlchemy adds."""
    return str(getattr(error, "orig", None) or error)


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
