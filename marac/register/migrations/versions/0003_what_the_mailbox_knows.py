"""What is known of a message's sender, locked parts, decisions about messages, and what the program writes itself."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bring the store from the version before to this one."""
    _add_tables()
    _add_columns()


def _add_tables() -> None:
    op.create_table(
        "message_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.id"], name=op.f("fk_message_decisions_delivery")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_decisions")),
    )
    with op.batch_alter_table("message_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_decisions_delivery"), ["delivery"], unique=False)

    op.create_table(
        "outgoing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("delivery", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.id"], name=op.f("fk_outgoing_delivery")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing")),
        sa.UniqueConstraint("kind", "delivery", name=op.f("uq_outgoing_kind")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outgoing_message_id")),
    )
    with op.batch_alter_table("outgoing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outgoing_delivery"), ["delivery"], unique=False)
        batch_op.create_index(batch_op.f("ix_outgoing_state"), ["state"], unique=False)


def _add_columns() -> None:
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reassembled", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("automatic", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("released", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("reply_to", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("refers_to", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(
            sa.Column("sender_check", sa.String(length=20), server_default="not checked", nullable=False)
        )
        batch_op.add_column(sa.Column("sender_reason", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("approved_by", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("parts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lock", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("unlocks", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_parts_unlocks"), "parts", ["unlocks"], ["id"])
