"""Create: somebody elsewhere sends a thing of their own; public, a copy for somebody here, or meant for a community of ours.

The embedded thing is believed only when the one who signed wrote it, on the same server. Anything else is fetched.
Spec: ActivityPub §7.2.
"""

from __future__ import annotations

from federation.messages import Verified
from node.contracts import Handler, House, Outcome, names_one_thing
from node.storage.conversations import seek_around
from node.storage.tellings import ask_for, keep_told, told
from node.storage.unit_of_work import UnitOfWork


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """Keeps the thing, once; an older version or a deleted thing does not come back."""
    tale = told(uow, house, verified)
    if tale is None:
        ask_for(uow, verified)
        return Outcome.DONE
    if not keep_told(uow, house, verified, tale):
        return Outcome.IGNORED
    if not tale.community:
        seek_around(uow, house, tale.entry, tale.thing)
    return Outcome.DONE


# What else speaks against it is found by `receive`, before it changes anything.
HANDLER = Handler(activity="Create", check=names_one_thing, receive=receive)
