"""The bytes of every file that went through the sandbox."""

from __future__ import annotations

import base64
import random
from dataclasses import dataclass

from sandbox.people import Wire

LINK_LIMIT = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file. `kind` is the folder of its path; `unique_id` names it but cannot be sent again."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime_type: str
    data: bytes
    number: int

    @property
    def path(self) -> str:
        suffix = self.name.rpartition(".")[2] if "." in self.name else "bin"
        clean = "".join(letter for letter in suffix if letter.isascii() and letter.isalnum()) or "bin"
        return f"{self.kind}/file_{self.number}.{clean[:8].lower()}"

    @property
    def safe_mime_type(self) -> str:
        """Return a type that a browser may be told: pictures and sound as they are, the rest as bytes."""
        harmless = self.mime_type.startswith(("image/", "audio/")) and "svg" not in self.mime_type
        return self.mime_type if harmless else "application/octet-stream"

    def wire(self) -> Wire:
        """Return the fields every kind of file has."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


class Files:
    def __init__(self, rng: random.Random) -> None:
        self._random = rng
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._number = 0

    def add(self, kind: str, name: str, mime_type: str, data: bytes) -> StoredFile:
        self._number += 1
        file_id = "BQAC" + self._letters(51)
        stored = StoredFile(file_id, "AgAD" + self._letters(9), kind, name, mime_type, data, self._number)
        self._by_id[file_id] = stored
        self._by_path[stored.path] = stored
        return stored

    def get(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def clear(self) -> None:
        self._by_id.clear()
        self._by_path.clear()

    def _letters(self, size: int) -> str:
        return base64.urlsafe_b64encode(self._random.randbytes(size)).decode().rstrip("=")
