"""Products, categories, brands and prices."""

from sqlalchemy.ext.asyncio import AsyncConnection


class Catalogue:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
