"""The words in the templates of files: their notes, column by column."""

from __future__ import annotations

from screens.language import Language


def notes_title(_: Language) -> str:
    return _.label("Notes")


def notes_headers(_: Language) -> tuple[str, str, str]:
    return _.label("Column"), _.label("Needed"), _.label("What it holds")


def needed_word(is_required: bool, _: Language) -> str:
    return _.label("yes") if is_required else _.label("no")


def general_notes(_: Language) -> tuple[str, ...]:
    return (
        _.label("A row is found again by its code: importing the same file twice changes nothing."),
        _.label("An empty cell that is not needed leaves what is known as it is."),
        _.label("The example row is passed over as long as it keeps its code."),
        _.label("Digits may be Persian or Latin; codes and barcodes are best kept as text."),
        _.label("Columns may stand in any order; those that are not needed may be left out."),
    )


def column_note(field: str, _: Language) -> str:
    """One line about a column, by the field that it fills."""
    notes = {
        "code": _.label("The code of your own books, at most 64 characters"),
        "name": _.label("The full name, as customers read it"),
        "short_name": _.label("The name in a line of the basket; the full name when empty"),
        "barcode": _.label("8, 12, 13 or 14 digits with a right check digit"),
        "category": _.label("A new name makes a new category"),
        "brand": _.label("A new name makes a new brand"),
        "unit": _.label("What one piece is called"),
        "carton": _.label("Units in a carton; 1 when it is not packed"),
        "minimum": _.label("The fewest units that are sold at once"),
        "multiple": _.label("Units are sold by multiples of this number"),
        "vat_basis_points": _.label("Percent, for example 10; 10 when a new product says nothing"),
        "rials": _.label("Without VAT; the unit stands in the header, in toman or in rials"),
        "is_active": _.label("Yes or no; what is not active is not shown"),
        "kind": _.label("What kind of centre it is"),
        "city": _.label("The city of the outlet"),
        "address": _.label("District, street and number"),
        "short_address": _.label("The address as it stands in a sentence; made from the address when empty"),
        "mobile": _.label("Who has this number may order for the customer"),
        "contact": _.label("The name of the person with that mobile"),
        "national_id": _.label("A national id of 10 or 11 digits, or an economic code"),
        "group": _.label("A new name makes a new customer group"),
        "route": _.label("The name of a route that is there"),
        "price_list": _.label("A price list or a customer group; the base list when empty"),
        "since": _.label("Jalali or Gregorian, the year first; today when empty"),
        "until": _.label("The last day; open when empty"),
        "on_hand": _.label("Units in the warehouse, not fewer than are promised to orders"),
        "safety": _.label("Units that are kept back and not promised"),
        "brand_name": _.label("The name of a brand that is there"),
        "alias": _.label("Another name or spelling by which people look for it"),
        "low_at": _.label("So many units or fewer are shown as few"),
    }
    return notes.get(field) or _book_notes(_)[field]


def _book_notes(_: Language) -> dict[str, str]:
    """The same of what comes from the company's own books."""
    return {
        "invoice": _.label("The number of the invoice; later invoices go on above the largest one"),
        "issued_on": _.label("Jalali or Gregorian, the year first"),
        "due_on": _.label("The day on which it is to be paid"),
        "open_rials": _.label("What is still owed of it, 0 when nothing; the unit stands in the header"),
        "sayad_id": _.label("The 16 digits of the cheque, kept as text"),
        "state": _.label("Where the cheque is now"),
        "bank": _.label("The bank of the cheque"),
        "drawer": _.label("Whose account it is, when it is not the customer's"),
        "received_on": _.label("The day on which it was received; today when empty"),
        "side": _.label("Whether the customer owes it, or has it with you"),
        "on": _.label("The day of the balance; today when empty"),
        "promotion_name": _.label("The name that customers read in their basket"),
        "promotion_kind": _.label("What kind of promotion it is"),
        "goods": _.label("The code of a product, or the name of a category or brand; everything when empty"),
        "steps": _.label("For example “24 pieces 5%, 48 pieces 8%”, “10+1”, or “10 million toman 2%”"),
        "budget_rials": _.label("How much it may give in all; the unit stands in the header"),
        "budget_units": _.label("How many pieces it may be given on in all"),
    }


def choices_note(choices: str, _: Language) -> str:
    return _.label("One of: {choices}", choices=choices)
