"""What can be wrong with a file, a row or a cell. Reasons are here, words in ``screens/imports.py``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Refusal


class FileFault(StrEnum):
    """Why a file is not taken at all."""

    NOT_THERE = "not_there"
    TOO_LARGE = "too_large"
    NOT_A_TABLE = "not_a_table"
    OLD_EXCEL = "old_excel"
    SUSPICIOUS = "suspicious"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    EMPTY = "empty"
    MISSING_COLUMN = "missing_column"
    MISSING_UNIT = "missing_unit"
    REPEATED_COLUMN = "repeated_column"


class ImportRefused(Refusal):
    """Nothing of a file is taken: ``names`` are headers, ``most`` is the limit that was passed."""

    def __init__(self, fault: FileFault, names: tuple[str, ...] = (), most: int | None = None) -> None:
        super().__init__(fault)
        self.fault, self.names, self.most = fault, names, most


class CellFault(StrEnum):
    """Why a cell is not taken, and its row with it."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    OTHER_UNIT = "other_unit"
    NOT_A_DATE = "not_a_date"
    NOT_A_BARCODE = "not_a_barcode"
    NOT_A_MOBILE = "not_a_mobile"
    NOT_AN_IDENTIFIER = "not_an_identifier"
    NOT_A_CHOICE = "not_a_choice"
    REPEATED = "repeated"
    TAKEN = "taken"
    ENDS_BEFORE_START = "ends_before_start"
    UNKNOWN_PRODUCT = "unknown_product"
    UNKNOWN_PRICE_LIST = "unknown_price_list"
    UNKNOWN_ROUTE = "unknown_route"
    UNKNOWN_BRAND = "unknown_brand"
    BELOW_RESERVED = "below_reserved"
    UNKNOWN_CUSTOMER = "unknown_customer"
    UNKNOWN_GOODS = "unknown_goods"
    NOT_A_SAYAD_ID = "not_a_sayad_id"
    MORE_THAN_ALL = "more_than_all"
    OTHERWISE_KNOWN = "otherwise_known"
    NOT_STEPS = "not_steps"
    STEPS_WITHOUT_UNIT = "steps_without_unit"
    ONE_BUDGET = "one_budget"
    PROMOTION_REFUSED = "promotion_refused"


class CellRefused(Exception):
    """A cell holds something else than its column does; ``about`` is the limit, or what may be chosen."""

    def __init__(self, fault: CellFault, about: int | str | None = None) -> None:
        super().__init__(fault)
        self.fault, self.about = fault, about


@dataclass(frozen=True, slots=True, kw_only=True)
class RowError:
    """One cell of one row that cannot be taken. Rows are counted as a spreadsheet counts them, from 1."""

    row: int
    column: str
    fault: CellFault
    value: str = ""
    about: int | str | None = None
