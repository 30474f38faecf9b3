"""The tables of the mailbox's books: what arrived, what is in it, what was answered, and what was done."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from marac.register.schema.keys import Key
from marac.register.schema.tables import metadata

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mailbox", Key(200), nullable=False),
    Column("item", Key(500), nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("message_id", Key(1000), index=True),
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
    Column("media_type", Text, nullable=False),
    Column("role", String(20), nullable=False),  # form, body, picture, aside
    Column("attempts", Integer, nullable=False),
    Column("reading", JSON),
    Column("form", Integer, nullable=False, server_default="1"),  # which form of its file
    Column("lock", String(20)),  # password, openpgp, smime: it cannot be opened without a key
    Column("unlocks", ForeignKey("parts.id")),  # the locked part whose contents these are
    UniqueConstraint("delivery", "number"),
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
    Column("marac", String(60), nullable=False, server_default="marac"),
    UniqueConstraint("kind", "delivery"),
)

passes = Table(
    "passes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started", DateTime(timezone=True), nullable=False),
    Column("finished", DateTime(timezone=True)),
    Column("arrived", Integer),
    Column("mark", String(64)),  # of all that its work followed from; none where it left something undone
    Column("marac", String(60), nullable=False, server_default="marac"),
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
