"""Publishes a thing of a member in a community, or a new version of it: stored, held, and on its way in one transaction."""

from __future__ import annotations

from dataclasses import replace

from node.contracts import Draft, House
from node.domain.completing import Setting, completed, concept
from node.domain.entries import Audience, Entry
from node.domain.hashtags import tagged
from node.domain.mentions import mentioning
from node.domain.notebooks import items_of, with_outline
from node.domain.occasions import planned
from node.domain.placing import Placement
from node.domain.promises import fitting, mode_of
from node.domain.publishing import is_publishable, is_wider, may_publish
from node.domain.receiving import entry_of, joins_repertoire
from node.domain.repertoire import Mode
from node.domain.rights import ANIMATION, Deed, may
from node.domain.sentences import paired
from node.domain.spaces import address
from node.domain.versions import Saved
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.far import far_handle, must_be_welcome
from node.storage.gathering import is_restricted, is_taken_out
from node.storage.glossary import find_place, find_term, find_term_anywhere, label_of
from node.storage.keeping import keep_thing
from node.storage.mentioning import naming_people
from node.storage.restraining import must_be_free
from node.storage.sending import fresh_name
from node.storage.spreading import spread
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.check import problems
from vocab.namespaces import CONCEPTS
from vocab.things.concept import Concept
from vocab.things.event import Event
from vocab.things.mapping import Mapping
from vocab.things.notebook import Notebook
from vocab.things.object import Object
from vocab.things.place import Place
from vocab.values import Ref, Text

#: What nobody promises anything about.
_PLAIN = (Concept, Mapping, Place)
PROPOSED = f"{CONCEPTS}etats-de-correspondance/proposee"


def publish(uow: UnitOfWork, house: House, draft: Draft, placement: Placement) -> Entry:
    """Publishes a draft and gives its entry; raises NotAllowed, NotFound, or Invalid with what is wrong and where.

    Topics given by name are found in the community's glossary or become new terms of it.
    """
    if not is_publishable(draft.thing):
        raise Invalid(f"{draft.source}: what is published is what somebody says; this is a {draft.thing.TYPE}")
    said = draft.options.get("audience", "")
    placed = placement if placement.audience or not said else replace(placement, audience=Audience(said))
    placed = replace(placed, far=far_handle(uow, placed.community))
    known = _replaced(uow, house, placed)
    _must_be_allowed(uow, house, draft, placed, known)
    if placed.reach is not Audience.SELF:
        must_be_free(uow, house, placed.author, placed.community)
    return _put(uow, house, draft, placed, known)


def _put(uow: UnitOfWork, house: House, draft: Draft, placed: Placement, known: StoredThing | None) -> Entry:
    before = known.entry if known is not None else None
    setting = Setting(
        author=before.author if before else placed.author,
        community=placed.community,
        audience=placed.reach,
        at=house.now,
        language=house.language,
        readers=placed.readers,
        first_published_at=(before.published_at or house.now) if before else None,
        far=placed.far,
    )
    topics = tuple(_term(uow, house, label, placed) for label in draft.topics)
    thing = _promised(uow, _continued(_pointed(uow, house, draft, placed), known), placed)
    iri = before.iri if before else address(house.url, thing, fresh_name(house))
    whole = _tagged(uow, completed(_shaped(uow, house, draft, thing, iri, placed), iri, topics, setting), placed)
    whole = mentioning(whole, placed.community, placed.far)
    whole = naming_people(uow, house, whole)
    wrong = problems(whole)
    if wrong:
        raise Invalid(f"{draft.source}: {'; '.join(str(problem) for problem in wrong)}")
    entry = entry_of(whole, audience=setting.audience, author=setting.author, at=house.now, readers=placed.readers, is_local=True)
    keep_thing(uow, entry, whole, jsonld.dump(whole), Saved(by=placed.author, comment=placed.comment))
    if not placed.far:
        _hold(uow, house, entry)
    spread(uow, house, entry, whole, before=before)
    return entry


def _hold(uow: UnitOfWork, house: House, entry: Entry) -> None:
    if not joins_repertoire(entry):
        uow.holdings.remove(entry.community, entry.iri)
    elif not is_taken_out(uow, entry.community, entry):  # what a coordinator took out does not come back by being edited
        uow.holdings.add(entry.community, entry.iri, Mode.OWN.value, entry.published_at or house.now)


def _replaced(uow: UnitOfWork, house: House, placed: Placement) -> StoredThing | None:
    if not placed.replaces:
        return None
    known = uow.things.get_any(placed.replaces)
    if known is None or not house.is_local(placed.replaces) or not known.entry.is_local:
        raise NotFound("There is no such thing of ours.")
    if known.entry.deleted_at is not None:
        raise Conflict("It was deleted; publish it as a new one.")
    return known


def _must_be_allowed(uow: UnitOfWork, house: House, draft: Draft, placed: Placement, known: StoredThing | None) -> None:
    author = uow.actors.get(placed.author)
    if author is None or not author.is_local or author.state != "active":
        raise NotFound("The author has no account here.")
    if placed.far:
        must_be_welcome(uow, placed, known)
        return
    community = uow.actors.get(placed.community) if placed.community else None
    if placed.community and (community is None or community.type != "Group"):
        raise NotFound("There is no such community here.")
    roles = _roles(uow, house, placed)
    permission = may_publish(roles, placed.reach, community=placed.community, readers=placed.readers)
    if not permission.is_given:
        raise NotAllowed(permission.reason.in_language(house.language))
    if placed.reach is not Audience.SELF and ANIMATION not in roles and is_restricted(uow, placed.community):
        raise NotAllowed("Only those who coordinate this community publish in it.")
    if known is not None and known.entry.author != placed.author and not may(roles, Deed.EDIT_ANY):
        raise NotAllowed("Only its author, or whoever looks after the repertoire, may change it.")
    if isinstance(draft.thing, Mapping) and not _is_proposal(draft.thing) and not may(roles, Deed.ACCEPT_MAPPING):
        raise NotAllowed("Only whoever looks after the glossary may say that a mapping is accepted or contested.")


