"""How much there is, taken by guarded writes."""

from sqlalchemy.ext.asyncio import AsyncConnection


class Stocks:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
