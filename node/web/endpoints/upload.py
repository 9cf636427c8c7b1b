"""A file given while somebody writes: kept as theirs, and answered with the words that show it in their text."""

from __future__ import annotations

import asyncio

import orjson

from federation.messages import Received
from node.actions.keep_media import keep_media, prepared
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.uploads import Given, shown_as
from node.errors import Invalid, NotAllowed
from node.web.forms import field_of, files_of

JSON = "application/json"


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Keeps the file and tells its address; what is wrong with it is told in words. Raises NotAllowed."""
    if not visit.form_token:
        raise NotAllowed
    given = next(iter(files_of(received, "fichier")), Given(name="", content=b""))
    try:
        file = await asyncio.to_thread(prepared, given, visit.language)
        words, person = field_of(received, "description"), visit.reader.actor
        row = await tools.database.write(lambda uow: keep_media(uow, visit.house, person, file, words, visit.language))
    except Invalid as refused:
        said = next(iter(refused.problems.values()), str(refused))
        return Reply(body=orjson.dumps({"probleme": said}), media_type=JSON, status=422)
    address = f"{visit.house.url}{row.path}"
    told = {"adresse": address, "image": row.is_picture, "texte": shown_as(file.name, address, words, is_picture=row.is_picture)}
    return Reply(body=orjson.dumps(told), media_type=JSON, status=201)


ENDPOINT = Endpoint(path="/fichiers", receive=receive, takes_files=True)
