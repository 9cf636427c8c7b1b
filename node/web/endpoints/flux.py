"""What of this node's own became public, changed or ended, the oldest first: for harvesters, apart from every outbox.

Spec: LDES §3. Spec: IIIF Change Discovery §2.
"""

from __future__ import annotations

from node.contracts import Endpoint, Reply, Visit
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.negotiation import JSON, LINKED_DATA
from node.web.streams import IIIF, OFTEN, Stream

#: The number of no page has as many digits.
LONGEST = 16


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """The stream, or one of its pages; raises NotFound for a page that was not begun."""
    house, is_for_iiif = visit.house, visit.face == JSON
    stream = Stream(
        address=f"{house.url}/flux",
        title=f"Changements : {house.name}" if house.language == "fr" else f"Changes: {house.name}",
        language=house.language,
        is_for_iiif=is_for_iiif,
    )
    media_type = f'{LINKED_DATA};profile="{IIIF}"' if is_for_iiif else LINKED_DATA
    number = visit.path["page"].removeprefix("/")
    if not number:
        return Reply(body=stream.root(uow), media_type=media_type)
    part = stream.part(uow, int(number)) if len(number) < LONGEST else None
    if part is None:
        raise NotFound
    body, is_full = part
    # never for longer: what is deleted has to leave the copies of others, too
    kept = (("Cache-Control", f"public, max-age={OFTEN}, immutable"),) if is_full else ()
    return Reply(body=body, media_type=media_type, headers=kept)


ENDPOINT = Endpoint(path="/flux{page:|/[1-9][0-9]*}", answer=answer, is_open=True, may_close=True, faces=(LINKED_DATA, JSON))
