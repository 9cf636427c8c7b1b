"""Who is addressed: public or not, the recipients, the inboxes to send to; and hidden recipients kept hidden.

Spec: ActivityPub §5.6.
Spec: ActivityPub §6.
Spec: ActivityPub §7.1.3.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import TypeVar

from federation.addresses import same_origin
from vocab.addressed import Addressed
from vocab.namespaces import PUBLIC_FORMS
from vocab.thing import Thing
from vocab.values import Ref

T = TypeVar("T", bound=Thing)


def is_everybody(iri: str) -> bool:
    """Whether an address means everybody, in any of its three spellings."""
    return iri in PUBLIC_FORMS


def is_public(thing: Thing) -> bool:
    """Whether a thing is addressed to everybody, in `to` or `cc`; what carries no addresses is not."""
    return isinstance(thing, Addressed) and any(is_everybody(ref.iri) for ref in (*thing.to, *thing.cc))


def recipients(thing: Thing, *, but: Iterable[str] = ()) -> tuple[str, ...]:
    """Everybody whom a thing names, each once, in order, hidden ones too; without the public and without those of `but`."""
    if not isinstance(thing, Addressed):
        return ()
    left_out = {*but, ""}
    named = (*thing.to, *thing.cc, *thing.bto, *thing.bcc, *thing.audience)
    return tuple(dict.fromkeys(ref.iri for ref in named if ref.iri not in left_out and not is_everybody(ref.iri)))


def without_hidden(thing: T) -> T:
    """The thing as it may leave: no bto, no bcc, neither in it nor in anything embedded."""
    changed = {
        field.name: () if field.name in {"bto", "bcc"} else _shown(getattr(thing, field.name))
        for field in fields(thing)
        if field.name in {"bto", "bcc"} or _has_embedded(getattr(thing, field.name))
    }
    # The fields are those of the thing itself, with values of the same kind.
    return replace(thing, **changed) if changed else thing  # type: ignore[arg-type]


def shared(inboxes: Iterable[tuple[str, str | None]]) -> list[str]:
    """The distinct inboxes to send something public to, given (inbox, shared inbox) of each recipient, in order.

    A shared inbox is used when it is on the origin of the inbox it stands for. What is not public goes to each own inbox instead.
    """
    chosen = (common if common and same_origin(inbox, common) else inbox for inbox, common in inboxes)
    return list(dict.fromkeys(inbox for inbox in chosen if inbox))


def own(inboxes: Iterable[tuple[str, str | None]]) -> list[str]:
    """The distinct inboxes to send something to named people: each one's own, never a shared one."""
    return list(dict.fromkeys(inbox for inbox, _ in inboxes if inbox))


def _has_embedded(value: object) -> bool:
    values = value if isinstance(value, tuple) else (value,)
    return any(isinstance(one, Ref) and one.thing is not None for one in values)


def _shown(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_shown(one) for one in value)
    if isinstance(value, Ref) and value.thing is not None:
        return Ref(iri=value.iri, thing=without_hidden(value.thing))
    return value
