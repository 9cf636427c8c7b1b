"""Takes what somebody shares: looks at the link, keeps the files, and publishes; or shows first what it will look like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from federation.messages import Received
from node.actions.announce import announce
from node.actions.integrate import share_also
from node.actions.keep_draft import keep_draft
from node.actions.keep_media import keep_media
from node.actions.look_at_link import look_at_link, picture_of
from node.actions.publish import publish
from node.actions.reply import reply
from node.actions.share import Wish, remember, share
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.entries import Audience, Entry
from node.domain.glimpses import Glimpse
from node.domain.publishing import may_publish
from node.domain.sharing import LIMITS, Shared, topics_in
from node.domain.tracking import link_in
from node.errors import Invalid, NodeError, NotAllowed, NotFound
from node.storage.pointing import first_sharing
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.forms import MOST_DIGITS, back, fields_of
from node.web.given_files import KEPT, attached, keep_files
from node.web.guesses import guessed, told
from node.web.sharing import REACHES
from node.web.translations import Tongue, language_of

PATH = "/partager"


@dataclass(slots=True, kw_only=True)
class _Form:
    """The form as it was sent, and what was found out about it since."""

    fields: dict[str, str]
    communities: frozenset[str] = frozenset()
    page: Glimpse | None = None
    files: list[str] = field(default_factory=list)


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Publishes and leads to what was published; « voir » leads back to the form, filled in. Raises Invalid by field."""
    if not visit.form_token:
        raise NotAllowed
    tongue, given = Tongue(language_of(visit.language)), fields_of(received)
    form = _Form(
        fields={name: values[-1] for name, values in given.items()}, communities=frozenset(given.get("choisie", ()))
    )  # fmt: skip
    _must_fit(form.fields, tongue)
    await tools.database.read(lambda uow: _must_be_open(uow, visit, form, tongue))
    form.files = await keep_files(tools, received, visit, form.fields)
    await _look(tools, visit, form, tongue)
    form.fields |= {KEPT: " ".join(form.files), "choisies": " ".join(sorted(form.communities))}
    if form.fields.get("geste") == "voir":
        number = await tools.database.write(lambda uow: _draft(uow, visit, form))
        return back(visit, f"{PATH}?brouillon={number}", "vu")
    try:
        entry = await tools.database.write(lambda uow: _published(uow, visit, form, tongue))
    except (NotAllowed, NotFound, Invalid) as refused:
        raise _again(refused, tongue) from refused
    if form.fields.get("deja") == "aussi" and form.page is not None:
        return back(visit, Addresses(visit).thing(entry.iri), "aussi")
    return back(visit, f"{PATH}/fait?iri={entry.iri}", "partage")


def _must_fit(fields: Mapping[str, str], tongue: Tongue) -> None:
    long = {
        name: tongue.say("C’est trop long\u00a0: raccourcissez.")
        for name, most in LIMITS.items()
        if len(fields.get(name, "")) > most
    }
    if long:
        raise Invalid("This is too long.", problems=long)


def _must_be_open(uow: UnitOfWork, visit: Visit, form: _Form, tongue: Tongue) -> None:
    """Says at once, before anything is fetched or kept, that somebody may not publish there."""
    community = form.fields.get("communaute", "")
    roles = uow.members.roles(visit.reader.actor, community, visit.house.now) if community else ()
    reach = _reach(form.fields)
    permission = may_publish(roles, reach, community=community, readers=form.communities)
    if not permission.is_given:
        field = "choisie" if reach is Audience.CHOSEN and not form.communities else "qui"
        raise Invalid("Not there.", problems={field: permission.reason.in_language(tongue.language)})


def _reach(fields: Mapping[str, str]) -> Audience:
    return REACHES.get(fields.get("qui", ""), Audience.COMMUNITY if fields.get("communaute") else Audience.SELF)


async def _look(tools: Tools, visit: Visit, form: _Form, tongue: Tongue) -> None:
    """Fills in what the page says of itself, where the form has not seen it yet."""
    fields = form.fields
    link = fields.get("lien", "").strip()
    if not link and not _is_meeting(fields):
        link, fields["texte"] = link_in(fields.get("texte", ""))
    if not link:
        return
    if "://" not in link and "." in link and " " not in link:
        link = f"https://{link}"
    if fields.get("lu") == link:
        form.page = guessed(link, fields)
        return
    try:
        page = await look_at_link(tools.outside, visit.house, link)
    except Invalid as fault:
        raise Invalid(str(fault), problems={"lien": tongue.say("Un lien commence par https://.")}) from fault
    form.page = page
    fields |= {name: words for name, words in told(page).items() if name in {"lien", "lu", "repond"} or not fields.get(name)}
    picture = await picture_of(tools.outside, visit.house, page)
    if picture is not None and not form.files:
        keep = replace(picture, name=f"{page.site or 'image'}.{picture.extension}")
        row = await tools.database.write(lambda uow: keep_media(uow, visit.house, visit.reader.actor, keep))
        form.files.append(row.digest)


