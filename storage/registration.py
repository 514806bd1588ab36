"""Requests of people who want to become customers."""

from sqlalchemy.ext.asyncio import AsyncConnection


class Registrations:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
