"""Looks into pictures and tables that were sent, through a process that may die of them.

One process at a time, started with the first content and kept for the next ones. It gets neither our settings
nor our files, and what takes longer than it may is ended with it. Waiting for it is done in a thread of its
own: neither the loop nor the threads of others stand still.
"""

from __future__ import annotations

import asyncio
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar
from weakref import finalize

import structlog

from bot.scanner_child import HEADER, LENGTH, PICTURE, TABLE
from domain.imports.errors import FileFault, ImportRefused
from domain.imports.list_files import ListFile, file_of
from domain.pictures import size_of
from domain.scans import MOST_PIXELS, Scan, ScanFault

log = structlog.get_logger("bot.scanner")

SECONDS = 5.0
STARTING_SECONDS = 20.0
"""A machine that is busy needs time to load a process; what it is asked counts from then on."""
MOST_LOOKED_AT = 500
"""After so many contents a fresh process takes over."""
MOST_ANSWER = 64 * 2**20
ROOT = Path(__file__).parents[1]
T = TypeVar("T")
COMMAND = (sys.executable, "-m", "bot.scanner_child")


class GaveUp(Exception):
    """The process died, or took too long."""


class Scanner:
    """Codes of pictures and lists in tables, one after another."""

    def __init__(self, seconds: float = SECONDS, command: tuple[str, ...] = COMMAND) -> None:
        self._child = _Child(command, seconds)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="scanner")
        self._finalizer = finalize(self, _end, self._child, self._thread)

    @property
    def pid(self) -> int | None:
        """Of the process that stands ready; None before the first content, and after one that ended it."""
        return self._child.pid

    async def codes_in(self, content: bytes) -> Scan:
        """The codes that a picture shows. What is too large by its first bytes is not even handed on."""
        size = size_of(content)
        if size is None or not all(size):
            return Scan(fault=ScanFault.UNREADABLE)
        if size[0] * size[1] > MOST_PIXELS:
            return Scan(fault=ScanFault.TOO_LARGE)
        try:
            return await self._ask(PICTURE, content, _scan_of)
        except GaveUp:
            return Scan(fault=ScanFault.GAVE_UP)

    async def list_in(self, content: bytes) -> ListFile:
        """What the rows of a table ask for. Raises ImportRefused for what is none, or too much."""
        try:
            return await self._ask(TABLE, content, _list_of)
        except GaveUp:
            raise ImportRefused(FileFault.SUSPICIOUS) from None

    def close(self) -> None:
        """End the process; what it was busy with is given up."""
        self._finalizer()

    async def _ask(self, kind: bytes, content: bytes, made: Callable[[Mapping[str, Any]], T]) -> T:
        """The answer, made into what it says where nobody waits for it."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: made(self._child.ask(kind, content)))


def _scan_of(found: Mapping[str, Any]) -> Scan:
    fault = found.get("fault")
    return Scan(codes=tuple(found.get("codes", ())), fault=ScanFault(fault) if fault else None)


def _list_of(found: Mapping[str, Any]) -> ListFile:
    if "refused" in found:
        raise ImportRefused(FileFault(found["refused"]), names=tuple(found["names"]), most=found["most"])
    if "rows" not in found:
        is_too_much = found["fault"] == ScanFault.GAVE_UP
        raise ImportRefused(FileFault.SUSPICIOUS if is_too_much else FileFault.NOT_A_TABLE)
    return file_of(found)


def _end(child: _Child, thread: ThreadPoolExecutor) -> None:
    child.kill()
    thread.shutdown(cancel_futures=True)
    child.kill()


class _Child:
    """The process and its two pipes; used by one thread."""

    def __init__(self, command: tuple[str, ...], seconds: float) -> None:
        self._command, self._seconds = command, seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._looked_at = 0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def ask(self, kind: bytes, content: bytes) -> Mapping[str, Any]:
        try:
            process, seconds = self._ready()
            return self._exchange(process, kind, content, time.monotonic() + seconds)
        except (OSError, ValueError, GaveUp) as fault:
            self.kill()
            log.warning(
                "a content ended its process", kind=kind.decode(), size=len(content), fault=repr(fault)
            )
            raise GaveUp from fault

    def kill(self) -> None:
        """Whatever it is doing; it has nothing to put in order."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with process:
                process.wait()

    def _ready(self) -> tuple[subprocess.Popen[bytes], float]:
        if self._process is not None and self._looked_at < MOST_LOOKED_AT:
            self._looked_at += 1
            return self._process, self._seconds
        self.kill()
        self._looked_at = 1
        # Our own module, in our own interpreter.
        self._process = subprocess.Popen(  # noqa: S603
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={"PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1", "MALLOC_ARENA_MAX": "1"},
            bufsize=0,
        )
        return self._process, self._seconds + STARTING_SECONDS

    def _exchange(
        self, process: subprocess.Popen[bytes], kind: bytes, content: bytes, until: float
    ) -> Mapping[str, Any]:
        assert process.stdin is not None
        assert process.stdout is not None
        given, taken = process.stdin.fileno(), process.stdout.fileno()
        left = memoryview(HEADER.pack(kind, len(content)) + content)
        os.set_blocking(given, False)
        while left:
            _wait([], [given], until)
            left = left[os.write(given, left) :]
        (length,) = LENGTH.unpack(_taken(taken, LENGTH.size, until))
        if length > MOST_ANSWER:
            raise GaveUp
        found: Mapping[str, Any] = json.loads(_taken(taken, length, until))
        return found


def _taken(pipe: int, length: int, until: float) -> bytes:
    parts, missing = list[bytes](), length
    while missing:
        _wait([pipe], [], until)
        part = os.read(pipe, min(missing, 1 << 16))
        if not part:
            raise GaveUp
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _wait(taken: list[int], given: list[int], until: float) -> None:
    ready = select.select(taken, given, [], max(0.0, until - time.monotonic()))
    if not any(ready):
        raise GaveUp
