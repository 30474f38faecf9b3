"""The statements of the people index, in the words that SQLite and PostgreSQL share.

They are written out and not composed, because one lookup among thousands of cases takes less time than SQLAlchemy takes to
compose four of them. Lists of numbers travel as one value: JSON for SQLite, an array for PostgreSQL.
"""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Connection, TextClause, text

_LISTS = {
    "sqlite": "json_each(:numbers) AS n",
    "postgresql": "unnest(CAST(:numbers AS bigint[])) AS n(value)",
}

FIND = """
    SELECT n.value, m.person FROM {numbers} CROSS JOIN match_keys AS m
    WHERE m.key = n.value AND m.person > coalesce(
        (SELECT c.person FROM match_keys AS c WHERE c.key = n.value ORDER BY c.person DESC LIMIT 1 OFFSET :most), -1)
"""
"""The people who bear one of these keys; of a key that many bear, the newest."""

READ = """
    SELECT p.id, p."case", p.role, p.facts FROM {numbers} CROSS JOIN known_people AS p
    WHERE p.id BETWEEN n.value AND n.value + :room - 1 ORDER BY p.id
"""
"""The people whose cases begin at these numbers."""

READ_OF_MARAC = """
    SELECT p.id, p."case", p.role, p.facts FROM {numbers} CROSS JOIN known_people AS p JOIN cases AS c
    ON c.reference = p."case" WHERE p.id BETWEEN n.value AND n.value + :room - 1 AND c.marac = :marac ORDER BY p.id
"""

COUNTS = "SELECT m.term, m.count FROM {numbers} CROSS JOIN match_counts AS m WHERE m.term = n.value"
"""How often each of these terms stands in the register."""

COUNT_UP = """
    INSERT INTO match_counts (term, count) SELECT n.value, CAST(:by AS integer) * count(*) FROM {numbers}
    WHERE true GROUP BY n.value ON CONFLICT (term) DO UPDATE SET count = match_counts.count + excluded.count
"""
"""Count these terms once more, or, by -1, once less; a term that stands in the list twice is counted twice."""

LET_GO = "DELETE FROM match_counts WHERE count <= 0 AND term IN (SELECT n.value FROM {numbers})"
"""Forget the terms of this list that nobody bears any more."""

TAKE_NUMBER = """
    INSERT INTO match_counts (term, count) VALUES (:term, :by)
    ON CONFLICT (term) DO UPDATE SET count = match_counts.count + excluded.count RETURNING count
"""
"""The next number; whoever else wants one waits until this transaction has ended."""

ADD_KEYS = "INSERT INTO match_keys (key, person) SELECT n.value, CAST(:person AS integer) FROM {numbers} WHERE true"
"""Let a person be found by these keys."""


@cache
def statement(dialect: str, words: str) -> TextClause:
    """A statement in the words of a database, made once."""
    return text(words.format(numbers=_LISTS[dialect]))


def run(connection: Connection, words: str, numbers: Iterable[int] | None = None, **values: object) -> Any:
    """Run one of these statements with a list of numbers; what it finds."""
    dialect = connection.dialect.name
    if numbers is not None:
        values["numbers"] = json.dumps(list(numbers)) if dialect == "sqlite" else list(numbers)
    return connection.execute(statement(dialect, words), values)
