"""The tables of what people say and agencies send between one meeting and the next."""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Integer, String, Table, Text, Time

from marac.register.schema.books import deliveries
from marac.register.schema.case_tables import actions, cases
from marac.register.schema.tables import metadata

called_meetings = Table(
    "called_meetings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("marac", String(60), nullable=False, server_default="marac"),
    Column("date", Date, nullable=False, index=True),
    Column("kind", String(20), nullable=False),  # called, cancelled
    Column("reason", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("cut_off", Date),
    Column("at", Time),
    Column("by", Text, nullable=False),
    Column("on", Date, nullable=False),
)

interests = Table(
    "interests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case", ForeignKey(cases.c.reference), nullable=False, index=True),
    Column("agency", String(100), nullable=False),
    Column("kind", String(20), nullable=False),  # held, cleared
    Column("person", Text),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("on", Date, nullable=False),
)

barred_names = Table(
    "barred_names",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("case", ForeignKey(cases.c.reference), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("on", Date, nullable=False),
    Column("lifted_on", Date),
)

presenters = Table(
    "presenters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case", ForeignKey(cases.c.reference), nullable=False, index=True),
    Column("meeting", Date, nullable=False),
    Column("name", Text, nullable=False),
    Column("agency", String(100)),
    Column("by", Text, nullable=False),
    Column("on", Date, nullable=False),
)

research_returns = Table(
    "research_returns",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("meeting", Date, nullable=False, index=True),
    Column("case", ForeignKey(cases.c.reference), nullable=False, index=True),
    Column("agency", String(100), nullable=False),
    Column("received", Date, nullable=False),
    Column("nothing_known", Boolean, nullable=False),
    Column("factors", Text, nullable=False),
    Column("assessment", Text, nullable=False),
    Column("management", Text, nullable=False),
    Column("why_high_risk", Text, nullable=False),
    Column("not_shared", Text, nullable=False),
    Column("delivery", ForeignKey(deliveries.c.id), index=True),
    Column("state", String(20), nullable=False),  # taken, waiting, replaced, set aside
    Column("reason", Text, nullable=False),
)

action_reports = Table(
    "action_reports",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("action", ForeignKey(actions.c.number), nullable=False, index=True),
    Column("outcome", String(20), nullable=False),
    Column("on", Date, nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("delivery", ForeignKey(deliveries.c.id), index=True),
    Column("state", String(20), nullable=False),  # taken, waiting, set aside
    Column("reason", Text, nullable=False),
)

attendances = Table(
    "attendances",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("marac", String(60), nullable=False, server_default="marac"),
    Column("meeting", Date, nullable=False, index=True),
    Column("agency", String(100), nullable=False),
    Column("name", Text, nullable=False),
    Column("standing", String(20), nullable=False),  # present, apologies, observer
    Column("signed", Boolean),
    Column("information_sent", Boolean),
)

case_minutes = Table(
    "case_minutes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting", Date, nullable=False, index=True),
    Column("case", ForeignKey(cases.c.reference), nullable=False, index=True),
    Column("risks", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("considered", JSON, nullable=False),
)

minutes_read = Table(  # which files of minutes were taken into the register, so that none is taken twice
    "minutes_read",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("marac", String(60), nullable=False, server_default="marac"),
    Column("meeting", Date, nullable=False, index=True),
    Column("sha256", String(64), nullable=False),
    Column("by", Text, nullable=False),
    Column("on", Date, nullable=False),
)

victims_told = Table(
    "victims_told",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case", ForeignKey(cases.c.reference), nullable=False, index=True),
    Column("meeting", Date, nullable=False),
    Column("by", Text, nullable=False),
    Column("on", Date, nullable=False),
    Column("how", Text, nullable=False),
)

transfers = Table(
    "transfers",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("case", ForeignKey(cases.c.reference), nullable=False, index=True),
    Column("direction", String(10), nullable=False),  # out, in
    Column("other", Text, nullable=False),
    Column("bundle", String(64), nullable=False, index=True),
    Column("on", Date, nullable=False),
    Column("by", Text, nullable=False),
    Column("receipt_on", Date),
)
