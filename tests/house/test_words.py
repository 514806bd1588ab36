"""Every word that the screens say has its Persian, with the same values in it, and is compiled."""

import gettext
from pathlib import Path
from string import Formatter

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "locales" / "fa" / "LC_MESSAGES"


def fields(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name}


def said() -> set[str]:
    found = extract_from_dir(ROOT / "screens", [("**.py", "python")], keywords={"_": None, "label": None})
    return {message[2] for message in found if isinstance(message[2], str)}


def persian() -> dict[str, str]:
    with (FOLDER / "messages.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id and not m.fuzzy}


def test_the_persian_catalogue_is_complete() -> None:
    assert said() - persian().keys() == set()


def test_nothing_is_translated_that_nobody_says() -> None:
    assert persian().keys() - said() == set()


def test_the_persian_holds_the_same_values() -> None:
    assert {i for i, s in persian().items() if not s or fields(i) != fields(s)} == set()


def test_the_compiled_catalogue_says_what_the_text_says() -> None:
    """A fuzzy catalogue is skipped by the compiler, which still reports success."""
    compiled = gettext.translation("messages", ROOT / "locales", ["fa"])
    assert {i for i, s in persian().items() if compiled.gettext(i) != s} == set()


def test_the_persian_is_spelled_as_persian() -> None:
    """Arabic ي and ك look the same and are not; «می شود» wants its half-space."""
    wrong = {i: s for i, s in persian().items() if any(c in s for c in "يكة") or " ها " in s or " می " in s}
    assert wrong == {}
