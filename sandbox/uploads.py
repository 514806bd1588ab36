"""Files a person sends, and what the messenger makes of them."""

from __future__ import annotations

from aiohttp import BodyPartReader, web

from sandbox.entities import find_entities
from sandbox.errors import ControlError
from sandbox.media import new_document, photo_sizes
from sandbox.params import Upload
from sandbox.people import Wire
from sandbox.state import Sandbox

TYPES = {"photo": "image/jpeg", "document": "application/octet-stream", "voice": "audio/ogg"}


async def read(box: Sandbox, request: web.BaseRequest, kind: str) -> tuple[int, Wire]:
    """Return who sends and the content of the message: the file and its caption."""
    if request.content_type != "multipart/form-data":
        raise ControlError("files are sent as multipart/form-data")
    fields: dict[str, str] = {}
    upload: Upload | None = None
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read())
        if part.name == "file":
            upload = Upload(part.filename or kind, part.headers.get("Content-Type", TYPES[kind]), data)
        else:
            fields[part.name] = data.decode()
    if upload is None or "user_id" not in fields:
        raise ControlError("user_id and file are needed")
    return int(fields["user_id"]), {**content(box, kind, upload), **_caption(fields.get("caption", ""))}


def content(box: Sandbox, kind: str, upload: Upload) -> Wire:
    if kind == "photo":
        sizes = photo_sizes(box, upload)
        if sizes is None:
            raise ControlError("this is no picture")
        return {"photo": sizes}
    if kind == "voice":
        stored = box.files.add("voice", upload.name, upload.mime_type, upload.data)
        return {"voice": {**stored.wire(), "duration": 1, "mime_type": upload.mime_type}}
    return {"document": new_document(box, upload)}


def _caption(caption: str) -> Wire:
    if not caption:
        return {}
    entities = find_entities(caption, [])
    return {"caption": caption, **({"caption_entities": entities} if entities else {})}
