"""The manager's view of what stands at the top of invoices and statements."""

from __future__ import annotations

from domain.company import LENGTHS, Company, CompanyPart
from screens.callbacks.company import AskCompanyPart, ClearCompanyPart, OpenCompany
from screens.home import home_button
from screens.language import Copyable, Language
from screens.screen import Button, Screen


def letterhead(company: Company, _: Language) -> Screen:
    """Each part with what is printed; a tap asks for it anew."""
    lines: list[str] = [_("🏢 This is how our documents begin:"), ""]
    lines += [
        _("{part}: {value}", part=part_word(part, _), value=_value(company, part)) for part in CompanyPart
    ]
    buttons = [
        Button(_.label("✏️ {part}", part=part_word(part, _)), AskCompanyPart(part=part))
        for part in CompanyPart
    ]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    return Screen("\n".join(lines), (*rows, (home_button(_),)))


def part_question(company: Company, part: CompanyPart, _: Language) -> Screen:
    """Asks for one part; what is there now can be taken away, but for the name."""
    text = _(
        "{part} is now: {value}\nPlease write it anew.", part=part_word(part, _), value=_value(company, part)
    )
    back = Button(_.label("⬅️ Back"), OpenCompany())
    if not said(company, part) or part is CompanyPart.NAME:
        return Screen(text, ((back,),))
    return Screen(text, ((Button(_.label("🗑 Do not print"), ClearCompanyPart(part=part)), back),))


def said(company: Company, part: CompanyPart) -> str:
    return str(getattr(company, part.value))


def _value(company: Company, part: CompanyPart) -> Copyable | str:
    """Codes are copied from here into other programs; the rest is read."""
    value = said(company, part)
    return Copyable(value) if value and part in LENGTHS else value or "—"


def part_word(part: CompanyPart, _: Language) -> str:
    match part:
        case CompanyPart.NAME:
            return _.label("Company name")
        case CompanyPart.ADDRESS:
            return _.label("Address")
        case CompanyPart.PHONE:
            return _.label("Phone")
        case CompanyPart.ECONOMIC_CODE:
            return _.label("Economic code")
        case CompanyPart.NATIONAL_ID:
            return _.label("National id")
        case CompanyPart.POSTAL_CODE:
            return _.label("Postal code")
        case CompanyPart.FOOTER:
            return _.label("Last line")
