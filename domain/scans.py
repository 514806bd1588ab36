"""What was read in a picture or a file by the process that does nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_PIXELS = 25_000_000
MOST_CODES = 12
"""So many codes of one picture are looked up."""
LONGEST_CODE = 64


class ScanFault(StrEnum):
    """Why nothing could be read."""

    TOO_LARGE = "too_large"
    """More pixels than are ever unpacked."""
    UNREADABLE = "unreadable"
    GAVE_UP = "gave_up"
    """It took too long, or more memory than there is for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """The codes in a picture: they are keys to look something up by, and nothing else."""

    codes: tuple[str, ...] = ()
    fault: ScanFault | None = None
