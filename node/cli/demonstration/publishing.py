"""How the texts of the story become things of a community: all of it in one transaction, each text once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from node.actions.import_file import Fate, Run, import_parts
from node.actions.publish import publish
from node.cli.demonstration.story import Community, Correspondence
from node.contracts import Draft, File, Format, House
from node.domain.placing import Placement
from node.errors import Invalid, NotFound
from node.storage.unit_of_work import UnitOfWork

#: Fields whose words are keys of the story, to be turned into addresses.
_POINTING = re.compile(r"(?m)^(territory|isPartOf|exactMatch|entries|subject|object): (.*)$")
_KEY = re.compile(r"[a-z]+/[a-z0-9-]+")
_AUTHOR = re.compile(r"(?m)^author: *(.*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What a community publishes with: the format its texts are in, and what each thing of the story is called so far."""

    house: House
    community: Community
    form: Format
    iris: Mapping[str, str]

    def publish(self, uow: UnitOfWork, texts: Mapping[str, str]) -> dict[str, str]:
        """Publishes the texts that are new or have changed; their IRIs by key. A text may name those before it."""
        known = dict(self.iris)
        for key, text in texts.items():
            known[key] = self._publish(uow, key, text, known)
        return {key: known[key] for key in texts}

    def _publish(self, uow: UnitOfWork, key: str, text: str, known: Mapping[str, str]) -> str:
        author = _AUTHOR.search(text)
        person = author.group(1).strip() if author else next(iter(self.community.people))
        file = File(name=f"{key}.md", content=_pointed(text, known).encode())
        drafts = [_whole(draft, key) for draft in self.form.drafts(file)]
        community = f"{self.house.url}/communautes/{self.community.slug}"
        placement = Placement(author=_person(uow, person, self.community), community=community, audience=None)
        (done,) = import_parts(uow, self.house, drafts, Run(placement=placement, publish=publish))
        if done.fate is Fate.UNREADABLE:
            raise Invalid(f"{done.source}: {done.remark}")
        return done.iri


def text_of(mapping: Correspondence, iris: Mapping[str, str]) -> str:
    """The text of two terms that are joined."""
    return (
        f"---\nkind: Mapping\nsubject: {iris[mapping.subject]}\nrelation: skos:{mapping.relation}\n"
        f"object: {iris[mapping.object]}\nconfidence: {mapping.confidence}\n"
        f"state: https://w3id.org/cdp/etats-de-correspondance/acceptee\nauthor: {mapping.author}\n---\n{mapping.content}\n"
    )


def address_of(person: str, community: Community) -> str:
    """The e-mail address of somebody of the story."""
    return f"{person}@{community.node}.example"


def _pointed(text: str, known: Mapping[str, str]) -> str:
    def named(match: re.Match[str]) -> str:
        return known.get(match.group(0), match.group(0))

    return _POINTING.sub(lambda line: _KEY.sub(named, line.group(0)), text)


def _person(uow: UnitOfWork, person: str, community: Community) -> str:
    row = uow.members.by_email(address_of(person, community))
    if row is None:
        raise NotFound(f"the story knows nobody called {person}")
    return row.iri


def _whole(draft: Draft, key: str) -> Draft:
    """The draft under the key by which it is known again, for everybody unless it says otherwise; its author is known."""
    options = {word: said for word, said in draft.options.items() if word != "author"}
    return replace(draft, options={"audience": "public", **options, "key": key})
