"""Mentions: how a thing names an actor so that software that knows no communities takes it there."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from vocab.things.mention import Mention
from vocab.things.object import Object
from vocab.values import Ref, Text

T = TypeVar("T", bound=Object)


def handle_of(username: str, host: str) -> str:
    """`@name@host`, "" for an actor without a name."""
    return f"@{username}@{host}" if username and host else ""


def mentioning(thing: T, actor: str, handle: str) -> T:
    """The thing with a mention of an actor, once; other tags stay. Without a handle nothing can be mentioned."""
    is_there = any(isinstance(ref.thing, Mention) and ref.thing.href == Ref(actor) for ref in thing.tag)
    if is_there or not handle.startswith("@"):
        return thing
    return replace(thing, tag=(*thing.tag, Mention(href=Ref(actor), name=Text.of(handle)).ref))
