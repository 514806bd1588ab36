"""What an import answers: the report, and every error with its row and column.

All of it is plain text, for a terminal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.imports.errors import CellFault, FileFault, ImportRefused, RowError
from domain.imports.rows import ImportKind
from screens.language import Language, Words

MOST_ERRORS = 50
"""So many errors are said one by one; all of them stand in the file of rows that were set aside."""
MOST_NAMES = 10


def kind_word(kind: ImportKind, _: Language) -> str:
    match kind:
        case ImportKind.PRODUCTS:
            return _.label("Products")
        case ImportKind.CUSTOMERS:
            return _.label("Customers")
        case ImportKind.PRICES:
            return _.label("Prices")
        case ImportKind.STOCK:
            return _.label("Stock")
        case ImportKind.INVOICES:
            return _.label("Invoices")
        case ImportKind.CHEQUES:
            return _.label("Cheques")
        case ImportKind.BALANCES:
            return _.label("Balances")
        case ImportKind.PROMOTIONS:
            return _.label("Promotions")
        case ImportKind.ALIASES:
            return _.label("Other names of brands")


def counts_line(kind: ImportKind, counts: Mapping[str, int], _: Language) -> str:
    """The result first: what became of the rows."""
    return _.label(
        "{kind}: {new} new, {changed} changed, {same} as before, {bad} set aside.",
        kind=Words(kind_word(kind, _)),
        new=counts["new"],
        changed=counts["changed"],
        same=counts["same"],
        bad=counts["bad"],
    )


def dry_line(_: Language) -> str:
    return _.label("This was a trial: nothing was written.")


def added_lines(added: Mapping[str, Sequence[str]], _: Language) -> list[str]:
    """Names that were not known before: a misspelled category shows itself here."""
    words = {
        "categories": _.label("New categories"),
        "brands": _.label("New brands"),
        "groups": _.label("New customer groups"),
        "price_lists": _.label("New price lists"),
    }
    return [
        _.label("{what}: {names}", what=Words(words[what]), names=Words(_listed(names, _)))
        for what, names in added.items()
    ]


def unknown_line(headers: Sequence[str], _: Language) -> str:
    return _.label(
        "Nobody knows these columns, and they were not read: {names}", names=Words(_listed(headers, _))
    )


def error_lines(errors: Sequence[RowError], _: Language) -> list[str]:
    lines = [error_line(error, _) for error in errors[:MOST_ERRORS]]
    if len(errors) > MOST_ERRORS:
        lines.append(_.label("… and {count} more.", count=len(errors) - MOST_ERRORS))
    return lines


def error_line(error: RowError, _: Language) -> str:
    """Names row and column: «ردیف ۱۲، ستون «قیمت (تومان)»: عدد نیست: «ابت»»."""
    return _.label(
        "Row {row}, column “{column}”: {fault}",
        row=error.row,
        column=error.column,
        fault=Words(fault_words(error, _)),
    )


def fault_words(error: RowError, _: Language) -> str:  # noqa: C901 - one arm a reason
    """Why a cell is not taken, and what it holds."""
    value, about = error.value, Words(error.about) if isinstance(error.about, str) else error.about
    match error.fault:
        case CellFault.MISSING:
            return _.label("the cell is empty")
        case CellFault.TOO_LONG:
            return _.label("longer than {most} characters: “{value}”", most=about, value=value)
        case CellFault.NOT_A_NUMBER:
            return _.label("not a number: “{value}”", value=value)
        case CellFault.NOT_WHOLE:
            return _.label("not a whole number: “{value}”", value=value)
        case CellFault.TOO_SMALL:
            return _.label("less than {least}: “{value}”", least=about, value=value)
        case CellFault.TOO_LARGE:
            return _.label("more than {most}: “{value}”", most=about, value=value)
        case CellFault.OTHER_UNIT:
            return _.label("its unit is not that of the header: “{value}”", value=value)
        case CellFault.NOT_A_DATE:
            return _.label("not a date: “{value}”. Write it like 1405/09/01", value=value)
        case CellFault.NOT_A_BARCODE:
            return _.label("not a barcode, its check digit is wrong: “{value}”", value=value)
        case CellFault.NOT_A_MOBILE:
            return _.label("not a mobile number: “{value}”", value=value)
        case CellFault.NOT_AN_IDENTIFIER:
            return _.label("neither a national id nor an economic code: “{value}”", value=value)
        case CellFault.NOT_A_CHOICE:
            return _.label("“{value}” is not known here. Choose from: {choices}", value=value, choices=about)
        case CellFault.REPEATED:
            return _.label("“{value}” stands in row {row} already", value=value, row=about)
        case CellFault.TAKEN:
            return _.label("“{value}” belongs to another customer", value=value)
        case CellFault.ENDS_BEFORE_START:
            return _.label("the last day comes before the first")
        case CellFault.UNKNOWN_PRODUCT:
            return _.label("there is no product with the code “{value}”", value=value)
        case CellFault.UNKNOWN_PRICE_LIST:
            return _.label("there is no price list and no customer group “{value}”", value=value)
        case CellFault.UNKNOWN_ROUTE:
            return _.label("there is no route “{value}”", value=value)
        case CellFault.UNKNOWN_BRAND:
            return _.label("there is no brand “{value}”", value=value)
        case CellFault.BELOW_RESERVED:
            return _.label(
                "“{value}” is less than the {reserved} that are promised", value=value, reserved=about
            )
    return _book_fault_words(error, _)


def _book_fault_words(error: RowError, _: Language) -> str:
    """The same of what comes from the company's own books."""
    value = error.value
    match error.fault:
        case CellFault.UNKNOWN_CUSTOMER:
            return _.label("there is no customer with the code “{value}”", value=value)
        case CellFault.UNKNOWN_GOODS:
            return _.label("there is no product, category or brand “{value}”", value=value)
        case CellFault.NOT_A_SAYAD_ID:
            return _.label("not a Sayad id of 16 digits: “{value}”. Keep the cell as text", value=value)
        case CellFault.MORE_THAN_ALL:
            return _.label("more is owed than the whole amount")
        case CellFault.OTHERWISE_KNOWN:
            return _.label("“{value}” is in our books already, and reads otherwise there", value=value)
        case CellFault.NOT_STEPS:
            return _.label("these are no steps of such a promotion: “{value}”", value=value)
        case CellFault.STEPS_WITHOUT_UNIT:
            return _.label("an amount without its unit: “{value}”. Write toman or rials", value=value)
        case CellFault.ONE_BUDGET:
            return _.label("a budget is in money or in pieces, not in both")
    return _.label("these steps do not rise, or give nothing: “{value}”", value=value)


