"""The parameters of one call, whichever of the four ways they came by."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sandbox.errors import bad_request

YES = frozenset({"true", "yes", "1"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    mime_type: str
    data: bytes


class Params:
    """Typed reading of loosely typed parameters, as forgiving as the real server is."""

    __slots__ = ("files", "values")

    def __init__(self, values: dict[str, Any], files: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.files = files if files is not None else {}

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """Return the number, or `default` where none can be read, which the real server does silently."""
        value = self.values.get(name)
        if isinstance(value, bool) or value is None:
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            return default

    def number(self, name: str) -> float | None:
        try:
            return float(self.values[name])
        except (KeyError, TypeError, ValueError):
            return None

    def flag(self, name: str) -> bool:
        value = self.values.get(name)
        return value if isinstance(value, bool) else str(value).lower() in YES

    def json(self, name: str, refusal: str) -> Any:
        """Return a parameter that may be an object or its JSON text; None when absent or empty.

        What was parsed replaces the text, so the log of calls shows objects as objects.
        """
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError as error:
                raise bad_request(refusal) from error
            self.values[name] = value
        return value

    def upload(self, name: str) -> Upload | None:
        """Return the file sent as `name`, or as `attach://part` where `name` says so."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.files.get(value[len("attach://") :])
        return self.files.get(name)

    def logged(self) -> dict[str, Any]:
        """Return what the log may keep: everything except the bytes of files."""
        if not self.files:
            return self.values
        files = {
            name: {"file_name": file.name, "mime_type": file.mime_type, "size": len(file.data)}
            for name, file in self.files.items()
        }
        return {**self.values, **files}