def _draft(uow: UnitOfWork, visit: Visit, form: _Form) -> int:
    return keep_draft(uow, visit.house, visit.reader.actor, form.fields, number=_number(form.fields))


def _is_meeting(fields: Mapping[str, str]) -> bool:
    return bool(fields.get("date", "").strip())


def _published(uow: UnitOfWork, visit: Visit, form: _Form, tongue: Tongue) -> Entry:
    """A meeting where the form names a day, else what else it holds."""
    if not _is_meeting(form.fields):
        return _share(uow, visit, form, tongue)
    reach, person = _reach(form.fields), visit.reader.actor
    ready = announce(uow, visit.house, person, form.fields, tongue.language)
    placed = replace(ready.placement, audience=reach, readers=form.communities if reach is Audience.CHOSEN else frozenset())
    entry = publish(uow, visit.house, ready.draft, placed)
    remember(uow, visit.house, entry.iri, Wish(author=person, draft=_number(form.fields), fields=form.fields))
    return entry


def _share(uow: UnitOfWork, visit: Visit, form: _Form, tongue: Tongue) -> Entry:
    fields = form.fields
    audience, page = _reach(fields), form.page
    shared = Shared(
        text=fields.get("texte", "").replace("\r\n", "\n"),
        title=fields.get("titre", ""),
        summary=fields.get("resume", ""),
        language=fields.get("langue", ""),
        license=fields.get("licence", ""),
        is_question=fields.get("question") == "oui",
        page=replace(page, title=fields.get("titre", "") or page.title) if page else None,
        files=attached(uow, visit, form.files, fields),
    )
    if (first := _shared_before(uow, visit, form, tongue)) is not None:
        return first
    if shared.is_empty:
        words = tongue.say("Collez un lien, écrivez quelques mots ou choisissez un fichier.")
        raise Invalid("There is nothing to share.", problems={"texte": words})
    wish = Wish(
        author=visit.reader.actor,
        community=fields.get("communaute", "") if audience is not Audience.SELF else "",
        audience=audience,
        readers=form.communities if audience is Audience.CHOSEN else frozenset(),
        topics=topics_in(fields.get("sujets", "")),
        language=language_of(visit.language),
        draft=_number(fields),
        fields=fields,
    )
    return share(uow, visit.house, shared, wish, publish)


def _shared_before(uow: UnitOfWork, visit: Visit, form: _Form, tongue: Tongue) -> Entry | None:
    """What everybody may read here of the same page already, shared once more instead of a second time; asks when nobody said so.

    The words that came along are said below it: nothing that somebody typed is lost.
    """
    fields, page, house, person = form.fields, form.page, visit.house, visit.reader.actor
    is_asked = page is not None and _reach(fields) is Audience.PUBLIC and fields.get("deja", "") != "nouveau"
    first = first_sharing(uow, page.address) if page is not None and is_asked else None
    if first is None:
        return None
    if fields.get("deja", "") != "aussi":
        raise Invalid(
            "It is shared here already.", problems={"deja": tongue.say("Cette page est déjà partagée ici\u00a0: choisissez.")}
        )
    share_also(uow, house, first.entry.iri, fields.get("communaute", ""), person)
    if words := fields.get("texte", "").strip():
        reply(uow, house, first.entry.iri, person, words)
    if (draft := _number(fields)) is not None:
        uow.drafts.forget(draft, person)
    return first.entry


def _number(fields: Mapping[str, str]) -> int | None:
    said = fields.get("brouillon", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= MOST_DIGITS else None


def _again(refused: NodeError, tongue: Tongue) -> NodeError:
    """The same refusal, tied to the choice of who sees it when it says nothing of a field."""
    if refused.problems:
        return refused
    if isinstance(refused, Invalid):
        return Invalid(str(refused), problems={"": tongue.say("Cela ne peut pas se publier ainsi. Rien n’est perdu.")})
    return Invalid(str(refused), problems={"qui": tongue.say("Vous ne pouvez pas publier là. Choisissez une autre visibilité.")})


ENDPOINT = Endpoint(path=PATH, receive=receive, takes_files=True)
