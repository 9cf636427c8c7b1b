"""Who may be believed and who may change what.

Same server is not same actor: whoever changes a thing must be the very actor that made it.
Spec: FEP-fe34 §Ownership.
"""

from __future__ import annotations

from federation.addresses import same_origin


def may_change(actor: str, *, iri: str, owner: str) -> bool:
    """Whether an activity by `actor` may change or remove the thing `iri` that `owner` made: the same actor, the same origin.

    An actor may change itself. Moderators get their powers elsewhere, from a list on the object's context.
    """
    is_owner = actor in {iri, owner} if owner else actor == iri
    return is_owner and same_origin(actor, iri)


def may_be_taken_as_said(actor: str, *, iri: str, owner: str) -> bool:
    """Whether a thing embedded in an activity signed by `actor` may be believed without fetching it.

    Only the actor's own things: it is on the actor's origin and attributed to the actor alone.
    """
    return bool(iri) and actor == owner and same_origin(actor, iri)
