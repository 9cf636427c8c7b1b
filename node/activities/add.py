"""Add: a community that is followed from here puts something into its repertoire, or shows it first.

Spec: ActivityPub §7.8.
"""

from __future__ import annotations

from federation.messages import Verified
from node.contracts import Handler, House, Outcome, names_one_thing
from node.domain.activities import about
from node.domain.errands import FETCH, Errand
from node.storage.featuring import chosen_by
from node.storage.repertoires import followed_repertoire
from node.storage.unit_of_work import UnitOfWork


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """Has the thing fetched; other collections than the sender's own repertoire and list are nobody's concern here.

    Who coordinates a community of ours may add to what that one shows first.
    """
    if not followed_repertoire(uow, house, verified):
        return Outcome.DONE if chosen_by(uow, house, verified, is_added=True) else Outcome.IGNORED
    errand = Errand(
        iri=about(verified.activity).iri,
        community=verified.actor,
        activity=verified.activity.id,
        is_vouched=True,
    )
    uow.tasks.wake(FETCH, errand.subject, payload=errand.payload())
    return Outcome.DONE


HANDLER = Handler(activity="Add", check=names_one_thing, receive=receive)
