"""The process that looks into what strangers send: it has limits, no settings, no database and no token.

It is started by :mod:`bot.scanner`. A request is a letter, a length and the content; an answer is a length
and JSON. Whatever a content does to it, its parent only loses this process.
"""

from __future__ import annotations

import json
import resource
import struct
import sys
from dataclasses import asdict
from typing import Any, BinaryIO

from domain.imports.errors import ImportRefused
from domain.scans import Scan, ScanFault

ADDRESS_SPACE = 512 * 2**20
CPU_SECONDS = 600
"""Over its whole life: the parent replaces it long before."""
HEADER = struct.Struct(">cI")
LENGTH = struct.Struct(">I")
PICTURE, TABLE = b"p", b"t"


def main() -> None:
    _limit()
    taken, given = sys.stdin.buffer, sys.stdout.buffer
    while len(header := taken.read(HEADER.size)) == HEADER.size:
        kind, length = HEADER.unpack(header)
        _answer(given, _looked_at(kind, taken.read(length)))


def _limit() -> None:
    """So much memory and time, not a byte of a file, and no other process."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    for nothing in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(nothing, (0, 0))


def _looked_at(kind: bytes, content: bytes) -> dict[str, Any]:
    # Even what a library calls a panic, which is no Exception, is an answer.
    try:
        return _table(content) if kind == TABLE else _picture(content)
    except MemoryError:
        return {"fault": ScanFault.GAVE_UP}
    except BaseException:
        return {"fault": ScanFault.UNREADABLE}


def _picture(content: bytes) -> dict[str, Any]:
    from services.scanning import codes_in

    found: Scan = codes_in(content)
    return asdict(found)


def _table(content: bytes) -> dict[str, Any]:
    from domain.imports.list_files import MOST_ROWS, facts_of, read_rows
    from services.imports.reading import read_content

    try:
        return facts_of(read_rows(read_content(content, MOST_ROWS)))
    except ImportRefused as no:
        return {"refused": no.fault, "names": no.names, "most": no.most}


def _answer(given: BinaryIO, what: dict[str, Any]) -> None:
    said = json.dumps(what).encode()
    given.write(LENGTH.pack(len(said)) + said)
    given.flush()


if __name__ == "__main__":
    main()
