"""All the ways a client may write a call."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from sandbox.client import SandboxClient
from sandbox.state import TOKEN
from tests.sandbox.support import Api, inline, png

MARKUP = inline([("یک", "1")])


async def test_a_call_may_be_a_query_a_form_or_json(api: Api, client: SandboxClient, ali: int) -> None:
    params: dict[str, Any] = {"chat_id": ali, "text": "سلام & «دنیا» 😀", "reply_markup": json.dumps(MARKUP)}
    query = urlencode(params)
    answers = [
        await api.get(f"{api.base}/sendMessage?{query}"),
        await api.post(f"{api.base}/sendmessage", data=params),
        await api.post(f"{api.base}/SENDMESSAGE?{query}"),
        await api.post(f"{api.base}/sendMessage", json=params),
        await api.post(f"{api.base}/sendMessage", json={**params, "reply_markup": MARKUP}),
        await api("sendMessage", {"unused": ("a", b"b")}, **params),
    ]
    assert [answer.result["text"] for answer in answers] == [params["text"]] * len(answers)
    assert all(answer.result["reply_markup"] == MARKUP for answer in answers)
    assert {row["method"] for row in await client.calls()} == {"sendMessage"}


async def test_the_token_may_be_written_with_percent_signs(api: Api) -> None:
    answer = await api.get(f"{api.url}/bot{quote(TOKEN, safe='')}/getMe")
    assert answer.result["id"] == 42


@pytest.mark.parametrize("body", [b"{", b"[1]", b'"x"'])
async def test_a_body_that_is_no_object_is_refused(api: Api, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await api.post(f"{api.base}/sendMessage", data=body, headers=headers)
    assert (answer.status, answer.body["ok"]) == (400, False)


async def test_letters_that_are_no_utf8_are_refused(api: Api) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await api.post(f"{api.base}/sendMessage", data=b"text=\xff\xfe", headers=headers)
    assert answer.description == "Bad Request: strings must be encoded in UTF-8"


def part(name: str, value: bytes, file_name: str | None, *, terse: bool) -> bytes:
    """Write a part with the usual headers, or with lower-case ones and no blank after the semicolon."""
    header, gap = ("content-disposition", "") if terse else ("Content-Disposition", " ")
    line = f'{header}:{gap}form-data;{gap}name="{name}"'
    if file_name is not None:
        line += f';{gap}filename="{file_name}"\r\n{header.replace("disposition", "type")}: application/pdf'
    return b"--XX\r\n" + line.encode() + b"\r\n\r\n" + value + b"\r\n"


@pytest.mark.parametrize("terse", [False, True])
@pytest.mark.parametrize("attached", [False, True])
@pytest.mark.parametrize("chunked", [False, True])
async def test_a_file_comes_under_its_own_name_or_attached(
    api: Api, client: SandboxClient, ali: int, terse: bool, attached: bool, chunked: bool
) -> None:
    data = bytes(range(256)) * 10 + b"\r\n--X"
    parts = [part("chat_id", str(ali).encode(), None, terse=terse)]
    if attached:
        parts.append(part("document", b"attach://f1", None, terse=terse))
    parts.append(part("f1" if attached else "document", data, "قیمت‌ها.pdf", terse=terse))
    parts.append(b"--XX--\r\n")

    async def stream() -> AsyncIterator[bytes]:
        for one in parts:
            yield one

    body = stream() if chunked else b"".join(parts)
    headers = {"Content-Type": "multipart/form-data; boundary=XX"}
    sent = (await api.post(f"{api.base}/sendDocument", data=body, headers=headers)).result
    assert sent["document"]["file_name"] == "قیمت‌ها.pdf"
    assert await client.file(sent["document"]["file_id"]) == data
    path = (await api("getFile", file_id=sent["document"]["file_id"])).result["file_path"]
    async with api.session.get(api.base.replace("/bot", "/file/bot") + f"/{path}") as response:
        assert await response.read() == data
    assert path.endswith(".pdf")


async def test_a_file_is_sent_again_by_its_id_but_not_as_something_else(api: Api, ali: int) -> None:
    photo = (await api("sendPhoto", {"photo": ("a.png", png())}, chat_id=str(ali))).result["photo"]
    again = (await api("sendPhoto", chat_id=ali, photo=photo[0]["file_id"])).result["photo"]
    assert again == photo
    wrong = await api("sendDocument", chat_id=ali, document=photo[0]["file_id"])
    assert wrong.description == "Bad Request: can't use file of type Photo as Document"


async def test_many_people_are_served_at_once(api: Api, client: SandboxClient, ali: int) -> None:
    answers = await asyncio.gather(*(api("sendMessage", chat_id=ali, text=str(n)) for n in range(200)))
    ids = [answer.result["message_id"] for answer in answers]
    assert len(set(ids)) == 200
    assert len(await client.chat(ali)) == 200
    assert [message["message_id"] for message in await client.chat(ali, after=max(ids) - 3)] == sorted(ids)[
        -3:
    ]


TOKENS = [
    ("nonsense/getMe", 401, "Unauthorized: invalid token specified"),
    ("0:abc/getMe", 401, "Unauthorized: invalid token specified"),
    (f"42:{'x' * 80}/getMe", 401, "Unauthorized: invalid token specified"),
    ("42:another/getMe", 401, "Unauthorized"),
]


@pytest.mark.parametrize(("path", "status", "words"), TOKENS)
async def test_a_wrong_token_is_refused(api: Api, path: str, status: int, words: str) -> None:
    answer = await api.get(f"{api.url}/bot{path}")
    assert (answer.status, answer.description) == (status, words)


async def test_a_wrong_address_is_refused(api: Api) -> None:
    for address, words in (
        (f"{api.base}/noSuchMethod", "Not Found: method not found"),
        (f"{api.base}/", "Not Found"),
        (f"{api.base}/getMe/more", "Not Found"),
        (f"{api.url}/elsewhere", "Not Found"),
        (api.base.replace("/bot", "/file/bot") + "/no/such/file", "Not Found"),
    ):
        answer = await api.get(address)
        assert (answer.status, answer.description) == (404, words)
