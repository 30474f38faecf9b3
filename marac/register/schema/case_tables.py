"""The tables of the cases, and of what people said about them."""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Integer, String, Table, Text, Time

from marac.register.schema.books import deliveries, parts
from marac.register.schema.tables import metadata

cases = Table(
    "cases",
    metadata,
    Column("reference", String(20), primary_key=True),
    Column("state", String(20), nullable=False, index=True),
    Column("received", Date, nullable=False),
    Column("agency", Text),
    Column("meeting", Date, index=True),
    Column("joined_to", ForeignKey("cases.reference")),
    Column("reading", JSON, nullable=False),
    Column("marac", String(60), nullable=False, server_default="marac", index=True),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("origin", String(20), nullable=False, server_default="mail"),
    Column("transferred_to", Text),
    Column("former_reference", String(100), index=True),  # in the register that was kept before this one
    Column("standing_before", JSON),  # state and meeting before it was joined, so that a merge can be undone
    Column("received_at", Time),  # the time of that day, by the computer's clock
)

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case", ForeignKey(cases.c.reference), nullable=False, index=True),
    Column("delivery", ForeignKey(deliveries.c.id), nullable=False, index=True),
    Column("part", ForeignKey(parts.c.id)),
    Column("role", String(20), nullable=False),  # referral, checklist, again, version, reply
)

flags = Table(
    "flags",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case", ForeignKey(cases.c.reference), nullable=False, index=True),
    Column("code", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("other_case", String(20)),
    Column("needs_decision", Boolean, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case", ForeignKey(cases.c.reference), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("other_case", ForeignKey(cases.c.reference)),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("on", Date, nullable=False),
    Column("meeting", Date),  # that it was put on, where the decision is list
)

actions = Table(
    "actions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("case", ForeignKey(cases.c.reference), nullable=False, index=True),
    Column("agency", String(100), nullable=False, index=True),
    Column("due", Date, nullable=False),
    Column("text", Text, nullable=False),
    Column("added", Date, nullable=False),
    Column("done", Date),
    Column("outcome", String(20)),  # done, could not be done, not done; see case.ActionOutcome
    Column("note", Text, nullable=False, server_default=""),
    Column("owner", Text, nullable=False, server_default=""),
    Column("risk", Text, nullable=False, server_default=""),
    Column("meeting", Date),  # that agreed it
)

person_verdicts = Table(
    "person_verdicts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case", ForeignKey(cases.c.reference), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("place", Integer, nullable=False),
    Column("other_case", ForeignKey(cases.c.reference), nullable=False, index=True),
    Column("other_role", String(20), nullable=False),
    Column("other_place", Integer, nullable=False),
    Column("same", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("on", Date, nullable=False),
)
