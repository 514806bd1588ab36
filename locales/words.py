"""Joins the Persian of all areas (``fa/parts/*.po``) with what the screens say; run by ``make words``.

The parts are what people edit; ``LC_MESSAGES/messages.po`` and ``.mo`` are made from them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
PARTS = ROOT / "locales" / "fa" / "parts"
MADE = ROOT / "locales" / "fa" / "LC_MESSAGES"
A_DATE = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS: dict[str, None] = {"_": None, "label": None}
_VALUES = re.compile(r"\{(\w+)\}")


def said() -> dict[str, str]:
    """Every msgid of the screens, with the place where it is said first."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    found: dict[str, str] = {}
    for name, line, message, *_ in extract_from_dir(ROOT, methods, options, KEYWORDS):
        if isinstance(message, str) and message:
            found.setdefault(message, f"{name}:{line}")
    return found


def translated() -> tuple[dict[str, str], list[str]]:
    """The Persian of every msgid, and what is wrong within the parts."""
    words: dict[str, str] = {}
    wrong: list[str] = []
    for part in sorted(PARTS.glob("*.po")):
        with part.open("rb") as file:
            for message in read_po(file, locale="fa", abort_invalid=True):
                if not isinstance(message.id, str) or not message.id:
                    continue
                if message.id in words:
                    wrong.append(f"{part.name}: said by another part too: {message.id!r}")
                if message.fuzzy:
                    wrong.append(f"{part.name}: fuzzy: {message.id!r}")
                words[message.id] = str(message.string)
    return words, wrong


def faults(asked: dict[str, str], words: dict[str, str]) -> Iterator[str]:
    """What is missing, left over, or names other values than its English."""
    for message, place in asked.items():
        if not words.get(message):
            yield f"{place}: not translated: {message!r}"
        elif set(_VALUES.findall(message)) != set(_VALUES.findall(words[message])):
            yield f"{place}: other values in Persian: {message!r}"
    for message in words.keys() - asked.keys():
        yield f"no screen says any more: {message!r}"


def write(words: dict[str, str]) -> None:
    """Both catalogues, with a date that never moves: nothing changes there when nothing was said anew."""
    catalogue = Catalog(
        locale="fa",
        project="Bonak",
        version="1",
        charset="utf-8",
        fuzzy=False,
        header_comment="# Made by `make words` from locales/fa/parts: edit the parts.",
        creation_date=A_DATE,
        revision_date=A_DATE,
        msgid_bugs_address="",
        last_translator="Bonak",
        language_team="fa",
    )
    for message, string in words.items():
        catalogue.add(message, string)
    MADE.mkdir(parents=True, exist_ok=True)
    with (MADE / "messages.po").open("wb") as readable:
        write_po(readable, catalogue, width=100, sort_output=True)
    with (MADE / "messages.mo").open("wb") as compiled:
        write_mo(compiled, catalogue)


def main() -> int:
    asked = said()
    words, wrong = translated()
    wrong += faults(asked, words)
    if wrong:
        sys.stderr.write("\n".join(sorted(wrong)) + "\n")
        return 1
    write(words)
    sys.stdout.write(f"{len(words)} messages\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
