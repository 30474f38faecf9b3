"""The tables of what the register gives out: documents for meetings, and its own workbook."""

from sqlalchemy import JSON, Column, Date, DateTime, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from marac.register.schema.case_tables import cases
from marac.register.schema.tables import metadata

documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting", Date, nullable=False, index=True),
    Column("kind", String(20), nullable=False),  # see documents.DocumentKind
    Column("agency", String(100), nullable=False),  # the reader; empty: for the chair and the coordinator
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
    Column("subject", String(40), nullable=False, server_default=""),  # the case or the month that it is about
    UniqueConstraint("marac", "meeting", "kind", "agency", "subject", "version"),
)

document_cases = Table(  # which version of a case each document showed: who holds what
    "document_cases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", ForeignKey(documents.c.id), nullable=False, index=True),
    Column("case", ForeignKey(cases.c.reference), nullable=False, index=True),
    Column("shown", JSON, nullable=False),  # field to a digest of what was printed
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

revisions = Table(  # one row: counted up by every transaction that changes what the workbook shows
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
)
