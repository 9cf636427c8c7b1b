"""Where a draft goes: by whom, into which community, for whom, in the place of what."""

from __future__ import annotations

from dataclasses import dataclass

from node.domain.entries import Audience, Entry
from node.domain.publishing import default_audience
from node.domain.visibility import PUBLIC_SCOPE, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a draft goes. `author` and `community` are IRIs ("" for no community).

    Without `audience` it is what the draft says, else the default of the community. `readers` are the chosen communities;
    `replaces` the IRI of the thing of which this is a new version. `far` is the handle of a community of another server, "" for
    one of ours: what goes there is for everybody. `comment` is what its author says about the change.
    """

    author: str
    community: str = ""
    audience: Audience | None = None
    readers: frozenset[str] = frozenset()
    replaces: str = ""
    far: str = ""
    comment: str = ""

    @property
    def reach(self) -> Audience:
        """The audience, once it is decided."""
        return self.audience or (Audience.PUBLIC if self.far else default_audience(self.community))

    @property
    def scope(self) -> Scope:
        """What is looked through when the draft names a term or a place."""
        return Scope(actor=self.author, communities=frozenset({self.community} - {""}))

    @property
    def shown(self) -> Scope:
        """What those who will read it may see: it tells the names of nothing else."""
        match self.reach:
            case Audience.PUBLIC:
                return PUBLIC_SCOPE
            case Audience.COMMUNITY:
                return Scope(communities=frozenset({self.community}))
            case Audience.CHOSEN:
                return Scope(communities=self.readers)
            case Audience.SELF:
                return self.scope


def as_before(entry: Entry, by: str, comment: str = "") -> Placement:
    """Where a new version of a thing goes when nothing changes but what it says."""
    return Placement(
        author=by,
        community=entry.community,
        audience=entry.audience,
        readers=entry.readers if entry.audience is Audience.CHOSEN else frozenset(),
        replaces=entry.iri,
        comment=comment,
    )
