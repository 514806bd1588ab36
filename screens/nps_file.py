"""All answers of a span, as a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from domain.nps_report import NpsAnswer, NpsPart
from domain.periods import Period
from screens.callbacks.nps import OpenNps, SendNps
from screens.document_words import page_of
from screens.home import home_button
from screens.language import Day, Language
from screens.membership import kind_word
from screens.paper import Align, Cell, Column, Form, Page, Paper
from screens.screen import Button, Screen
from screens.survey_words import reason_word


def answers_file(
    period: Period, found: Sequence[NpsAnswer], company: str, at: SendNps, _: Language
) -> Screen:
    """Every answer as a row of a workbook."""
    title = _.label("NPS {first} to {last}", first=Day(period.first), last=Day(period.last))
    heads = (
        _.label("Answered at"), _.label("Customer"), _.label("Contact"), _.label("Kind"), _.label("Route"),
        _.label("Visitor"), _.label("Order"), _.label("Score"), _.label("Reason"), _.label("Words"),
    )  # fmt: skip
    numbers = (6, 7)
    page = Page(
        title=title,
        company=company,
        facts=(),
        boxes=(),
        columns=tuple(
            Column(title=head, align=Align.NUMBER if place in numbers else Align.WORDS)
            for place, head in enumerate(heads)
        ),
        rows=tuple(_cells(each, _) for each in found),
        totals=(Cell(_.label("{count} answers", count=len(found))), *(Cell("") for _head in heads[1:])),
        unit="",
        page_of=page_of(_),
        is_wide=True,
        code=_.code,
    )
    excuse = _("The file could not be made. Please try again.")
    paper = Paper(name=title, page=page, form=Form.EXCEL, excuse=excuse)
    back = Button(_.label("⬅️ Back"), OpenNps(span=at.span, back=at.back, part=NpsPart.NONE))
    return Screen(_("📊 {title}", title=title), ((back, home_button(_)),), document=paper)


def _cells(each: NpsAnswer, _: Language) -> tuple[Cell, ...]:
    return (
        Cell(_.plain(each.at)),
        Cell(_.plain(each.customer_name)),
        Cell(_.plain(each.contact_name)),
        Cell(kind_word(each.kind, _)),
        Cell(_.plain(each.route or "")),
        Cell(_.plain(each.visitor or "")),
        Cell(_.plain(each.order_number), each.order_number),
        Cell(_.plain(each.score), each.score),
        Cell(reason_word(each.reason, _) if each.reason else ""),
        Cell(_.plain(each.words)),
    )
