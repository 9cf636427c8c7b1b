"""Dislike: somebody elsewhere does not appreciate a public thing of ours, as forums let people say.

Spec: ActivityStreams 2.0 §Dislike.
"""

from __future__ import annotations

from federation.messages import Verified
from node.contracts import Handler, House, Outcome, names_one_thing
from node.storage.reacting import react, take_back_reaction
from node.storage.unit_of_work import UnitOfWork


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """Counts only for what everybody may see; anything else is as if it were not there."""
    return Outcome.DONE if react(uow, house, verified, "Dislike") else Outcome.IGNORED


def undo(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """It is taken back."""
    return Outcome.DONE if take_back_reaction(uow, house, verified, "Dislike") else Outcome.IGNORED


HANDLER = Handler(activity="Dislike", check=names_one_thing, receive=receive, undo=undo)
