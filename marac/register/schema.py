"""The tables of the store. A change here needs a migration beside it; a test holds the two together."""

from sqlalchemy import (
    JSON,
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

HEAD = "0003"
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
)
Index(
    "ux_deliveries_open",
    deliveries.c.mailbox,
    deliveries.c.item,
    deliveries.c.sha256,
    unique=True,
    sqlite_where=deliveries.c.filed == false(),
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
    UniqueConstraint("meeting", "kind", "agency", "version"),
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
)

workbooks = Table(
    "workbooks",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("generation", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
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
)
