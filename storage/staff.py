"""Our people and their invites."""

from sqlalchemy.ext.asyncio import AsyncConnection


class StaffMembers:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
