"""The cloud: one SQLite file that survives a kill of whoever writes it.

The provider, the tests and the HTTP view each open it for themselves.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_TABLES = """
CREATE TABLE IF NOT EXISTS objects (
  number INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT, id TEXT, region TEXT, state TEXT,
  inputs TEXT, owner TEXT, misses INTEGER DEFAULT 0, UNIQUE (type, region, id));
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS orders (
  number INTEGER PRIMARY KEY AUTOINCREMENT, operation TEXT, type TEXT, kind TEXT,
  after INTEGER, times INTEGER, data TEXT);
CREATE TABLE IF NOT EXISTS calls (
  number INTEGER PRIMARY KEY AUTOINCREMENT, operation TEXT, type TEXT, name TEXT, outcome TEXT);
"""


@dataclass
class Thing:
    """An object of the cloud."""

    type: str
    id: str
    region: str
    state: dict[str, Any]
    inputs: dict[str, Any] = field(default_factory=dict[str, Any])
    """What the program gave; empty where AWS made it by itself."""
    owner: str = ""
    """`type id` of the object that it goes with."""

    @property
    def key(self) -> str:
        return f"{self.type} {self.id}"

    @property
    def tags(self) -> dict[str, str]:
        return dict(self.state.get("tagsAll") or self.state.get("tags") or {})


@dataclass(frozen=True)
class Store:
    path: Path

    def prepare(self) -> None:
        with self.open() as connection:
            connection.executescript(_TABLES)

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """One transaction: nobody else writes meanwhile, and a kill leaves all or nothing."""
        connection = sqlite3.connect(self.path, timeout=60, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            if connection.in_transaction:
                connection.execute("COMMIT")
        finally:
            connection.close()

    def setting(self, name: str, default: str = "") -> str:
        with self.open() as connection:
            found = connection.execute("SELECT value FROM settings WHERE name=?", (name,))
            return str((found.fetchone() or (default,))[0])

    def set(self, name: str, value: str) -> None:
        with self.open() as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))


def put(connection: sqlite3.Connection, thing: Thing) -> None:
    """Add or change; an object keeps its number, which is its age."""
    connection.execute(
        "INSERT INTO objects (type, id, region, state, inputs, owner) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (type, region, id) DO UPDATE SET state=excluded.state, inputs=excluded.inputs",
        (
            thing.type,
            thing.id,
            thing.region,
            json.dumps(thing.state),
            json.dumps(thing.inputs),
            thing.owner,
        ),
    )


def remove(connection: sqlite3.Connection, thing: Thing) -> None:
    connection.execute(
        "DELETE FROM objects WHERE type=? AND region=? AND id=?",
        (thing.type, thing.region, thing.id),
    )


def things(connection: sqlite3.Connection, **where: str) -> list[Thing]:
    """All objects with these values of `type`, `region`, `id` or `owner`, oldest first."""
    condition = " AND ".join(f"{column}=?" for column in where) or "1"
    rows = connection.execute(
        "SELECT type, id, region, state, inputs, owner FROM objects "
        f"WHERE {condition} ORDER BY number",
        tuple(where.values()),
    )
    return [_thing(*row) for row in rows]


def look(connection: sqlite3.Connection, where: Mapping[str, str]) -> Thing | None:
    """The one object, unless it is too young to be seen: each look brings that nearer."""
    found = things(connection, **where)
    if not found:
        return None
    cursor = connection.execute(
        "UPDATE objects SET misses=misses-1 WHERE type=? AND id=? AND region=? AND misses>0",
        (found[0].type, found[0].id, found[0].region),
    )
    return None if cursor.rowcount else found[0]


def _thing(token: str, name: str, region: str, state: str, inputs: str, owner: str) -> Thing:
    return Thing(token, name, region, json.loads(state), json.loads(inputs), owner)
