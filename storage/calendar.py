"""Routes and holidays."""

from sqlalchemy.ext.asyncio import AsyncConnection


class Calendars:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
