"""What the town's customers mean by a word: the choices that they have made before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sandbox.town_demo import Model
from sandbox.town_rows import Rows
from sandbox.town_year import PHARMACY_ID
from services.written_lines import learning_key

OF_THE_PHARMACY = {
    "شامپو آوین": "شامپو آوین ۲۵۰",
    "شامپو آوین ۲۵۰": "شامپو آوین ۲۵۰",
    "دستکش مدیوم": "دستکش M",
    "خمیردندون": "خمیردندان سپیدتن",
}


def learned_rows(goods: Sequence[Model], without: Collection[int], at: datetime) -> Rows:
    """By phrase, the product that the pharmacy has chosen for it."""
    if PHARMACY_ID in without:
        return []
    ids = {model.label: number for number, model in enumerate(goods, start=1)}
    return [
        {
            "customer_id": PHARMACY_ID,
            "phrase": learning_key(phrase),
            "product_id": ids[label],
            "times": 2,
            "chosen_at": at,
        }
        for phrase, label in OF_THE_PHARMACY.items()
    ]
