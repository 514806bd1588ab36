"""Every screen has an example, and every example fits the messenger in every language."""

import inspect
import re
from importlib import import_module
from pkgutil import iter_modules

import pytest

import screens
from bot.languages import read_languages
from bot.splitting import utf16_length
from sandbox.gallery import examples, page
from sandbox.gallery_types import Example
from screens.language import Language
from screens.notices import all_kinds
from screens.screen import ALONE, SHARING, Answer, Screen, Toast

LANGUAGES = read_languages()
EXAMPLES = tuple(examples())
MOST_TEXT, MOST_CAPTION, MOST_TOAST, MOST_DATA = 4096, 1024, 200, 64
LONE_DIGIT_IN_PERSIAN = re.compile(r"[0-9]")
# Texts in which Latin digits are right: what is to be copied, and codes of products.
COPIED = re.compile(r"<code>.*?</code>|\u2068[^\u2069]*\u2069|\u2066[^\u2069]*\u2069|E-\S+")


def public_screens() -> set[str]:
    """Every function of ``screens/`` that makes a Screen or a Toast, as ``module.function``."""
    found: set[str] = set()
    for module in iter_modules(screens.__path__):
        if module.ispkg:
            continue
        loaded = import_module(f"screens.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            answers = inspect.signature(function).return_annotation
            if (
                function.__module__ == loaded.__name__
                and not name.startswith("_")
                and answers in (Screen, Toast, Answer, "Screen", "Toast", "Answer", "Screen | Toast")
            ):
                found.add(f"{module.name}.{name}")
    return found


def test_every_screen_has_an_example() -> None:
    shown = {name.partition(":")[0] for name, _draws in EXAMPLES}
    assert public_screens() - shown == set()


def test_every_notice_has_an_example() -> None:
    shown = " ".join(name for name, _draws in EXAMPLES)
    assert {kind for kind in all_kinds() if kind not in shown} == set()


AREAS = tuple(sorted({name.partition(".")[0] for name, _draws in EXAMPLES}))


def of_area(area: str) -> list[Example]:
    return [example for example in EXAMPLES if example[0].partition(".")[0] == area]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("area", AREAS)
def test_the_examples_of_an_area_fit_the_messenger(area: str, code: str) -> None:
    for name, draws in of_area(area):
        _fits(name, draws(LANGUAGES[code]))


def _fits(name: str, answer: Answer) -> None:
    if isinstance(answer, Toast):
        assert 0 < len(answer.text) <= MOST_TOAST, name
        return
    assert utf16_length(answer.text) <= (MOST_CAPTION if answer.photo else MOST_TEXT), name
    assert answer.text.strip() or answer.document, name
    for row in answer.rows:
        for button in row:
            most = ALONE if len(row) == 1 else SHARING
            assert 0 < len(button.label) <= most, (name, button.label)
            assert len(button.tap.pack().encode()) <= MOST_DATA, (name, button.label)
    if answer.ask:
        assert not answer.rows, (name, "a message has one kind of keyboard")


@pytest.mark.parametrize("area", AREAS)
def test_persian_screens_have_persian_digits(area: str) -> None:
    for name, draws in of_area(area):
        answer = draws(LANGUAGES["fa"])
        text = COPIED.sub("", answer.text)
        assert not LONE_DIGIT_IN_PERSIAN.search(re.sub(r"</?[a-z]+>", "", text)), (name, answer.text)
        labels = [b.label for row in answer.rows for b in row] if isinstance(answer, Screen) else []
        for label in labels:
            assert not LONE_DIGIT_IN_PERSIAN.search(COPIED.sub("", label)), (name, label)


def test_the_gallery_is_one_page_without_anything_from_outside() -> None:
    html = page({code: language for code, language in LANGUAGES.items() if isinstance(language, Language)})
    assert "http://" not in html
    assert "https://" not in html
