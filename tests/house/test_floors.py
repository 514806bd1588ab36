"""Imports only go down, and files stay small: the laws of the house that a machine can keep."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

ROOT = Path(__file__).parents[2]
FLOORS = ("domain", "storage", "screens", "services", "handlers", "jobs", "bot", "sandbox")
MOST_LINES = 250


def nodes(path: Path, word: str) -> Iterator[ast.AST]:
    """Of a file in which that word stands at all: to read them all takes seconds."""
    text = path.read_text()
    if word in text:
        yield from ast.walk(ast.parse(text))


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations/versions" not in path.as_posix():
                yield path


def test_every_import_contract_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    configure()
    assert lint_imports(no_logo=True), "run `lint-imports` to see which import goes up"


def test_only_the_unit_of_work_commits() -> None:
    guilty = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources(*FLOORS)
        for node in nodes(path, "commit")
        if isinstance(node, ast.Attribute)
        and node.attr == "commit"
        and path.name not in {"unit_of_work.py", "lending.py", "sqlite.py", "leadership.py"}
    ]
    assert guilty == []


def test_nobody_waits_in_a_way_that_forgets_a_cancel() -> None:
    """Python 3.11's ``asyncio.wait_for`` swallows a cancel that comes together with what it waits for, and
    whoever waits for the cancelled one then waits for ever; ``asyncio.timeout`` does not.
    """
    guilty = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources(*FLOORS, "tests", "benchmarks")
        for node in nodes(path, "asyncio.wait_for")
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "asyncio.wait_for"
    ]
    assert guilty == []


def test_no_file_grows_out_of_reach() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources(*FLOORS)
        if (lines := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}


def test_no_human_words_below_or_beside_the_screens() -> None:
    """Persian letters stand in screens' catalogue only, and in tables of the language itself."""
    # Tables of the language: how people write digits, units, addresses, intents. Nobody is told these.
    of_the_language = {
        "terms_said.py", "promotion_said.py", "campaign_texts.py", "typed_times.py",
        "addresses.py", "amounts.py", "dates.py", "holidays.py", "identifiers.py", "intents.py",
        "numerals.py", "periods.py", "persian.py", "quantities.py", "ras_text.py", "spoken_numbers.py",
        "search_words.py", "skeleton.py",
        "bank_accounts.py",  # The banks' own names.
        "rendering.py",  # How wide each Persian digit is drawn.
        "product_codes.py",  # «بارکد» is typed before a code.
        "logging.py",  # Persian digits do not hide a phone number from redaction.
        "config.py",  # The company's name, until it is set.
    }  # fmt: skip
    guilty = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sources("domain", "storage", "services", "handlers", "jobs", "bot")
        if path.name not in of_the_language and path.parts[-2] not in {"imports", "written"}
        for line, words in spoken(ast.parse(path.read_text()))
        if sum("\u0600" <= c <= "\u06ff" for c in words) > 2
    ]
    assert guilty == []


def spoken(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The strings of a module that are not its docstrings, with their lines."""
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            # A string that stands alone after a value is that value's docstring.
            if isinstance(node, ast.Expr) or id(child) in told:
                continue
            if isinstance(child, ast.Constant) and isinstance(child.value, str):
                yield child.lineno, child.value
