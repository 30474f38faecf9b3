"""A file may hold several forms, each a part of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the store from the version before to this one."""
    with op.batch_alter_table("parts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("form", sa.Integer(), server_default="1", nullable=False))
