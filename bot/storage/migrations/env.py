"""Runs migrations on the connection that `bot.storage.schema` hands over, or on DATABASE_URL from the alembic tool."""

from alembic import context
from sqlalchemy import Connection

from bot.storage.schema import METADATA


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
    context.run_migrations()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    _run(handed_over)
else:
    from bot.settings import Settings
    from bot.storage.database import open_database

    open_database(Settings.read().database_url).write(_run)
