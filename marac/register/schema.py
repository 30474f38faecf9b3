"""The tables of the store. A change here needs a migration beside it; a test holds the two together."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

HEAD = "0004"
"""The newest migration."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mailbox", String(200), nullable=False),
    Column("item", String(500), nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("message_id", String(1000), index=True),
    Column("received", Date, nullable=False),
    Column("stored_at", DateTime(timezone=True), nullable=False),
    Column("bare_name", Text),  # a form file dropped into the folder, not a message
    Column("sender", Text),
    Column("state", String(20), nullable=False, index=True),  # stored, unpacked, done, needs_person
    Column("disposition", String(30)),
    Column("reasons", JSON, nullable=False),
    Column("filed", Boolean, nullable=False, server_default=false()),
    Column("reassembled", Boolean, nullable=False, server_default=false()),  # put together from its parts
    Column("automatic", Boolean, nullable=False, server_default=false()),  # written by a program: never answered
    Column("released", Boolean, nullable=False, server_default=false()),  # a person said: take it in all the same
    Column("reply_to", Text),
    Column("refers_to", JSON, nullable=False, server_default="[]"),  # the Message-IDs that it answers
    Column("sender_check", String(20), nullable=False, server_default="not checked"),
    Column("sender_reason", Text, nullable=False, server_default=""),
    Column("marac", String(60), nullable=False, server_default="marac", index=True),
    Column("claimed_by", String(64)),  # the watcher that is taking it in
    Column("claimed_until", DateTime(timezone=True)),  # from then on another may take it over
)
Index(
    "ux_deliveries_open",
    deliveries.c.mailbox,
    deliveries.c.item,
    deliveries.c.sha256,
    unique=True,
    sqlite_where=deliveries.c.filed == false(),
    postgresql_where=deliveries.c.filed == false(),
)

parts = Table(
    "parts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("delivery", ForeignKey(deliveries.c.id), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("source", Text, nullable=False),
    Column("media_type", String(200), nullable=False),
    Column("role", String(20), nullable=False),  # form, body, picture, aside
    Column("attempts", Integer, nullable=False),
    Column("reading", JSON),
    Column("form", Integer, nullable=False, server_default="1"),  # which form of its file
    Column("lock", String(20)),  # password, openpgp, smime: it cannot be opened without a key
    Column("unlocks", ForeignKey("parts.id")),  # the locked part whose contents these are
    UniqueConstraint("delivery", "number"),
)

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
    Column("standing_before", JSON),  # state and meeting before it was joined, so that a merge can be undone
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
)

documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting", Date, nullable=False, index=True),
    Column("kind", String(20), nullable=False),  # agenda, research, letter
    Column("agency", String(100), nullable=False),  # empty: for the chair and the coordinator
    Column("version", Integer, nullable=False),
    Column("contents", String(64), nullable=False),  # what it was made from: the same contents are not made twice
    Column("path", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("state", String(20), nullable=False),  # see documents.DocumentState
    Column("reason", Text, nullable=False),
    Column("fingerprint", String(40)),
    Column("recipient", Text),
    Column("message_id", String(200)),
    Column("sealed_sha256", String(64)),
    Column("prepared_on", Date, nullable=False),
    Column("sent_at", DateTime(timezone=True)),
    Column("approved_by", Text),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("marac", String(60), nullable=False, server_default="marac"),
    UniqueConstraint("marac", "meeting", "kind", "agency", "version"),
)

message_decisions = Table(
    "message_decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("delivery", ForeignKey(deliveries.c.id), nullable=False, index=True),
    Column("kind", String(30), nullable=False),  # see message_decisions.MessageDecisionKind
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

outgoing = Table(  # what the program writes itself; documents for agencies have a ledger of their own
    "outgoing",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),  # acknowledgement, digest
    Column("delivery", ForeignKey(deliveries.c.id), index=True),  # the message that it answers
    Column("recipient", Text, nullable=False),
    Column("message_id", String(200), nullable=False, unique=True),
    Column("sha256", String(64), nullable=False),  # of the MIME message, which stands among the originals
    Column("state", String(20), nullable=False, index=True),  # draft, approved, sending, sent, retry, failed, unknown
    Column("reason", Text, nullable=False, server_default=""),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("written_at", DateTime(timezone=True), nullable=False),
    Column("approved_by", Text),
    Column("sent_at", DateTime(timezone=True)),
    UniqueConstraint("kind", "delivery"),
)

passes = Table(
    "passes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started", DateTime(timezone=True), nullable=False),
    Column("finished", DateTime(timezone=True)),
    Column("arrived", Integer),
    Column("marac", String(60), nullable=False, server_default="marac"),
)

workbooks = Table(
    "workbooks",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("generation", String(64), nullable=False, index=True),
    Column("sha256", String(64), nullable=False),
    Column("marac", String(60), nullable=False, server_default="marac"),
    Column("revision", Integer),  # of the register, when this workbook was written
)

workbook_rows = Table(  # what stood in the editable rows, kept only where a row changed: what edits are compared with
    "workbook_rows",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workbook", ForeignKey(workbooks.c.number), nullable=False),  # the first one that shows the row so
    Column("sheet", String(20), nullable=False),
    Column("key", String(80), nullable=False),
    Column("cells", Text),  # None: the row is not there any more
    Index("ix_workbook_rows_key", "sheet", "key", "workbook"),
)

workbook_conflicts = Table(
    "workbook_conflicts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case", ForeignKey(cases.c.reference), nullable=False, index=True),
    Column("sheet", String(20), nullable=False),
    Column("key", String(80), nullable=False),
    Column("column", String(80), nullable=False),
    Column("was", Text, nullable=False),
    Column("typed", Text, nullable=False),  # what the person wrote into the workbook
    Column("holds", Text, nullable=False),  # what the register held by then
    Column("typed_by", Text, nullable=False, server_default=""),
    Column("found_at", DateTime(timezone=True), nullable=False),
    Column("settled", String(10)),  # typed, register; None: nobody has said yet
    Column("settled_by", Text),
    Column("settled_at", DateTime(timezone=True)),
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

known_people = Table(  # the people of every case, ready to be compared
    "known_people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case", ForeignKey(cases.c.reference), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("place", Integer, nullable=False),
    Column("facts", Text, nullable=False),
)

match_keys = (
    Table(  # by which people are found again: a number that stands for a sound with part of a date, and the like
        "match_keys",
        metadata,
        Column("key", BigInteger, primary_key=True, autoincrement=False),
        Column("person", ForeignKey(known_people.c.id), primary_key=True, autoincrement=False, index=True),
        sqlite_with_rowid=False,
    )
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

revisions = Table(  # one row: counted up by every transaction that changes what the workbook shows
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("actor", Text, nullable=False),
    Column("event", String(60), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("detail", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("origin", String(20), nullable=False, server_default=""),  # mail, workbook, import, page, command
)
