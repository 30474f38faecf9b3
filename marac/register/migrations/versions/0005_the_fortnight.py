"""The fortnight: meetings called, conflicts of interest, presenters, research returned, minutes, actions reported, transfers."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Bring the store from the version before to this one."""
    _add_columns()
    _add_called_meetings()
    _add_interests()
    _add_barred_names()
    _add_presenters()
    _add_victims_told()
    _add_research_returns()
    _add_action_reports()
    _add_attendances()
    _add_case_minutes()
    _add_minutes_read()
    _add_document_cases()
    _add_transfers()


def _add_called_meetings() -> None:
    op.create_table(
        "called_meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("marac", sa.String(length=60), server_default="marac", nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("cut_off", sa.Date(), nullable=True),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_called_meetings")),
    )
    with op.batch_alter_table("called_meetings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_called_meetings_date"), ["date"], unique=False)


def _add_interests() -> None:
    op.create_table(
        "interests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case", sa.String(length=20), nullable=False),
        sa.Column("agency", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["cases.reference"], name=op.f("fk_interests_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interests")),
    )
    with op.batch_alter_table("interests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interests_case"), ["case"], unique=False)


def _add_barred_names() -> None:
    op.create_table(
        "barred_names",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case"], ["cases.reference"], name=op.f("fk_barred_names_case")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_barred_names")),
    )
    with op.batch_alter_table("barred_names", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_barred_names_case"), ["case"], unique=False)


def _add_presenters() -> None:
    op.create_table(
        "presenters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case", sa.String(length=20), nullable=False),
        sa.Column("meeting", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("agency", sa.String(length=100), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["cases.reference"], name=op.f("fk_presenters_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presenters")),
    )
    with op.batch_alter_table("presenters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_presenters_case"), ["case"], unique=False)


def _add_victims_told() -> None:
    op.create_table(
        "victims_told",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case", sa.String(length=20), nullable=False),
        sa.Column("meeting", sa.Date(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["cases.reference"], name=op.f("fk_victims_told_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_victims_told")),
    )
    with op.batch_alter_table("victims_told", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_victims_told_case"), ["case"], unique=False)


def _add_research_returns() -> None:
    op.create_table(
        "research_returns",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.Date(), nullable=False),
        sa.Column("case", sa.String(length=20), nullable=False),
        sa.Column("agency", sa.String(length=100), nullable=False),
        sa.Column("received", sa.Date(), nullable=False),
        sa.Column("nothing_known", sa.Boolean(), nullable=False),
        sa.Column("factors", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("management", sa.Text(), nullable=False),
        sa.Column("why_high_risk", sa.Text(), nullable=False),
        sa.Column("not_shared", sa.Text(), nullable=False),
        sa.Column("delivery", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["cases.reference"], name=op.f("fk_research_returns_case")),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.id"], name=op.f("fk_research_returns_delivery")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_research_returns")),
    )
    with op.batch_alter_table("research_returns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_research_returns_meeting"), ["meeting"], unique=False)
        batch_op.create_index(batch_op.f("ix_research_returns_case"), ["case"], unique=False)
        batch_op.create_index(batch_op.f("ix_research_returns_delivery"), ["delivery"], unique=False)


def _add_action_reports() -> None:
    op.create_table(
        "action_reports",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("action", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("delivery", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["action"], ["actions.number"], name=op.f("fk_action_reports_action")),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.id"], name=op.f("fk_action_reports_delivery")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_action_reports")),
    )
    with op.batch_alter_table("action_reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_reports_action"), ["action"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_reports_delivery"), ["delivery"], unique=False)


def _add_attendances() -> None:
    op.create_table(
        "attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("marac", sa.String(length=60), server_default="marac", nullable=False),
        sa.Column("meeting", sa.Date(), nullable=False),
        sa.Column("agency", sa.String(length=100), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=True),
        sa.Column("information_sent", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
    )
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendances_meeting"), ["meeting"], unique=False)


def _add_case_minutes() -> None:
    op.create_table(
        "case_minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.Date(), nullable=False),
        sa.Column("case", sa.String(length=20), nullable=False),
        sa.Column("risks", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("considered", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["cases.reference"], name=op.f("fk_case_minutes_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_minutes")),
    )
    with op.batch_alter_table("case_minutes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_minutes_meeting"), ["meeting"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_minutes_case"), ["case"], unique=False)


def _add_minutes_read() -> None:
    op.create_table(
        "minutes_read",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("marac", sa.String(length=60), server_default="marac", nullable=False),
        sa.Column("meeting", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_read")),
    )
    with op.batch_alter_table("minutes_read", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minutes_read_meeting"), ["meeting"], unique=False)


def _add_document_cases() -> None:
    op.create_table(
        "document_cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("case", sa.String(length=20), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_document_cases_document")),
        sa.ForeignKeyConstraint(["case"], ["cases.reference"], name=op.f("fk_document_cases_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_cases")),
    )
    with op.batch_alter_table("document_cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_cases_document"), ["document"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_cases_case"), ["case"], unique=False)


def _add_transfers() -> None:
    op.create_table(
        "transfers",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case", sa.String(length=20), nullable=False),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("bundle", sa.String(length=64), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("receipt_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case"], ["cases.reference"], name=op.f("fk_transfers_case")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_transfers")),
    )
    with op.batch_alter_table("transfers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfers_case"), ["case"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfers_bundle"), ["bundle"], unique=False)


def _add_columns() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("received_at", sa.Time(), nullable=True))

    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("meeting", sa.Date(), nullable=True))

    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("outcome", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("note", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("owner", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("risk", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("meeting", sa.Date(), nullable=True))

    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("subject", sa.String(length=40), server_default="", nullable=False))
        batch_op.drop_constraint(batch_op.f("uq_documents_marac"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_documents_marac"), ["marac", "meeting", "kind", "agency", "subject", "version"]
        )

    op.execute("UPDATE actions SET outcome = 'done' WHERE done IS NOT NULL")
