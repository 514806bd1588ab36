from __future__ import annotations

import struct

import pytest

from sandbox.client import SandboxClient, SandboxError
from sandbox.media import dimensions
from tests.sandbox.support import Api, png

JPEG = b"\xff\xd8\xff\xe0\x00\x04ab" + b"\xff\xc2\x00\x0b\x08" + struct.pack(">HH", 480, 640) + b"\x01" * 6
PICTURES = {
    "png": png(640, 480),
    "gif": b"GIF89a" + struct.pack("<HH", 640, 480),
    "bmp": b"BM" + bytes(16) + struct.pack("<ii", 640, -480),
    "webp, lossy": b"RIFF\0\0\0\0WEBPVP8 " + bytes(10) + struct.pack("<HH", 640, 480),
    "webp, lossless": b"RIFF\0\0\0\0WEBPVP8L" + bytes(5) + (639 | 479 << 14).to_bytes(4, "little") + bytes(5),
    "webp, extended": b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\x7f\x02\x00" + b"\xdf\x01\x00",
    "jpeg": JPEG,
}


@pytest.mark.parametrize("kind", list(PICTURES))
def test_the_size_of_a_picture_is_read_from_its_head(kind: str) -> None:
    assert dimensions(PICTURES[kind]) == (640, 480)


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBPnone" + bytes(20), b"%PDF", b"GIF89a", png()[:20]]
)
def test_what_is_no_picture_has_no_size(data: bytes) -> None:
    assert dimensions(data) is None


async def test_a_picture_has_a_thumbnail_with_an_id_of_its_own(api: Api, ali: int) -> None:
    sent = (await api("sendPhoto", {"photo": ("a.jpg", JPEG)}, chat_id=str(ali))).result["photo"]
    assert [(size["width"], size["height"]) for size in sent] == [(90, 67), (640, 480)]
    assert len({size["file_id"] for size in sent}) == len({size["file_unique_id"] for size in sent}) == 2


async def test_an_album_holds_one_kind_only_and_may_be_of_documents(api: Api, ali: int) -> None:
    files = {"one": ("a.pdf", b"1"), "two": ("b.png", png())}
    documents = [{"type": "document", "media": "attach://one"}, {"type": "document", "media": "attach://two"}]
    sent = (await api("sendMediaGroup", files, chat_id=str(ali), media=documents)).result
    assert [message["document"]["file_name"] for message in sent] == ["a.pdf", "b.png"]
    for items, words in (
        (
            [documents[0], {"type": "photo", "media": "attach://two"}],
            "document can't be mixed with other media types",
        ),
        ([{"type": "dance", "media": "attach://one"}], "can't parse InputMedia: type dance is unallowed"),
        ([5], "expected an Array of InputMedia"),
    ):
        answer = await api("sendMediaGroup", files, chat_id=str(ali), media=items)
        assert answer.description == f"Bad Request: {words}"


async def test_a_text_becomes_a_picture_and_a_copy_may_have_words_of_its_own(
    api: Api, client: SandboxClient, ali: int
) -> None:
    text = (await api("sendMessage", chat_id=ali, text="x")).result
    media = {"type": "photo", "media": "attach://new", "caption": "<b>عکس</b>", "parse_mode": "HTML"}
    place = {"chat_id": str(ali), "message_id": str(text["message_id"])}
    edited = (await api("editMessageMedia", {"new": ("a.png", png())}, media=media, **place)).result
    assert "text" not in edited
    assert edited["caption_entities"] == [{"offset": 0, "length": 3, "type": "bold"}]
    copy = {"from_chat_id": ali, "message_id": text["message_id"], "caption": "کپی"}
    assert (await api("copyMessage", chat_id=ali, **copy)).result["message_id"] > text["message_id"]
    last = (await client.chat(ali))[-1]
    assert (last["caption"], last["entities"]) == ("کپی", [])
    assert last["photo"]["file_id"] == edited["photo"][-1]["file_id"]


@pytest.mark.parametrize("method", ["sendPhoto", "sendDocument"])
async def test_an_empty_file_and_a_distant_address_are_refused(api: Api, ali: int, method: str) -> None:
    name = method.removeprefix("send").lower()
    empty = await api(method, {name: ("a.png", b"")}, chat_id=str(ali))
    assert empty.description == "Bad Request: file must be non-empty"
    distant = await api(method, chat_id=ali, **{name: "https://example.com/a.png"})
    assert distant.description == "Bad Request: failed to get HTTP URL content"


async def test_a_person_cannot_send_as_a_picture_what_is_none(client: SandboxClient, ali: int) -> None:
    with pytest.raises(SandboxError, match="no picture"):
        await client.photo(ali, b"%PDF")
    assert await client.chat(ali) == []


async def test_strange_files_are_given_out_as_bytes_only(api: Api, client: SandboxClient, ali: int) -> None:
    """A page that opens what a person has sent must not run it."""
    await client.document(ali, "a.svg", b"<svg onload='alert(1)'/>")
    await client.document(ali, "a.html", b"<script>alert(1)</script>")
    for message in await client.chat(ali):
        async with api.session.get(f"{api.url}/sim/files/{message['document']['file_id']}") as response:
            assert response.content_type == "application/octet-stream"
            assert response.headers["X-Content-Type-Options"] == "nosniff"
