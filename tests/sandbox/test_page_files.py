"""What the chat page is made of."""

from __future__ import annotations

import re

from sandbox.server import PAGE


def test_nothing_on_the_page_parses_html_or_comes_from_elsewhere() -> None:
    sources = [path for path in PAGE.rglob("*") if path.suffix in {".js", ".css", ".html", ".svg"}]
    assert sources
    for path in sources:
        text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text), path
        assert not re.search(r"""(src|href|url|import)\W{0,3}["'(]?(https?:)?//""", text), path
        assert len(text.splitlines()) <= 250, path
