"""getFile: where the bytes of a file are."""

from __future__ import annotations

from sandbox.errors import bad_request
from sandbox.files import LINK_LIMIT
from sandbox.methods.register import method
from sandbox.params import Params
from sandbox.people import Wire
from sandbox.state import Sandbox


@method("getFile")
def get_file(box: Sandbox, params: Params) -> Wire:
    stored = box.files.get(params.text("file_id").strip())
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.data) > LINK_LIMIT:
        raise bad_request("file is too big")
    return {**stored.wire(), "file_path": stored.path}
