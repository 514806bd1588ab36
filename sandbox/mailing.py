"""A running campaign with as many recipients as wanted, laid down at once: for fault tests and benchmarks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from storage.unit_of_work import Store

FIRST_USER = 6_000_000_000
FIRST_STAFF = 990_000
CAMPAIGN_ID = 70
TEXT = "سلام؛ این هفته کرم ضدآفتاب با ۱۵٪ تخفیف. منتظر شما هستیم."
AT_A_TIME = 5_000
Row = dict[str, Any]


async def lay_mailing(
    store: Store,
    count: int,
    now: datetime,
    *,
    bot_id: int,
    campaign_id: int = CAMPAIGN_ID,
    held: int = 0,
    **campaign: Any,
) -> tuple[int, ...]:
    """Whom it goes to: the accounts of the recipients. The first ``held`` of them are the holdout."""
    async with store.unit_of_work() as uow:
        made_by = FIRST_STAFF + campaign_id
        await uow.bulk.put("staff", [_manager(made_by)])
        row = {**_campaign(now), "id": campaign_id, "made_by": made_by, **campaign}
        await uow.bulk.put("campaigns", [row])
    first = campaign_id * 1_000_000
    people = iter(range(first, first + count))
    while some := list(islice(people, AT_A_TIME)):
        async with store.unit_of_work() as uow:
            for table, rows in _people(some, now, bot_id).items():
                await uow.bulk.put(table, rows)
            recipients = [_recipient(each, campaign_id, each < first + held) for each in some]
            await uow.bulk.put("campaign_recipients", recipients)
    return tuple(FIRST_USER + each for each in range(first, first + count))


def _manager(staff_id: int) -> Row:
    return {"id": staff_id, "name": "مدیر", "role": "manager", "language": "fa", "is_active": True}


def _campaign(now: datetime) -> Row:
    return {
        "name": "پاییزه",
        "kind": "announcement",
        "state": "running",
        "conditions": {},
        "text": TEXT,
        "text_version": 0,
        "corrects_sent": False,
        "buttons": "none",
        "holdout_percent": 0,
        "per_minute": None,
        "photo_file_id": None,
        "counts": {},
        "with_complaints": False,
        "with_overdue": False,
        "created_at": now,
        "started_at": now,
        "version": 0,
    }


def _people(numbers: list[int], now: datetime, bot_id: int) -> Mapping[str, list[Row]]:
    def rows(make: Any) -> list[Row]:
        return [make(each) for each in numbers]

    return {
        "customers": rows(
            lambda n: {
                "id": n,
                "name": f"داروخانه {n}",
                "name_key": f"داروخانه {n}",
                "kind": "pharmacy",
                "is_blocked": False,
                "is_active": True,
                "created_at": now,
            }
        ),
        "contacts": rows(lambda n: {"id": n, "name": f"مسئول {n}", "language": "fa", "is_active": True}),
        "identities": rows(
            lambda n: {
                "id": n,
                "platform": "telegram",
                "user_id": FIRST_USER + n,
                "contact_id": n,
                "customer_id": n,
                "created_at": now,
            }
        ),
        "reaches": rows(
            lambda n: {
                "platform": "telegram",
                "bot_id": bot_id,
                "chat_id": FIRST_USER + n,
                "identity_id": n,
                "seen_at": now - timedelta(days=1),
            }
        ),
    }


def _recipient(number: int, campaign_id: int, is_holdout: bool) -> Row:
    return {
        "id": number,
        "campaign_id": campaign_id,
        "customer_id": number,
        "contact_id": number,
        "is_holdout": is_holdout,
        "state": "new",
        "text_version": 0,
    }
