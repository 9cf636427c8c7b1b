"""The shelves of what people of this house keep here, beside those of what goes between houses (unit_of_work.py)."""

from __future__ import annotations

from functools import cached_property

from node.storage.ground import Ground
from node.storage.shelves.agreements import Agreements
from node.storage.shelves.bringings import Bringings
from node.storage.shelves.discussions import Discussions
from node.storage.shelves.drafts import Drafts
from node.storage.shelves.incidents import Incidents
from node.storage.shelves.letterbox import Letterbox
from node.storage.shelves.media import Media
from node.storage.shelves.previews import Previews
from node.storage.shelves.restraints import Restraints
from node.storage.shelves.rules import Rules
from node.storage.shelves.unfinished import Unfinished
from node.storage.shelves.versions import Versions


class Cupboard:
    """A part of every unit of work. New shelves of the house go here."""

    ground: Ground

    @cached_property
    def discussions(self) -> Discussions:
        """Exchanges, and what they are about."""
        return Discussions(self.ground)

    @cached_property
    def rules(self) -> Rules:
        """Rules of communities, and who agreed to them."""
        return Rules(self.ground)

    @cached_property
    def restraints(self) -> Restraints:
        """What communities ask of some of their people for a while, and appeals."""
        return Restraints(self.ground)

    @cached_property
    def incidents(self) -> Incidents:
        """What the law on personal information asks to be written down."""
        return Incidents(self.ground)

    @cached_property
    def previews(self) -> Previews:
        """What was looked up for somebody who has not decided yet."""
        return Previews(self.ground)

    @cached_property
    def agreements(self) -> Agreements:
        """What people agreed on with other servers."""
        return Agreements(self.ground)

    @cached_property
    def media(self) -> Media:
        """Files that people gave."""
        return Media(self.ground)

    @cached_property
    def letterbox(self) -> Letterbox:
        """Letters that people send to be shared."""
        return Letterbox(self.ground)

    @cached_property
    def drafts(self) -> Drafts:
        """What people began to write."""
        return Drafts(self.ground)

    @cached_property
    def bringings(self) -> Bringings:
        """What people bring along from before."""
        return Bringings(self.ground)

    @cached_property
    def unfinished(self) -> Unfinished:
        """What was shared quickly and waits to be completed."""
        return Unfinished(self.ground)

    @cached_property
    def versions(self) -> Versions:
        """What things said before."""
        return Versions(self.ground)
