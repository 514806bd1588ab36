"""Orders and their lines."""

from sqlalchemy.ext.asyncio import AsyncConnection


class Orders:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
