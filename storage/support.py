"""What people ask our support, and the answers."""

from sqlalchemy.ext.asyncio import AsyncConnection


class Support:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
