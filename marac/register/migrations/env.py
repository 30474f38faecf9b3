"""How alembic runs here: in the transaction that the store has opened, so that a migration happens whole or not at all."""

from alembic import context

from marac.register.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
