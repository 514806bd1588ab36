"""The Bot API over HTTP: the way of one request from the wire to its answer."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from sandbox.errors import ApiError, bad_request
from sandbox.faults import Fault
from sandbox.known_params import unknown_params
from sandbox.methods import all_methods
from sandbox.methods.register import METHODS, SLOW_METHODS, Described
from sandbox.params import Params
from sandbox.state import Sandbox
from sandbox.wire import read_params

all_methods.load()

logger = logging.getLogger(__name__)

# How long a call is kept hanging when a fault says that it is never answered.
TIMEOUT_SECONDS = 60.0
# What a bot may not do by way of its answer to a webhook.
NOT_IN_AN_ANSWER = frozenset({"setwebhook", "deletewebhook", "close", "logout"})
LIMITED = re.compile(r"(?:send(?!chataction)|edit|copy|forward)")

_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class BotApi:
    def __init__(self, box: Sandbox) -> None:
        self._box = box
        box.webhooks.execute = self._execute

    async def handle(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        """Answer `/bot<token>/<method>`; `path` is what follows `/bot`."""
        token, _, name = path.partition("/")
        refusal = self._check_token(unquote(token))
        if refusal is None and (not name or "/" in name):
            refusal = ApiError(404, "Not Found")
        if refusal is not None:
            return _refused(refusal)
        key = name.lower()
        method = METHODS.get(key) or SLOW_METHODS.get(key)
        if method is None:
            return _refused(ApiError(404, "Not Found: method not found"))
        try:
            params = await read_params(request)
        except ApiError as error:
            return self._answer(method[0], Params({}), None, error)
        return await self._strike_or_call(request, method[0], params)

    def file(self, path: str) -> web.StreamResponse:
        """Answer `/file/bot<token>/<path>`."""
        token, _, name = path.partition("/")
        refusal = self._check_token(unquote(token))
        if refusal is not None:
            return _refused(refusal)
        stored = self._box.files.at(unquote(name))
        if stored is None:
            return _refused(ApiError(404, "Not Found"))
        return web.Response(body=stored.data, content_type="application/octet-stream")

    async def call(self, name: str, params: Params) -> tuple[Any, ApiError | None]:
        """Carry out a call that has arrived whole; used for answers to webhooks too."""
        box, key = self._box, name.lower()
        try:
            if box.limits.settings and LIMITED.match(key):
                refusal = box.limits.check(params.integer("chat_id"))
                if refusal is not None:
                    return None, refusal
            if key in SLOW_METHODS:
                return await SLOW_METHODS[key][1](box, params), None
            return METHODS[key][1](box, params), None
        except ApiError as error:
            return None, error
        except (KeyError, TypeError, ValueError, AttributeError):
            # A parameter of a shape nobody thought of: the bot must see a refusal, we must see why.
            logger.exception("a call to %s could not be read", name)
            return None, bad_request("can't parse the request")

    def log(self, name: str, params: Params, result: Any, error: ApiError | None) -> None:
        status, response = (200, result) if error is None else (error.code, error.description)
        row = self._box.calls.add(name, params.logged(), status, response, self._concerned(params))
        if unknown := unknown_params(name, params.values):
            row["unknown_params"] = unknown

    async def _strike_or_call(
        self, request: web.BaseRequest, name: str, params: Params
    ) -> web.StreamResponse:
        box = self._box
        if box.limits.settings and box.limits.latency:
            await asyncio.sleep(box.limits.latency)
        fault = box.faults.pick(name, self._concerned(params), params) if box.faults.armed else None
        if fault is None:
            result, error = await self.call(name, params)
            return self._answer(name, params, result, error)
        return await self._struck(request, fault, name, params)

    async def _struck(
        self, request: web.BaseRequest, fault: Fault, name: str, params: Params
    ) -> web.StreamResponse:
        self._box.events.add("fault", faults=self._box.faults.views())
        match fault.kind:
            case "error":
                return self._answer(name, params, None, _made_up(fault))
            case "html":
                return self._html(fault, name, params)
            case "reset" | "outage":
                return self._cut(request, name, params, "connection reset before processing")
            case "timeout":
                await asyncio.sleep(fault.seconds if fault.seconds is not None else TIMEOUT_SECONDS)
                return self._cut(request, name, params, "never answered")
            case "slow":
                await asyncio.sleep(fault.seconds if fault.seconds is not None else 1.0)
        result, error = await self.call(name, params)
        response = self._answer(name, params, result, error)
        if fault.kind == "lost_answer":
            return _abort(request, response)
        if fault.kind == "truncated":
            body = bytes(response.body or b"")  # type: ignore[arg-type]
            return web.Response(body=body[: len(body) // 2], content_type="application/json")
        return response

    def _answer(self, name: str, params: Params, result: Any, error: ApiError | None) -> web.Response:
        body: dict[str, Any] = {"ok": True, "result": result}
        if isinstance(result, Described):
            result = result.result
            body = {"ok": True, "result": result, "description": body["result"].description}
        self.log(name, params, result, error)
        if error is not None:
            return _refused(error)
        return web.Response(body=_dump(body).encode(), content_type="application/json")

    async def _execute(self, call: dict[str, Any]) -> None:
        """Carry out the call a bot has put into its answer to a webhook; nobody hears how it went."""
        key = str(call["method"]).lower()
        if key not in METHODS or key.startswith("get") or key in NOT_IN_AN_ANSWER:
            return
        name, params = METHODS[key][0], Params({k: v for k, v in call.items() if k != "method"})
        result, error = await self.call(name, params)
        self.log(name, params, result, error)

    def _html(self, fault: Fault, name: str, params: Params) -> web.Response:
        code, words = fault.code or 502, fault.description or "Bad Gateway"
        self._box.calls.add(name, params.logged(), code, words, self._concerned(params))
        page = f"<html><head><title>{code} {words}</title></head><body><h1>{code} {words}</h1></body></html>"
        return web.Response(text=page, status=code, content_type="text/html")

    def _cut(self, request: web.BaseRequest, name: str, params: Params, words: str) -> web.Response:
        self._box.calls.add(name, params.logged(), 0, words, self._concerned(params))
        return _abort(request, web.Response())

    def _concerned(self, params: Params) -> int | None:
        """Return whose chat the call is about, as far as it says so."""
        if "chat_id" in params:
            return params.integer("chat_id") or None
        query = self._box.callbacks.get(params.text("callback_query_id")) if self._box.callbacks else None
        return query.chat_id if query is not None else None

    def _check_token(self, token: str) -> ApiError | None:
        if ":" not in token or token.startswith("0") or len(token) > 80:
            return ApiError(401, "Unauthorized: invalid token specified")
        return None if token == self._box.token else ApiError(401, "Unauthorized")


def _made_up(fault: Fault) -> ApiError:
    code, words = fault.refusal()
    return ApiError(code, words, {"retry_after": fault.seconds_to_retry()} if code == 429 else None)


def _abort(request: web.BaseRequest, response: web.Response) -> web.Response:
    """Drop the connection; the response returned is never seen by anybody."""
    if request.transport is not None:
        request.transport.abort()
    return response


def _refused(error: ApiError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    headers = {}
    if error.parameters:
        body["parameters"] = error.parameters
        if "retry_after" in error.parameters:
            headers["Retry-After"] = str(error.parameters["retry_after"])
    return web.Response(
        body=_dump(body).encode(), status=error.code, content_type="application/json", headers=headers
    )
