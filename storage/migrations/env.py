"""How alembic reaches our database: over the connection that ``storage.schema`` hands it."""

from alembic import context
from sqlalchemy import Connection

from storage.schema import is_compared
from storage.tables import metadata


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        include_name=is_compared,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=False,
        user_module_prefix="base.",
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