def _roles(uow: UnitOfWork, house: House, placed: Placement) -> frozenset[str]:
    """The roles of the author in the community; the organisation itself looks after all of its communities."""
    if placed.author in {house.organisation, placed.community}:
        return frozenset({ANIMATION})
    rows = uow.members.of(placed.community, house.now) if placed.community else []
    return frozenset(row.role for row in rows if row.person == placed.author)


def _is_proposal(mapping: Mapping) -> bool:
    return mapping.mapping_state is None or mapping.mapping_state.iri == PROPOSED


def _pointed(uow: UnitOfWork, house: House, draft: Draft, placed: Placement) -> Object:
    """The draft's thing, with the terms and places that it only names."""
    thing, options = draft.thing, draft.options
    if not isinstance(thing, Object):
        raise Invalid(f"{draft.source}: a {thing.type or 'thing without type'} cannot be published.")
    if options.get("territory"):
        places = (Ref(_place(uow, house, name.strip(), placed)) for name in options["territory"].split(";"))
        thing = replace(thing, territory=tuple(dict.fromkeys([*thing.territory, *places])))
    if not isinstance(thing, Mapping):
        return thing
    if thing.subject is None and options.get("subject"):
        thing = replace(thing, subject=Ref(_known_term(uow, options["subject"], draft.source, placed)))
    if not thing.object and options.get("object"):
        thing = replace(thing, object=(Ref(_known_term(uow, options["object"], draft.source, placed)),))
    if thing.name is None and thing.subject is not None and thing.object:
        subject, object_ = (label_of(uow, iri, placed.shown) for iri in (thing.subject.iri, thing.object[0].iri))
        thing = replace(thing, name=paired(subject, object_, house.language))
    return replace(thing, mapping_state=thing.mapping_state or Ref(PROPOSED))


def _continued(thing: Object, known: StoredThing | None) -> Object:
    """A new version stands where the one before stood in its conversation."""
    before = known.thing if known is not None else None
    if not isinstance(before, Object) or thing.in_reply_to:
        return thing
    return replace(thing, in_reply_to=before.in_reply_to, context_=before.context_)


def _promised(uow: UnitOfWork, thing: Object, placed: Placement) -> Object:
    """With what people promise one another about it: what is said of it, else what the rules of its community say."""
    rules = uow.rules.current(placed.community) if placed.community else None
    usual, is_open, is_ours = rules.mode if rules else "", placed.reach is Audience.PUBLIC, placed.reach is Audience.COMMUNITY
    mode = fitting(mode_of(thing), usual, is_open=is_open, is_ours=is_ours)
    if mode == mode_of(thing) or isinstance(thing, _PLAIN):
        return thing
    return replace(thing, confidentiality=Ref(mode) if mode else None)


def _shaped(uow: UnitOfWork, house: House, draft: Draft, thing: Object, iri: str, placed: Placement) -> Object:
    if isinstance(thing, Event):
        organizers = (placed.author, *([placed.community] if placed.community else []))
        return planned(thing, iri, organizers, draft.options, house.url)
    if not isinstance(thing, Notebook):
        return thing
    found = {item: uow.things.get(item, placed.shown) for item in items_of(thing)}
    return with_outline(thing, iri, {item: stored.entry.name for item, stored in found.items() if stored and stored.entry.name})


def _tagged(uow: UnitOfWork, thing: Object, placed: Placement) -> Object:
    found = {ref.iri: uow.things.get(ref.iri, placed.shown) for ref in thing.topic}
    return tagged(thing, {iri: stored.entry.name for iri, stored in found.items() if stored and not stored.entry.deleted_at})


def _term(uow: UnitOfWork, house: House, label: str, placed: Placement) -> str:
    if placed.far:  # its glossary is elsewhere: nothing is added to it from here
        return _known_term(uow, label, label, placed)
    found = find_term(uow, label, placed.community, placed.scope)
    return _named(uow, house, found, Draft(thing=concept(label.strip(), house.language), source=label), placed)


def _place(uow: UnitOfWork, house: House, name: str, placed: Placement) -> str:
    found = find_place(uow, name, placed.scope)
    return _named(uow, house, found, Draft(thing=Place(name=Text.of(name, house.language)), source=name), placed)


def _named(uow: UnitOfWork, house: House, found: StoredThing | None, fresh: Draft, placed: Placement) -> str:
    """The IRI of what was found, seen by as many as what names it; else of what is made for it."""
    here = replace(placed, replaces="", comment="")
    alone = replace(here, community="", far="") if placed.far else here
    if found is None:
        return _put(uow, house, fresh, alone, None).iri
    if found.entry.is_local and is_wider(found.entry.audience, placed.reach) and isinstance(found.thing, Object):
        return _put(uow, house, Draft(thing=found.thing, source=fresh.source), alone, found).iri
    return found.entry.iri


def _known_term(uow: UnitOfWork, label: str, source: str, placed: Placement) -> str:
    found = find_term_anywhere(uow, label, placed.community, placed.scope)
    if found is None:
        raise Invalid(f"{source}: no term « {label} » is known here; write its address.")
    return found.entry.iri
