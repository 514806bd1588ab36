"""What the README says is true: every setting with its default, every command it names."""

import re
from pathlib import Path

from bot.config import describe

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def settings_table() -> str:
    """The table as the code has it; it stands between two marks in the README."""
    rows = [
        f"| `{name}` | {f'`{default}`' if default else '–'} | {meaning} |"
        for name, default, meaning in describe()
    ]
    return "\n".join(["| Setting | Default | Meaning |", "|---|---|---|", *rows])


def test_the_settings_are_those_of_the_code() -> None:
    found = re.search(r"<!-- settings -->\n(.*?)\n<!-- /settings -->", README, re.DOTALL)
    assert found is not None
    assert found.group(1) == settings_table()


def test_every_command_it_names_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text()
    named = set(re.findall(r"`make ([a-z]+)", README + (ROOT / "README.fa.md").read_text()))
    assert named
    assert {name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)} == set()


def test_every_picture_and_page_it_shows_is_there() -> None:
    for readme in ("README.md", "README.fa.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / readme).read_text()):
            if not target.startswith("http"):
                assert (ROOT / target).exists(), (readme, target)


def test_constraints_are_pinned_with_hashes_and_name_no_index() -> None:
    pinned = (ROOT / "constraints.txt").read_text()
    assert "://" not in pinned
    assert "--index" not in pinned
    requirements = re.findall(r"^[a-zA-Z][^ \n]*==[^ \n]+", pinned, re.MULTILINE)
    assert len(requirements) > 40
    assert pinned.count("--hash=sha256:") >= len(requirements)
