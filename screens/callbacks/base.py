"""What all buttons share.

Buttons live in people's chats for years: a class never changes its prefix or its fields; a new meaning
is a new class. What comes back may be forged, so every field is read strictly: digits only, in range.
"""

import re
from typing import Annotated

from pydantic import BeforeValidator, Field

MOST_BYTES = 64


def _digits_only(value: object) -> object:
    """``int()`` would take "+5", " 7 ", "1_000" and "1.0"; none of these was ever sent by us."""
    if isinstance(value, str) and not re.fullmatch(r"0|[1-9][0-9]{0,18}", value, re.ASCII):
        raise ValueError("not a number that we sent")
    return value


Id = Annotated[int, BeforeValidator(_digits_only), Field(ge=1, le=2**63 - 1)]
"""The id of a row."""
Count = Annotated[int, BeforeValidator(_digits_only), Field(ge=0, le=99_999)]
"""A small number: a quantity, a page, a minute of the day."""
Version = Annotated[int, BeforeValidator(_digits_only), Field(ge=0, le=2**31 - 1)]
Nonce = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{22}$")]
"""A single-use word that the server made: the one kind of text that a button may carry."""
DayNumber = Annotated[int, BeforeValidator(_digits_only), Field(ge=700_000, le=800_000)]
"""A date as its proleptic ordinal (``date.toordinal``)."""
