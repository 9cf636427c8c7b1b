"""What the page behind a link says of itself, for the box of somebody who is sharing it."""

from __future__ import annotations

from dataclasses import replace

import orjson

from federation.messages import Received
from node.actions.keep_media import keep_media
from node.actions.look_at_link import look_at_link, picture_of
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import NotAllowed
from node.web.forms import field_of
from node.web.guesses import told

JSON = "application/json"


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """The fields of the card, and its picture, kept as the reader's; raises NotAllowed, Invalid for what is no link."""
    if not visit.form_token:
        raise NotAllowed
    page = await look_at_link(tools.outside, visit.house, field_of(received, "lien"))
    said: dict[str, object] = dict(told(page))
    picture = await picture_of(tools.outside, visit.house, page)
    if picture is not None:
        keep = replace(picture, name=f"{page.site or 'image'}.{picture.extension}")
        row = await tools.database.write(lambda uow: keep_media(uow, visit.house, visit.reader.actor, keep))
        said["image"] = {"joint": row.digest, "adresse": row.path}
    return Reply(body=orjson.dumps(said), media_type=JSON)


ENDPOINT = Endpoint(path="/partager/lien", receive=receive)
