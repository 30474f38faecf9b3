"""The migrations that a database lacks, all of them in one transaction: it is brought up to date, or stays as it was."""

from pathlib import Path

from sqlalchemy import Connection, inspect, select, text

from marac.errors import StoreError
from marac.register.databases import RegisterDatabase
from marac.register.schema import HEAD

MIGRATIONS = Path(__file__).parent / "migrations"


def bring_up_to_date(database: RegisterDatabase, migrations: Path | None = None) -> None:
    """Run the migrations that the database lacks.

    alembic is only imported where there is one to run: it takes longer to load than most commands take to finish.

    Raises:
        StoreError: a newer marac has used the database.
    """
    if version_of(database) == HEAD:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(migrations or MIGRATIONS).replace("%", "%%"))
    with database.engine.connect().execution_options(purpose="migrating") as connection, connection.begin():
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError:
            raise StoreError(
                "A newer marac has used the register's database. Install that version on this computer too, then run "
                "this again. Nothing was changed."
            ) from None
        database.migrated(connection)


def version_of(database: RegisterDatabase) -> str | None:
    """The newest migration that a database has; None where it is empty."""
    with database.engine.connect().execution_options(**database.reading) as connection:
        return _version(connection)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(select(text("version_num")).select_from(text("alembic_version"))).scalar()