def file_words(no: ImportRefused, _: Language) -> str:  # noqa: C901 - one arm a reason
    """Why nothing of a file was taken."""
    names = Words(_listed(no.names, _))
    match no.fault:
        case FileFault.NOT_THERE:
            return _.label("The file is not there, or cannot be read.")
        case FileFault.TOO_LARGE:
            return _.label("The file is larger than {most} megabytes.", most=no.most)
        case FileFault.NOT_A_TABLE:
            return _.label("This is neither a sound Excel file (xlsx) nor a CSV file.")
        case FileFault.OLD_EXCEL:
            return _.label("An old Excel file (xls) or one with a password. Please save it as plain xlsx.")
        case FileFault.SUSPICIOUS:
            return _.label("The file unpacks to far more than a table needs, and was not opened.")
        case FileFault.TOO_MANY_ROWS:
            return _.label("The file reaches beyond {most} rows. Please split it.", most=no.most)
        case FileFault.TOO_MANY_COLUMNS:
            return _.label("The file reaches beyond {most} columns.", most=no.most)
        case FileFault.EMPTY:
            return _.label("The file has no rows.")
        case FileFault.MISSING_COLUMN:
            return _.label("These columns are missing: {names}", names=names)
        case FileFault.MISSING_UNIT:
            return _.label(
                "The unit is missing: {names}. Write “{toman}” or “{rials}”.",
                names=names,
                toman=Words(f"{no.names[0]} (تومان)"),
                rials=Words(f"{no.names[0]} (ریال)"),
            )
        case FileFault.REPEATED_COLUMN:
            return _.label("These columns say the same: {names}", names=names)


def refused_line(no: ImportRefused, _: Language) -> str:
    return _.label("Nothing was taken. {why}", why=Words(file_words(no, _)))


def aside_line(path: str, _: Language) -> str:
    return _.label("The rows with errors are in {path}. Correct them there and import that file.", path=path)


def aside_failed_line(path: str, _: Language) -> str:
    return _.label("The rows with errors could not be written to {path}.", path=path)


def template_line(path: str, _: Language) -> str:
    return _.label("The template is {path}.", path=path)


def stage_word(stage: str, _: Language) -> str:
    """What the progress bar says."""
    words = {
        "reading": _.label("Reading"),
        "checking": _.label("Checking"),
        "writing": _.label("Writing"),
    }
    return words[stage]


def _listed(names: Sequence[str], _: Language) -> str:
    """Some names one after the other, each in its quotes."""
    said = [_.label("“{name}”", name=name) for name in names[:MOST_NAMES]]
    if len(names) > MOST_NAMES:
        said.append(_.label("and {count} more", count=len(names) - MOST_NAMES))
    return _.label(", ").join(said)
