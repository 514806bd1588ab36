"""`make gallery`: every screen in every language, as one HTML page that needs nothing beside it."""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterator, Mapping
from html import escape
from itertools import chain, groupby
from pathlib import Path

from bot.languages import read_languages
from sandbox.gallery_campaign_notices import refused_campaigns
from sandbox.gallery_campaign_results import campaign_lists, campaign_results, campaign_taps, campaigns_going
from sandbox.gallery_campaigns import building
from sandbox.gallery_checkout import selling
from sandbox.gallery_cheques import cheque_desks, own_cheques, told_of_cheques
from sandbox.gallery_company import our_letterhead
from sandbox.gallery_credit import credit_desks, deciding_on_orders, own_credit
from sandbox.gallery_delays import late_orders
from sandbox.gallery_disputes import dispute_screens
from sandbox.gallery_frozen import frozen_screens
from sandbox.gallery_guide import ordering_again
from sandbox.gallery_ledger import account_screens
from sandbox.gallery_lists import scanned_and_sent
from sandbox.gallery_notices import notices
from sandbox.gallery_nudges import usual_orders
from sandbox.gallery_orders import earlier, placed_orders
from sandbox.gallery_people import at_home, deciding, joining, our_people, refused
from sandbox.gallery_promotions import makers, own_offers
from sandbox.gallery_push_rules import push_rule_screens
from sandbox.gallery_receipts import receipt_screens
from sandbox.gallery_referrals import referral_screens
from sandbox.gallery_reminders import reminder_screens
from sandbox.gallery_returns import return_screens
from sandbox.gallery_shop import ordering, shop
from sandbox.gallery_surveys import opinion_screens, survey_screens, ticket_screens
from sandbox.gallery_types import Example
from sandbox.gallery_written import written_orders
from sandbox.picture_canvas import Palette
from sandbox.pictures import draw
from screens.language import Language
from screens.screen import Answer, Screen, Toast

HERE = Path(__file__).parent
FILE = Path("gallery.html")


def examples() -> Iterator[Example]:
    """Every screen and every notice, with its cases: a name, and what draws it in a given language."""
    areas = (
        joining,
        at_home,
        shop,
        own_offers,
        makers,
        ordering,
        written_orders,
        selling,
        placed_orders,
        late_orders,
        usual_orders,
        ordering_again,
        scanned_and_sent,
        earlier,
        deciding,
        our_people,
        our_letterhead,
        push_rule_screens,
        receipt_screens,
        reminder_screens,
        return_screens,
        frozen_screens,
        referral_screens,
        survey_screens,
        ticket_screens,
        opinion_screens,
        account_screens,
        dispute_screens,
        building,
        campaigns_going,
        campaign_taps,
        campaign_results,
        campaign_lists,
        own_credit,
        deciding_on_orders,
        credit_desks,
        refused,
        refused_campaigns,
        notices,
        own_cheques,
        cheque_desks,
        told_of_cheques,
    )
    return chain.from_iterable(area() for area in areas)


def page(languages: Mapping[str, Language]) -> str:
    """All examples, by the module that draws them."""
    groups = [
        (module, list(found)) for module, found in groupby(examples(), lambda each: each[0].partition(".")[0])
    ]
    links = "".join(f'<a href="#{module}">{module}</a>' for module, _found in groups)
    body = "".join(
        f'<h2 id="{module}">{module}</h2>' + "".join(_example(each, languages) for each in found)
        for module, found in groups
    )
    font = base64.b64encode((HERE / "page" / "fonts" / "Vazirmatn-Regular.woff2").read_bytes()).decode()
    picture = base64.b64encode(draw("bottle", Palette.of("آوین"))).decode()
    return _PAGE.format(font=font, links=links, body=body, picture=picture)


def _example(example: Example, languages: Mapping[str, Language]) -> str:
    name, draws = example
    chats = "".join(
        f'<div class="chat" lang="{code}" dir="{"rtl" if code == "fa" else "ltr"}">{_answer(draws(_))}</div>'
        for code, _ in languages.items()
    )
    return f'<section><h3 dir="ltr">{escape(name)}</h3><div class="chats">{chats}</div></section>'


def _answer(answer: Answer) -> str:
    if isinstance(answer, Toast):
        kind = "toast alert" if answer.alert else "toast"
        return f'<div class="{kind}">{escape(answer.text)}</div>'
    photo = '<div class="photo"></div>' if answer.photo is not None else ""
    document = f'<div class="file">📎 {escape(answer.document.name)}</div>' if answer.document else ""
    # The text is HTML of the few tags that a messenger knows, made and quoted by Language.
    bubble = f'<div class="bubble">{photo}{document}<div class="text">{answer.text}</div></div>'
    return bubble + _rows(answer) + _keyboard(answer)


def _rows(screen: Screen) -> str:
    rows = "".join(
        "<div>" + "".join(f'<b title="{escape(b.tap.pack())}">{escape(b.label)}</b>' for b in row) + "</div>"
        for row in screen.rows
    )
    return f'<div class="rows">{rows}</div>' if rows else ""


def _keyboard(screen: Screen) -> str:
    rows = "".join(
        "<div>" + "".join(f"<b>{escape(button.label)}</b>" for button in row) + "</div>"
        for row in screen.ask or ()
    )
    return f'<div class="rows keyboard">{rows}</div>' if rows else ""


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Bonak: every screen</title>
<style>
@font-face {{ font-family: Vazirmatn; src: url(data:font/woff2;base64,{font}) format("woff2"); }}
body {{ margin: 0; background: #e9edf1; color: #17212b; font: 15px/1.6 Vazirmatn, system-ui, sans-serif; }}
nav {{ position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 4px 14px;
  padding: 10px 24px; background: #fffffff2; border-bottom: 1px solid #d5dce3; }}
nav a {{ color: #2563a8; text-decoration: none; }}
main {{ max-width: 980px; margin: 0 auto; padding: 8px 24px 64px; }}
h2 {{ margin: 40px 0 0; scroll-margin-top: 60px; }}
h3 {{ margin: 24px 0 8px; font-size: 14px; font-weight: 500; color: #5c6b7a; }}
.chats {{ display: grid; grid-template-columns: 1fr 1fr; gap: 24px; }}
@media (max-width: 760px) {{ .chats {{ grid-template-columns: 1fr; }} }}
.chat {{ max-width: 430px; }}
.bubble {{ overflow: hidden; background: #fff; border-radius: 14px; box-shadow: 0 1px 2px #0002; }}
.text {{ padding: 9px 14px; white-space: pre-wrap; overflow-wrap: anywhere; }}
.photo {{ height: 220px; background: url(data:image/png;base64,{picture}) center / cover; }}
.file {{ padding: 9px 14px 0; color: #2563a8; }}
.rows div {{ display: flex; gap: 4px; margin-top: 4px; }}
.rows b {{ flex: 1; padding: 7px 6px; text-align: center; font-weight: 500; background: #d3deea;
  border-radius: 9px; font-size: 14px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }}
.keyboard b {{ background: #fff; border: 1px solid #b9c6d3; }}
.toast {{ display: inline-block; padding: 9px 16px; background: #26323e; color: #fff; border-radius: 12px; }}
code {{ background: #eef2f6; border-radius: 4px; padding: 0 4px; }}
</style></head><body><nav>{links}</nav><main>{body}</main></body></html>
"""


def main() -> None:
    FILE.write_text(page(read_languages()), encoding="utf-8")
    sys.stdout.write(f"{FILE.resolve()}: {sum(1 for _each in examples())} screens in every language\n")


if __name__ == "__main__":
    main()
