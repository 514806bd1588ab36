"""Time, faults, limits, raw updates and the reset: what no person does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sandbox.control.call import Call, Routes
from sandbox.errors import ControlError
from sandbox.people import Wire
from sandbox.state import Sandbox


class Weather:
    def __init__(self, box: Sandbox) -> None:
        self._box = box

    def routes(self) -> Routes:
        return {
            ("GET", "clock"): self._clock,
            ("POST", "clock"): self._set_clock,
            ("POST", "update"): self._update,
            ("POST", "redeliver"): self._redeliver,
            ("GET", "faults"): self._faults,
            ("POST", "faults"): self._add_fault,
            ("DELETE", "faults"): self._clear_faults,
            ("GET", "limits"): self._limits,
            ("POST", "limits"): self._set_limits,
            ("POST", "reset"): self._reset,
        }

    async def _clock(self, _: Call) -> Wire:
        clock = self._box.clock
        return {"now": clock.now().isoformat(), "rate": clock.current_rate}

    async def _set_clock(self, call: Call) -> Wire:
        wish, clock = await call.body(), self._box.clock
        if "rate" in wish:
            clock.rate(float(wish["rate"]))
        if "now" in wish:
            clock.set(datetime.fromisoformat(wish["now"]))
        if "advance_s" in wish:
            clock.advance(float(wish["advance_s"]))
        return await self._clock(call)

    async def _update(self, call: Call) -> Wire:
        update = await call.body()
        if not set(update) - {"update_id"}:
            raise ControlError("an update holds something besides its id")
        return {"update_id": self._box.updates.push(update, update.get("update_id"))}

    async def _redeliver(self, call: Call) -> Wire:
        wish = await call.body()
        update_id, other_id = wish["update_id"], wish.get("as_update_id")
        if not self._box.updates.redeliver(update_id, other_id, int(wish.get("times") or 1)):
            raise ControlError(f"no update {update_id}", 404)
        return {"update_id": other_id if other_id is not None else update_id}

    async def _faults(self, _: Call) -> list[dict[str, Any]]:
        return self._box.faults.views()

    async def _add_fault(self, call: Call) -> Wire:
        fault = self._box.faults.add(await call.body())
        self._box.events.add("fault", faults=self._box.faults.views())
        return {"fault_id": fault.id}

    async def _clear_faults(self, _: Call) -> Wire:
        self._box.faults.clear()
        self._box.events.add("fault", faults=[])
        return {"removed": True}

    async def _limits(self, _: Call) -> Wire:
        return {**self._box.limits.settings, "callback_ttl_s": self._box.callback_ttl}

    async def _set_limits(self, call: Call) -> Wire:
        """Replace all limits; those not named are off."""
        wish = await call.body()
        if (ttl := wish.pop("callback_ttl_s", None)) is not None:
            self._box.callback_ttl = float(ttl)
        self._box.limits.set(wish)
        return await self._limits(call)

    async def _reset(self, _: Call) -> Wire:
        self._box.reset()
        return {"update_id": self._box.updates.last_id, "seq": self._box.events.seq}
