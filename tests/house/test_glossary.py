"""Every class of the domain is in the glossary, and every decision has its parts."""

import inspect
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import domain

ROOT = Path(__file__).parents[2]


def public_classes() -> set[str]:
    found: set[str] = set()
    for module in walk_packages(domain.__path__, "domain."):
        for name, value in vars(import_module(module.name)).items():
            if (
                inspect.isclass(value)
                and value.__module__ == module.name
                and not name.startswith("_")
                and not issubclass(value, Exception)
            ):
                found.add(name)
    return found


def test_every_class_of_the_domain_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    assert {name for name in public_classes() if f"`{name}`" not in glossary} == set()


def test_every_decision_says_why_what_and_what_follows() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert len(decisions) >= 6
    for decision in decisions:
        text = decision.read_text()
        for part in ("**Context.**", "**Decision.**", "**Consequences.**", "**Alternatives.**"):
            assert part in text, (decision.name, part)
