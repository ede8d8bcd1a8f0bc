"""Runs migrations on the connection that `bot.storage.schema` hands over, or on DATABASE_URL from the alembic tool."""

from alembic import context

from bot.storage.schema import METADATA

connection = context.config.attributes.get("connection")
if connection is not None:
    context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
    context.run_migrations()
else:
    from bot.settings import Settings
    from bot.storage.database import Database

    with Database(Settings.read().database_url).engine.connect() as own:
        context.configure(connection=own, target_metadata=METADATA, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
