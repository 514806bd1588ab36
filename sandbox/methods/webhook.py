"""setWebhook and its relatives."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from sandbox.errors import bad_request, conflict, too_many_requests
from sandbox.methods.register import Described, method, slow_method
from sandbox.params import Params
from sandbox.people import Wire
from sandbox.state import Sandbox
from sandbox.webhooks import Settings

PORTS = (80, 88, 443, 8443)
SECRET_LIMIT = 256
_SECRET = re.compile(r"[A-Za-z0-9_-]*")


@slow_method("setWebhook")
async def set_webhook(box: Sandbox, params: Params) -> Described:
    url = params.text("url").strip()
    if not url:
        return await delete_webhook(box, params)
    kinds = params.json("allowed_updates", "can't parse allowed updates JSON object")
    settings = Settings(
        url=url,
        secret=_secret(params),
        max_connections=min(max(params.integer("max_connections", 40), 1), 100),
        allowed=[str(kind) for kind in kinds] if isinstance(kinds, list) else None,
    )
    _check_url(box, url)
    box.ready = True
    if settings == box.webhooks.settings and not params.flag("drop_pending_updates"):
        return Described(True, "Webhook is already set")
    _check_pace(box)
    box.updates.interrupt(conflict("terminated by setWebhook request"))
    if params.flag("drop_pending_updates"):
        box.updates.waiting.clear()
    if settings.allowed is not None:
        box.updates.allow(settings.allowed)
    await box.webhooks.open(settings)
    return Described(True, "Webhook was set")


@slow_method("deleteWebhook")
async def delete_webhook(box: Sandbox, params: Params) -> Described:
    if params.flag("drop_pending_updates"):
        box.updates.waiting.clear()
    if not box.webhooks.url:
        return Described(True, "Webhook is already deleted")
    await box.webhooks.close()
    return Described(True, "Webhook was deleted")


@method("getWebhookInfo")
def get_webhook_info(box: Sandbox, _: Params) -> Wire:
    webhooks, settings = box.webhooks, box.webhooks.settings
    info: Wire = {
        "url": settings.url,
        "has_custom_certificate": False,
        "pending_update_count": box.updates.pending(),
    }
    if settings.url:
        info["max_connections"] = settings.max_connections
        if settings.allowed:
            info["allowed_updates"] = settings.allowed
        if webhooks.last_error is not None:
            info["last_error_date"], info["last_error_message"] = webhooks.last_error
    return info


def _secret(params: Params) -> str:
    secret = params.text("secret_token")
    if len(secret) > SECRET_LIMIT:
        raise bad_request("secret token is too long")
    if _SECRET.fullmatch(secret) is None:
        raise bad_request("secret token contains unallowed characters")
    return secret


def _check_url(box: Sandbox, url: str) -> None:
    parts = urlsplit(url)
    host, near = parts.hostname or "", _is_loopback(parts.hostname or "")
    if near and box.webhooks_on_loopback:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if near:
        raise bad_request(f"bad webhook: IP address {host} is reserved")
    # There is no world outside of the sandbox, so nothing else can be found.
    raise bad_request("bad webhook: Failed to resolve host: Name or service not known")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _check_pace(box: Sandbox) -> None:
    now = box.clock.seconds()
    if now < box.next_webhook_change:
        raise too_many_requests(1)
    box.next_webhook_change = now + 1
