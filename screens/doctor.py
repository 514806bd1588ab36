"""What the doctor says to whoever runs the program: one line a check, in plain English, with what to do.

These words are for operators at a terminal, so they are not translated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto


class Check(Enum):
    """What is looked at, and how it was found."""

    PYTHON = auto()
    PYTHON_OLD = auto()
    SETTINGS = auto()
    SETTINGS_WRONG = auto()
    SETTINGS_UNKNOWN = auto()
    DATABASE = auto()
    DATABASE_ABSENT = auto()
    DATABASE_BEHIND = auto()
    DATABASE_STRANGE = auto()
    DATABASE_UNREACHABLE = auto()
    SQLITE = auto()
    SQLITE_OLD = auto()
    FOLDER = auto()
    FOLDER_CLOSED = auto()
    DISK = auto()
    DISK_FULL = auto()
    LANGUAGES = auto()
    LANGUAGES_OLD = auto()
    TOKEN = auto()
    TOKEN_ABSENT = auto()
    TOKEN_REFUSED = auto()
    MESSENGER_UNREACHABLE = auto()
    CLOCK = auto()
    CLOCK_WRONG = auto()
    JOBS = auto()
    JOBS_NEVER = auto()
    JOB_LATE = auto()
    JOB_FAILING = auto()


WELL = frozenset(
    {
        Check.PYTHON,
        Check.SETTINGS,
        Check.DATABASE,
        Check.SQLITE,
        Check.FOLDER,
        Check.DISK,
        Check.LANGUAGES,
        Check.TOKEN,
        Check.CLOCK,
        Check.JOBS,
        Check.JOBS_NEVER,
        # Before the bot is started that is how it has to be.
        Check.JOB_LATE,
    }
)

_WORDS: Mapping[Check, str] = {
    Check.PYTHON: "Python {version}",
    Check.PYTHON_OLD: "Python {version} is too old: 3.11 or newer is needed.",
    Check.SETTINGS: "Settings: every one can be used.",
    Check.SETTINGS_WRONG: "Setting {error}. Correct it in the environment or in .env.",
    Check.SETTINGS_UNKNOWN: "Nobody reads {names} in .env: is it misspelled? The README lists all settings.",
    Check.DATABASE: "Database: reachable and up to date.",
    Check.DATABASE_ABSENT: "Database: there is nothing in it yet. Run: bonak migrate",
    Check.DATABASE_BEHIND: "Database: it is older than this program. Stop the bot and run: bonak migrate",
    Check.DATABASE_STRANGE: "Database: it belongs to another version of this program. Install that version.",
    Check.DATABASE_UNREACHABLE: "Database: it cannot be reached ({error}). Check BONAK_DATABASE_URL.",
    Check.SQLITE: "SQLite {version}",
    Check.SQLITE_OLD: "SQLite {version} is too old: {least} is needed. Use a newer Python, or PostgreSQL.",
    Check.FOLDER: "Folder {path}: can be written.",
    Check.FOLDER_CLOSED: "Folder {path}: cannot be written. Give it to the user who runs the bot.",
    Check.DISK: "Disk: {free} GB are free.",
    Check.DISK_FULL: "Disk: only {free} GB are free in {path}. Make room: without it no order can be kept.",
    Check.LANGUAGES: "Languages: compiled.",
    Check.LANGUAGES_OLD: "Languages: the Persian words are not compiled. Run: make words",
    Check.TOKEN: "Token: the messenger knows it as @{username}.",
    Check.TOKEN_ABSENT: "Token: BONAK_TELEGRAM_TOKEN is not set. Get one from @BotFather, or try: make run",
    Check.TOKEN_REFUSED: "Token: the messenger refuses it. Copy it anew from @BotFather.",
    Check.MESSENGER_UNREACHABLE: "Messenger: {address} cannot be reached ({error}). "
    "Where it is filtered, set BONAK_PROXY; otherwise check BONAK_TELEGRAM_API.",
    Check.CLOCK: "Clock: within {seconds} s of the messenger's.",
    Check.CLOCK_WRONG: "Clock: it is {seconds} s away from the messenger's. Switch NTP on.",
    Check.JOBS: "Timetable: every job has run, {job} last, at {at}.",
    Check.JOBS_NEVER: "Timetable: nothing has run yet. The bot runs it.",
    Check.JOB_LATE: "Timetable: {job} ran last at {at}: the bot has not run since then, or it hangs.",
    Check.JOB_FAILING: "Timetable: {job} has failed {failures} times in a row, at {at} with {error}. "
    "The log says why.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One check as it was found, with the facts that its words name."""

    check: Check
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_well(self) -> bool:
        return self.check in WELL


def line(finding: Finding) -> str:
    """One line: well or not, and what to do about it."""
    return f"{'✓' if finding.is_well else '✗'} {_WORDS[finding.check].format(**finding.facts)}"


def last_line(count: int) -> str:
    """How it stands, after all."""
    if count == 0:
        return "Everything is as it should be. Start the bot with: bonak run"
    return "1 thing is wrong." if count == 1 else f"{count} things are wrong."
