"""What things are called in a written order: in full, as they were said; and which line a word means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from domain.catalogue import Product
from domain.orders import OrderLine
from domain.persian import search_key
from domain.search_words import UNITS, search_words
from domain.skeleton import skeletons
from domain.written.lines import read_order

LEAST_SIZE = 10
"""A size from there on says enough without its unit: «۲۵۰», but «۱ لیتر»."""
ALIKE = 82
"""Two words so much alike are the same word with a slip."""
_ENDINGS = ("مون", "تون", "شون", "هام", "های", "ها", "مو", "تو", "شو", "رو", "م", "ت", "ش", "و")
"""What people hang on a word: «ضدافتابم» is my «ضدآفتاب»."""
_SHORTEST = 3


def full_name(product: Product) -> str:
    """«شامپو ضدشوره آوین ۲۵۰»: all that tells it apart, without what stands in brackets."""
    words = product.name.split(" (")[0].split()
    size = words[-2] if len(words) > 2 else ""
    if size.isdecimal() and int(size) >= LEAST_SIZE and search_words(" ".join(words[-2:]))[-1] in UNITS:
        words.pop()
    return " ".join(words)


def choice_name(product: Product) -> str:
    """On a button among its like: «روشن SPF50» where shades are told apart, or else the full name."""
    if product.family is None or product.variant is None:
        return full_name(product)
    known = {*product.family.split(), *product.variant.split()}
    sizes = [word for word in product.name.split() if word not in known and _is_size(word)]
    return " ".join((product.variant, *sizes))


def _is_size(word: str) -> bool:
    return any(each.isdigit() for each in word) and any(each.isalpha() for each in word)


def line_name(line: OrderLine, said: str | None = None) -> str:
    """In a list of lines: a shade with its family, or what it was called in our spelling, or its label."""
    if line.family and line.variant:
        return line.variant if line.family in line.variant else f"{line.family} {line.variant}"
    return as_said(line.label, said) if said else line.label


def line_names(lines: Iterable[OrderLine], said: dict[int, str]) -> dict[int, str]:
    """The same for all lines of a draft: where two would be called the same, both have their labels."""
    lines = tuple(lines)
    names = {line.product_id: line_name(line, said.get(line.product_id)) for line in lines}
    called = list(names.values())
    return {
        line.product_id: line.short_name if called.count(name) > 1 else name
        for line in lines
        if (name := names[line.product_id])
    }


def as_said(label: str, said: str) -> str:
    """The words of the label that were said: «خمیردندون» is «خمیردندان», not all of «خمیردندان سپیدتن»."""
    heard = search_words(said)
    kept = [word for word in label.split() if all(is_heard(each, heard) for each in search_words(word))]
    return " ".join(kept) if kept and kept[0] == label.split()[0] else label


def is_heard(word: str, among: Sequence[str]) -> bool:
    """Whether one of those words is that word: by its letters, its consonants, or but for a slip."""
    if word in among:
        return True
    if word[0].isdigit() or len(word) < _SHORTEST:
        return False
    bare = {word, *_bare(word)}
    sounds = set(skeletons(word)[:1])
    for other in among:
        if other[0].isdigit() or len(other) < _SHORTEST:
            continue
        if bare & {other, *_bare(other)} or sounds & set(skeletons(other)[:1]):
            return True
        if min(len(word), len(other)) > _SHORTEST and fuzz.ratio(word, other) >= ALIKE:
            return True
    return False


def _bare(word: str) -> list[str]:
    return [
        word.removesuffix(ending)
        for ending in _ENDINGS
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST
    ]


def lines_meant(phrase: str, lines: Iterable[OrderLine]) -> tuple[OrderLine, ...]:
    """The lines that are called by all words of a phrase; several where it fits several."""
    wanted = search_words(phrase)
    if not wanted:
        return ()
    found = [line for line in lines if not line.is_bonus and is_called(phrase, f"{line.name} {line.label}")]
    whole = [line for line in found if set(search_words(line.label)) <= set(wanted)]
    return tuple(whole if len(whole) == 1 else found)


def is_called(phrase: str, name: str) -> bool:
    """Whether all words of a phrase are heard in a name."""
    wanted, words = search_words(phrase), search_words(name)
    return bool(wanted) and all(is_heard(word, words) for word in wanted)


def is_near(phrase: str, name: str) -> bool:
    """Whether any of its words is, sizes aside."""
    words = search_words(name)
    return any(not word[0].isdigit() and is_heard(word, words) for word in search_words(phrase))


def named_in(text: str) -> tuple[str, ...]:
    """The things that a text names, as they were written, each without how many of it."""
    found = []
    for line in read_order(text).lines:
        name = line.with_loose if line.unit is None else line.phrase
        words = set(name.split())
        kept = [
            stripped
            for word in text.split()
            if (stripped := word.strip("،؛,.;")) and set(search_key(word).split()) <= words
        ]
        found.append(" ".join(kept) if len(kept) == len(words) else name)
    return tuple(dict.fromkeys(found))


_ALL = frozenset(
    ("همه", "همش", "همشون", "همه چی", "همه چیز", "کل سفارش", "کل سبد", "سبد", "سفارش", "همه سفارش")
)


def means_all(phrase: str) -> bool:
    """«همه رو حذف کن»: everything that stands there."""
    return search_key(phrase) in _ALL


def choice_meant(text: str, products: Iterable[Product]) -> Product | None:
    """The one of the products that were offered which a typed answer names; None when it may be several."""
    wanted = search_words(text)
    if not wanted:
        return None
    found = [each for each in products if all(is_heard(word, search_words(each.name)) for word in wanted)]
    return found[0] if len(found) == 1 else None
