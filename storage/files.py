"""Files that travel with messages: kept once by their content; a messenger's own id of each is remembered."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import NotFound
from storage.tables.messages import files, uploads
from storage.upsert import insert_or


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    id: int
    name: str
    mime_type: str
    content: bytes


class Files:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, name: str, mime_type: str, content: bytes, now: datetime) -> int:
        """The id of the file with this content, kept now unless it was kept before."""
        digest = sha256(content).hexdigest()
        row = {
            "sha256": digest,
            "name": name[:200],
            "mime_type": mime_type[:80],
            "size": len(content),
            "content": content,
            "created_at": now,
        }
        await self._connection.execute(
            insert_or(self._connection, files).values(row).on_conflict_do_nothing(index_elements=["sha256"])
        )
        kept = await self._connection.scalar(select(files.c.id).where(files.c.sha256 == digest))
        assert kept is not None
        return int(kept)

    async def get(self, file_id: int) -> StoredFile:
        row = (await self._connection.execute(select(files).where(files.c.id == file_id))).one_or_none()
        if row is None:
            raise NotFound
        return StoredFile(id=row.id, name=row.name, mime_type=row.mime_type, content=bytes(row.content))

    async def remote_id(self, platform: str, bot_id: int, file_id: int) -> str | None:
        """The messenger's id of a file that was uploaded before: the next message needs no upload."""
        return await self._connection.scalar(
            select(uploads.c.remote_id).where(
                uploads.c.platform == platform, uploads.c.bot_id == bot_id, uploads.c.file_id == file_id
            )
        )

    async def remember_upload(self, platform: str, bot_id: int, file_id: int, remote_id: str) -> None:
        put = insert_or(self._connection, uploads).values(
            platform=platform, bot_id=bot_id, file_id=file_id, remote_id=remote_id
        )
        await self._connection.execute(
            put.on_conflict_do_update(
                index_elements=["platform", "bot_id", "file_id"], set_={"remote_id": remote_id}
            )
        )
