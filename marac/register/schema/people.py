"""The tables of people: those whom the register knows again, and those who may look into it."""

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Integer, String, Table, Text

from marac.register.schema.case_tables import cases
from marac.register.schema.tables import metadata

known_people = Table(  # the people of every case, ready to be compared
    "known_people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case", ForeignKey(cases.c.reference), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("place", Integer, nullable=False),
    Column("facts", Text, nullable=False),
)

match_keys = Table(  # by which people are found again: a sound with part of a date, as a number, and the like
    "match_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("person", ForeignKey(known_people.c.id), primary_key=True, autoincrement=False, index=True),
    sqlite_with_rowid=False,
)

match_counts = Table(  # how often a name, a date or a district stands in the register
    "match_counts",
    metadata,
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
)

members = Table(  # who may see which MARAC's cases; enforced where people sign in
    "members",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("marac", String(60), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("account", String(200), nullable=False),  # as they sign in
    Column("added_by", Text, nullable=False),
    Column("added_on", Date, nullable=False),
    Column("removed_on", Date),
)
