"""Shops that were sent to us and have bought: both sides get their gift, once."""

from __future__ import annotations

from datetime import datetime

from services.referrals import reward
from storage.unit_of_work import Store

AT_ONCE = 100


async def sweep_referrals(store: Store, now: datetime) -> int:
    """How many were rewarded, or put before a manager."""
    async with store.reading() as uow:
        earned = await uow.referrals.list_earned(AT_ONCE)
    done = 0
    for referral_id in earned:
        async with store.unit_of_work() as uow:
            done += await reward(uow, referral_id, now)
    return done
