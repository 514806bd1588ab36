"""What is asked about a written draft, as it is kept beside the draft."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from domain.catalogue import Unit
from domain.written import Op
from domain.written_drafts import Asks, Change, Open, Progress


def facts_of(progress: Progress) -> dict[str, Any]:
    """As it is kept."""
    return {
        "asked": progress.asked,
        "opens": [_open_facts(each) for each in progress.opens],
        "said": {str(key): phrase for key, phrase in progress.said.items()},
        "understood": list(progress.understood),
        "to_list": list(progress.to_list),
        "changes": [
            [each.product_id, each.label, each.unit.value, each.before, each.after, each.is_rounded]
            for each in progress.changes
        ],
        "missing": list(progress.missing),
        "flags": [progress.is_fresh, progress.is_listed, progress.greets, progress.asks_day],
        "had": progress.had,
        "lines": progress.lines,
        "day": progress.day.isoformat() if progress.day else None,
        "terms": list(progress.terms),
    }


def progress_of(order_id: int, version: int, facts: Mapping[str, Any]) -> Progress:
    """What :func:`facts_of` has written."""
    is_fresh, is_listed, greets, asks_day = facts["flags"]
    return Progress(
        order_id=order_id,
        version=version,
        asked=facts["asked"],
        opens=tuple(_open_of(each) for each in facts["opens"]),
        said={int(key): phrase for key, phrase in facts["said"].items()},
        understood=tuple(facts["understood"]),
        to_list=tuple(facts["to_list"]),
        changes=tuple(
            Change(
                product_id=of, label=label, unit=Unit(unit), before=before, after=after, is_rounded=rounded
            )
            for of, label, unit, before, after, rounded in facts["changes"]
        ),
        missing=tuple(facts["missing"]),
        is_fresh=is_fresh,
        is_listed=is_listed,
        greets=greets,
        asks_day=asks_day,
        had=facts["had"],
        lines=facts["lines"],
        day=date.fromisoformat(facts["day"]) if facts["day"] else None,
        terms=tuple(facts["terms"]),
    )


def _open_facts(each: Open) -> list[Any]:
    return [
        each.key, each.asks.value, each.phrase, each.op.value,
        None if each.quantity is None else str(each.quantity),
        each.unit, each.product_id, each.pieces, list(each.choices), each.usually_cartons,
    ]  # fmt: skip


def _open_of(facts: list[Any]) -> Open:
    key, asks, phrase, op, quantity, unit, product_id, pieces, choices, usually = facts
    return Open(
        key=key,
        asks=Asks(asks),
        phrase=phrase,
        op=Op(op),
        quantity=None if quantity is None else Decimal(quantity),
        unit=unit,
        product_id=product_id,
        pieces=pieces,
        choices=tuple(choices),
        usually_cartons=usually,
    )
