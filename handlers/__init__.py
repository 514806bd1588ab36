"""Who asked for what. A handler calls one service and answers with a Screen.

A handler that only reads is registered with ``flags=READS``: it runs on a reader connection and never waits
for writers. The order of the routers is the order of trying; the fallback is always last.
"""

from aiogram import Router

from handlers import (
    approvals,
    basket,
    catalogue,
    checkout,
    cheque_desk,
    cheque_details,
    cheque_moves,
    cheque_policy,
    company,
    credit,
    credit_desk,
    credit_rules,
    disputes,
    fallback,
    fulfilment,
    history,
    home,
    instruments,
    ledger,
    limits,
    membership,
    offers,
    orders,
    price_limits,
    proformas,
    promotions,
    quantities,
    ras,
    receipt_desk,
    receipts,
    registration,
    repeats,
    settings,
    shortcuts,
    staff,
    support,
    terms,
)
from handlers.tapping import TapsByPrefix


def routers() -> Router:
    root = TapsByPrefix(name="handlers")
    root.include_routers(
        staff.router(),
        home.router(),
        registration.router(),
        membership.router(),
        support.router(),
        settings.router(),
        company.router(),
        ledger.router(),
        disputes.router(),
        instruments.router(),
        cheque_desk.router(),
        cheque_moves.router(),
        cheque_details.router(),
        cheque_policy.router(),
        ras.router(),
        shortcuts.router(),
        quantities.router(),
        terms.router(),
        receipts.router(),
        receipt_desk.router(),
        approvals.router(),
        credit.router(),
        credit_desk.router(),
        credit_rules.router(),
        limits.router(),
        promotions.router(),
        price_limits.router(),
        offers.router(),
        catalogue.router(),
        basket.router(),
        checkout.router(),
        orders.router(),
        proformas.router(),
        history.router(),
        repeats.router(),
        fulfilment.router(),
        catalogue.free_text_router(),
        fallback.router(),
    )
    return root
