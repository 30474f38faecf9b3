"""Several MARACs and watchers in one store, what the workbook showed, conflicts, and an index of people to find again."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring the store from the version before to this one."""
    _add_index()
    _add_people()
    _add_workbooks()
    _add_columns()


def _add_index() -> None:
    op.create_table(
        "match_counts",
        sa.Column("term", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_match_counts")),
    )
    op.create_table(
        "known_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["cases.reference"], name=op.f("fk_known_people_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_people")),
    )
    with op.batch_alter_table("known_people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_people_case"), ["case"], unique=False)

    op.create_table(
        "match_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["known_people.id"], name=op.f("fk_match_keys_person")),
        sa.PrimaryKeyConstraint("key", "person", name=op.f("pk_match_keys")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("match_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_match_keys_person"), ["person"], unique=False)


def _add_people() -> None:
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("marac", sa.String(length=60), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("account", sa.String(length=200), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
    )
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_members_marac"), ["marac"], unique=False)

    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
    )
    op.create_table(
        "person_verdicts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("other_case", sa.String(length=20), nullable=False),
        sa.Column("other_role", sa.String(length=20), nullable=False),
        sa.Column("other_place", sa.Integer(), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["cases.reference"], name=op.f("fk_person_verdicts_case")),
        sa.ForeignKeyConstraint(["other_case"], ["cases.reference"], name=op.f("fk_person_verdicts_other_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_verdicts")),
    )
    with op.batch_alter_table("person_verdicts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_verdicts_case"), ["case"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_verdicts_other_case"), ["other_case"], unique=False)


def _add_workbooks() -> None:
    op.create_table(
        "workbook_conflicts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case", sa.String(length=20), nullable=False),
        sa.Column("sheet", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("column", sa.String(length=80), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("holds", sa.Text(), nullable=False),
        sa.Column("typed_by", sa.Text(), server_default="", nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled", sa.String(length=10), nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case"], ["cases.reference"], name=op.f("fk_workbook_conflicts_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workbook_conflicts")),
    )
    with op.batch_alter_table("workbook_conflicts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workbook_conflicts_case"), ["case"], unique=False)

    op.create_table(
        "workbook_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workbook", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("cells", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["workbook"], ["workbooks.number"], name=op.f("fk_workbook_rows_workbook")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workbook_rows")),
    )
    with op.batch_alter_table("workbook_rows", schema=None) as batch_op:
        batch_op.create_index("ix_workbook_rows_key", ["sheet", "key", "workbook"], unique=False)


def _add_columns() -> None:
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("origin", sa.String(length=20), server_default="", nullable=False))

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("marac", sa.String(length=60), server_default="marac", nullable=False))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("origin", sa.String(length=20), server_default="mail", nullable=False))
        batch_op.add_column(sa.Column("transferred_to", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("former_reference", sa.String(length=100), nullable=True))
        batch_op.create_index(batch_op.f("ix_cases_former_reference"), ["former_reference"], unique=False)
        batch_op.add_column(sa.Column("standing_before", sa.JSON(), nullable=True))
        batch_op.create_index(batch_op.f("ix_cases_marac"), ["marac"], unique=False)

    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("marac", sa.String(length=60), server_default="marac", nullable=False))
        batch_op.add_column(sa.Column("claimed_by", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_deliveries_marac"), ["marac"], unique=False)

    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("marac", sa.String(length=60), server_default="marac", nullable=False))
        batch_op.drop_constraint(batch_op.f("uq_documents_meeting"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_documents_marac"), ["marac", "meeting", "kind", "agency", "version"]
        )

    with op.batch_alter_table("outgoing", schema=None) as batch_op:
        batch_op.add_column(sa.Column("marac", sa.String(length=60), server_default="marac", nullable=False))

    with op.batch_alter_table("passes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mark", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("marac", sa.String(length=60), server_default="marac", nullable=False))

    with op.batch_alter_table("workbooks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("marac", sa.String(length=60), server_default="marac", nullable=False))
        batch_op.add_column(sa.Column("revision", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_workbooks_generation"), ["generation"], unique=False)
