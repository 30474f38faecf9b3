"""The tables of the store. A change here needs a migration beside it; a test holds the two together."""

from marac.register.schema.books import audit, deliveries, message_decisions, outgoing, parts, passes
from marac.register.schema.case_tables import actions, cases, decisions, flags, person_verdicts, sources
from marac.register.schema.papers import documents, revisions, workbook_conflicts, workbook_rows, workbooks
from marac.register.schema.people import known_people, match_counts, match_keys, members
from marac.register.schema.tables import metadata

__all__ = [
    "HEAD",
    "actions",
    "audit",
    "cases",
    "decisions",
    "deliveries",
    "documents",
    "flags",
    "known_people",
    "match_counts",
    "match_keys",
    "members",
    "message_decisions",
    "metadata",
    "outgoing",
    "parts",
    "passes",
    "person_verdicts",
    "revisions",
    "sources",
    "workbook_conflicts",
    "workbook_rows",
    "workbooks",
]

HEAD = "0004"
"""The newest migration."""
