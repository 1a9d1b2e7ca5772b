"""One SQLite database behind SQLAlchemy: opening, migrating, transactions, and errors in our words."""

import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, make_url

from store.errors import DiskFullError, NewerStoreError, StoreBusyError, StoreError

Synchronous = Literal["NORMAL", "FULL"]

HEAD: Final = "0004"  # the newest step in migrations/versions
BUSY_SECONDS: Final = 60  # how long a writer waits for another
_NO_ROOM: Final = 1 << 20  # bytes free, below which an I/O error means a full disk
IN_ONE: Final = 500  # values of one IN (…): old SQLite builds take 999 variables
MIGRATIONS: Final = Path(__file__).parent / "migrations"


def now() -> str:
    """The store's clock: ISO, UTC, microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def slices(values: Sequence[Any], size: int = IN_ONE) -> Iterable[Sequence[Any]]:
    return (values[i : i + size] for i in range(0, len(values), size))


def file_of(url: str) -> Path:
    """The file of a `sqlite:///` URL. Raises StoreError for any other database."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise StoreError(f"only SQLite files are supported so far (sqlite:///path): {url}")
    return Path(parsed.database)


def connect(url: str, *, synchronous: Synchronous = "NORMAL") -> Engine:
    """An engine whose connections are in WAL mode. NORMAL survives a killed process, FULL a power cut as well."""
    path = file_of(url)
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}, pool_size=8, max_overflow=24)

    @sa.event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun by us, below
        _execute_patiently(connection, "PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={synchronous}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA cache_size=-65536")  # KiB

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A deferred transaction that starts to write after a read fails at once when another wrote in between.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")

    return engine


def _execute_patiently(connection: Any, statement: str) -> None:
    """The change to WAL does not wait for the busy timeout when two processes open a new file at once."""
    for attempt in range(100):
        try:
            connection.execute(statement)
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or attempt == 99:
                raise
            time.sleep(0.05)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view, whatever others write meanwhile."""
    with _our_errors(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One write transaction (BEGIN IMMEDIATE): what happens inside is committed as a whole, in commit order."""
    with _our_errors(engine), engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


def fetch(connection: Connection, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Rows as plain tuples, where there are many: SQLAlchemy's cost as much as SQLite's own work."""
    driver = connection.connection.driver_connection
    assert driver is not None
    found: list[tuple[Any, ...]] = driver.execute(statement, values).fetchall()
    return found


def insert(connection: Connection, table: sa.Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Rows as plain tuples, where there are many; every value of `columns`, in their order."""
    if rows:
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})", list(rows))


@contextmanager
def _our_errors(engine: Engine) -> Iterator[None]:
    try:
        yield
    except sa.exc.OperationalError as error:
        message = str(error.orig)
        if "disk is full" in message or ("disk I/O error" in message and _no_room(engine)):
            raise DiskFullError(f"no room left for {engine.url.database}: {message}") from error
        if "locked" in message:
            raise StoreBusyError(f"{engine.url.database} was locked for {BUSY_SECONDS} s") from error
        raise StoreError(f"{engine.url.database}: {message}") from error
    except sqlite3.DatabaseError as error:  # from the pragmas of a new connection, which SQLAlchemy does not wrap
        raise StoreError(f"{engine.url.database}: {error}") from error
    except sa.exc.DatabaseError as error:
        if isinstance(error, sa.exc.IntegrityError):
            raise
        raise StoreError(f"{engine.url.database}: {error.orig}") from error


def _no_room(engine: Engine) -> bool:
    """SQLite reports some writes that found no room (of the shared memory file) as I/O errors."""
    return shutil.disk_usage(file_of(str(engine.url)).parent).free < _NO_ROOM


def version(connection: Connection) -> str | None:
    """The migration step that a database is at; None for an empty one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def migrate(engine: Engine) -> None:
    """Bring a database to HEAD. Raises NewerStoreError for one that has steps this program does not know."""
    with reading(engine) as connection:
        found = version(connection)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise NewerStoreError(f"{engine.url.database} is at step {found}, this program knows {HEAD}: please update the program")
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with writing(engine) as connection:  # a second process waits here and then finds nothing to do
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)
