"""Long texts: split at a line, tags closed in one part and opened again in the next."""

import re

_TAG = re.compile(r"<(/?)([a-z]+)[^<>]*>")
_TOKEN = re.compile(r"<[^<>]+>|&[a-z0-9#]+;|.", re.DOTALL)


def utf16_length(html: str) -> int:
    """The length as the messenger counts it: UTF-16 units of the text without its tags."""
    text = _TAG.sub("", html)
    text = re.sub(r"&[a-z0-9#]+;", "x", text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split_html(html: str, most: int) -> list[str]:
    """Parts of at most that many units each, every one of them valid by itself."""
    if utf16_length(html) <= most:
        return [html]
    parts: list[str] = []
    current, opened = "", list[str]()
    for line in html.split("\n"):
        for piece in _pieces(line, most):
            joined = f"{current}\n{piece}" if current and piece is not None else current + (piece or "")
            if utf16_length(joined) > most and current:
                parts.append(current + _closing(opened))
                joined = "".join(opened) + piece
            current = joined
            opened = _still_open(opened, piece)
    parts.append(current + _closing(opened))
    return [part for part in parts if _TAG.sub("", part).strip()]


def _pieces(line: str, most: int) -> list[str]:
    """One line, cut where it alone is too long; a tag or an entity is never cut."""
    if utf16_length(line) <= most:
        return [line]
    pieces, current, length = list[str](), "", 0
    for token in _TOKEN.findall(line):
        size = utf16_length(token)
        if length + size > most:
            pieces.append(current)
            current, length = "", 0
        current, length = current + token, length + size
    return [*pieces, current]


def _still_open(opened: list[str], piece: str) -> list[str]:
    stack = list(opened)
    for match in _TAG.finditer(piece):
        if match.group(1):
            if stack:
                stack.pop()
        else:
            stack.append(match.group(0))
    return stack


def _closing(opened: list[str]) -> str:
    return "".join(f"</{re.sub(r'[<>]', '', tag).split()[0]}>" for tag in reversed(opened))
