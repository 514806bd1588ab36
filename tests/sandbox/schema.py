"""Checking JSON against the published description of the Bot API, strictly: nothing missing, nothing more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[3] / "shared" / "data" / "telegram_bot_api_10.1.json"

PLAIN: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "String": (str,),
    "Float": (int, float),
    "Boolean": (bool,),
    "True": (bool,),
}


class Schema:
    def __init__(self, described: dict[str, Any]) -> None:
        self._types = described["types"]
        self._methods = described["methods"]

    @classmethod
    def read(cls) -> Schema:
        return cls(json.loads(FILE.read_text()))

    def check_result(self, method: str, result: Any) -> list[str]:
        """Return what is wrong with the result of a method, an empty list when nothing is."""
        return self._any_of(self._methods[method]["returns"], result, method)

    def check_update(self, update: dict[str, Any]) -> list[str]:
        return self._object("Update", update, "Update")

    def _any_of(self, types: list[str], value: Any, path: str) -> list[str]:
        found = [self._one(name, value, path) for name in types]
        return min(found, key=len)

    def _one(self, name: str, value: Any, path: str) -> list[str]:
        if name.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{path} is not an array"]
            inner = name.removeprefix("Array of ")
            return [fault for at, one in enumerate(value) for fault in self._one(inner, one, f"{path}[{at}]")]
        if name in PLAIN:
            fits = isinstance(value, PLAIN[name]) and (isinstance(value, bool) == (bool in PLAIN[name]))
            return [] if fits else [f"{path} is no {name}: {value!r}"]
        return self._object(name, value, path)

    def _object(self, name: str, value: Any, path: str) -> list[str]:
        described = self._types[name]
        if "subtypes" in described and "fields" not in described:
            return self._any_of(described["subtypes"], value, path)
        if not isinstance(value, dict):
            return [f"{path} is no {name}"]
        fields = {field["name"]: field for field in described.get("fields", [])}
        faults = [f"{path}.{key} is unknown to {name}" for key in value if key not in fields]
        for key, field in fields.items():
            if key in value:
                faults += self._any_of(field["types"], value[key], f"{path}.{key}")
            elif field["required"]:
                faults.append(f"{path}.{key} is missing")
        return faults
