"""The tables of the store. A change here needs a migration beside it; a test holds the two together."""

from marac.register.schema.books import audit, deliveries, message_decisions, outgoing, parts, passes
from marac.register.schema.case_tables import actions, cases, decisions, flags, person_verdicts, sources
from marac.register.schema.fortnight import (
    action_reports,
    attendances,
    barred_names,
    called_meetings,
    case_minutes,
    interests,
    minutes_read,
    presenters,
    research_returns,
    transfers,
    victims_told,
)
from marac.register.schema.papers import (
    document_cases,
    documents,
    revisions,
    workbook_conflicts,
    workbook_rows,
    workbooks,
)
from marac.register.schema.people import known_people, match_counts, match_keys, members
from marac.register.schema.tables import metadata

__all__ = [
    "HEAD",
    "action_reports",
    "actions",
    "attendances",
    "audit",
    "barred_names",
    "called_meetings",
    "case_minutes",
    "cases",
    "decisions",
    "deliveries",
    "document_cases",
    "documents",
    "flags",
    "interests",
    "known_people",
    "match_counts",
    "match_keys",
    "members",
    "message_decisions",
    "metadata",
    "minutes_read",
    "outgoing",
    "parts",
    "passes",
    "person_verdicts",
    "presenters",
    "research_returns",
    "revisions",
    "sources",
    "transfers",
    "victims_told",
    "workbook_conflicts",
    "workbook_rows",
    "workbooks",
]

HEAD = "0005"
"""The newest migration."""
