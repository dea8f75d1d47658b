"""Opening a database by its URL, and bringing its schema up to date. All that is SQLite's alone stands here."""

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
_BUSY_SECONDS = 30


def connect(url: str) -> Engine:
    """An engine on a database whose schema is up to date. Raises StoreError, with what to do."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(url, "no database URL; write sqlite:///path or postgresql+psycopg://user@host/name") from error
    shown = parsed.render_as_string(hide_password=True)
    try:
        if parsed.get_backend_name() == "sqlite":
            engine = _sqlite(url, parsed.database)
        else:
            engine = create_engine(url, pool_pre_ping=True)
        with engine.begin() as connection:
            _migrate(connection)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(
            shown, f"the driver is missing ({error}); install it, for PostgreSQL `pip install psycopg`"
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
        connection.isolation_level = None  # BEGIN is ours, below: the driver's own comes too late to lock
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that only reads, and so waits for no writer."""
    with engine.connect().execution_options(reading=True) as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection that writes all that is done with it, or nothing. Raises StoreError where that fails."""
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        shown = engine.url.render_as_string(hide_password=True)
        advice = "nothing was changed: see that there is room and nothing else holds it"
        raise StoreError(shown, f"cannot be written ({_reason(error)}); {advice}") from error


def _reason(error: Exception) -> str:
    """What the database said, without SQLAlchemy's frame around it."""
    return str(getattr(error, "orig", None) or error)


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
