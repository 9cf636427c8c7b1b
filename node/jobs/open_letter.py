"""Opens the letters that members sent in order to share: each becomes a thing, to be completed, and is answered once.

Spec: RFC 3834 §3.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from node.actions.keep_media import keep_media, prepared
from node.actions.look_at_link import look_at_link, picture_of
from node.actions.publish import publish
from node.actions.share import BY_LETTER, UNDO, Wish, share
from node.contracts import House, Job, Tools
from node.domain import receipts
from node.domain.entries import Audience, Entry
from node.domain.glimpses import Glimpse
from node.domain.letters import Letter, is_address
from node.domain.post import Post, Unreadable, read
from node.domain.sharing import Attached, Shared
from node.domain.tracking import link_in
from node.domain.uploads import Prepared
from node.errors import Invalid, NotAllowed, NotFound
from node.storage.claims import owner_here
from node.storage.shelves.letterbox import LetterInRow
from node.storage.shelves.members import MemberRow
from node.storage.unit_of_work import UnitOfWork

#: A letter that was begun so often and never came to its end is the cause.
MOST_TRIES = 5


@dataclass(slots=True, kw_only=True)
class _Opened:
    """What was found in a letter: what it says, what its link leads to, its files as they are kept, and those that are not."""

    post: Post
    page: Glimpse | None = None
    files: list[Prepared] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[LetterInRow]:
    """Leases letters that came."""
    return uow.letterbox.claim(house.now, owner_here(), n)


async def work(tools: Tools, row: LetterInRow) -> None:
    """Shares what a letter brings; of one that brings nothing its sender is told."""
    house = tools.house()
    member = await tools.database.read(lambda uow: uow.members.get(row.person))
    if member is None:
        await tools.database.write(lambda uow: uow.letterbox.opened(row, "let_go"))
        return
    language = (member.language or house.language)[:2]
    try:
        opened = await _looked_into(tools, house, await asyncio.to_thread(_read, row), language)
        await tools.database.write(lambda uow: _shared(uow, tools.house(), row, member, opened))
    except (Unreadable, Invalid) as fault:
        is_empty, reason = isinstance(fault, Invalid), str(fault)
        await tools.database.write(lambda uow: _refused(uow, house, row, member, reason, is_empty=is_empty))


def _read(row: LetterInRow) -> Post:
    if row.attempts > MOST_TRIES:
        raise Unreadable("Again and again the process died that read it.")
    return read(row.content)


async def _looked_into(tools: Tools, house: House, post: Post, language: str) -> _Opened:
    """What the letter says and brings; the page that it names, and its picture where it brings none."""
    link, rest = link_in(post.text)
    found = _Opened(post=replace(post, text=rest) if link else post)
    for given in post.files:
        try:
            found.files.append(await asyncio.to_thread(prepared, given, language))
        except Invalid as refused:
            found.left.append(str(refused))
    if post.left_out:
        found.left.append(receipts.more_files(post.left_out, language))
    if link:
        found.page = await look_at_link(tools.outside, house, link)
        picture = await picture_of(tools.outside, house, found.page) if not found.files else None
        if picture is not None:
            found.files.append(replace(picture, name=f"{found.page.site or 'image'}.{picture.extension}"))
    return found


def _shared(uow: UnitOfWork, house: House, row: LetterInRow, member: MemberRow, opened: _Opened) -> None:
    """Publishes it where its sender chose; for them alone where they may not any more."""
    address = uow.letterbox.of(row.person)
    if address is None:  # taken back meanwhile
        uow.letterbox.opened(row, "let_go")
        return
    language = (member.language or house.language)[:2]
    files = _kept(uow, house, row.person, opened, language)
    page, subject = opened.page, opened.post.subject
    shared = Shared(
        text=opened.post.text, title=subject, page=replace(page, title=subject or page.title) if page else None, files=files
    )
    wish = Wish(
        author=row.person,
        community=address.community,
        audience=Audience.COMMUNITY if address.community else Audience.SELF,
        language=language,
        fields=_as_form(shared, address.community),
    )
    refused = ""
    try:
        entry = share(uow, house, shared, wish, publish)
    except (NotAllowed, NotFound):
        group = uow.actors.get(address.community)
        refused = group.name if group and address.community in uow.members.communities_of(row.person, house.now) else "…"
        entry = share(uow, house, shared, replace(wish, community="", audience=Audience.SELF), publish)
    uow.letterbox.opened(row)
    _answer(uow, house, member, entry, opened, refused)


def _kept(uow: UnitOfWork, house: House, person: str, opened: _Opened, language: str) -> tuple[Attached, ...]:
    """The files, as far as there is room for them."""
    found = []
    for file in opened.files:
        try:
            row = keep_media(uow, house, person, file, "", language)
        except Invalid as refused:
            opened.left.append(f"{file.name} : {refused}")
            continue
        address = f"{house.url}{row.path}"
        found.append(
            Attached(name=file.name, address=address, media_type=row.media_type, width=row.width, height=row.height)
        )  # fmt: skip
    return tuple(found)


def _as_form(shared: Shared, community: str) -> dict[str, str]:
    """The form of the box, filled in: it is what stays as a draft for whoever takes it back."""
    fields = {
        "titre": shared.title or (shared.page.title if shared.page else ""),
        "texte": shared.text,
        "lien": shared.page.address if shared.page else "",
        "joints": " ".join(each.mark for each in shared.files),
        "communaute": community,
        "qui": "communaute" if community else "moi",
    }
    return {name: words for name, words in fields.items() if words}


def _answer(uow: UnitOfWork, house: House, member: MemberRow, entry: Entry, opened: _Opened, refused: str) -> None:
    """Tells its sender once; nobody else, whatever the letter says of who sent it."""
    if not is_address(member.email):
        return
    token = uow.sessions.create_token(BY_LETTER, member.iri, house.now + UNDO, entry.iri)
    language, group = member.language or house.language, uow.actors.get(entry.community)
    told = receipts.Receipt(
        title=entry.name,
        link=entry.iri,
        undo=f"{house.url}/partager/lettre?jeton={token}",
        change=f"{entry.iri}/visibilite",
        until=house.now + UNDO,
        community=group.name if group and entry.community else "",
        refused=refused,
        edit=f"{entry.iri}/modifier" if not opened.page and any(map(_is_described, opened.files)) else "",
        left=opened.left,
    )
    subject, text = receipts.receipt(told, language)
    uow.letters.put(Letter(to=member.email, subject=subject, text=text, language=language, kind="partage"))


def _is_described(file: Prepared) -> bool:
    """Whether somebody does not see, or hear, what it is."""
    return file.width > 0 or file.media_type.startswith("audio/")


def _refused(uow: UnitOfWork, house: House, row: LetterInRow, member: MemberRow, reason: str, *, is_empty: bool) -> None:
    uow.letterbox.opened(row, "refused", reason)
    if is_address(member.email):
        language = member.language or house.language
        subject, text = receipts.refusal(language, f"{house.url}/partager", is_empty=is_empty)
        uow.letters.put(Letter(to=member.email, subject=subject, text=text, language=language, kind="partage"))


def _mishap(uow: UnitOfWork, house: House, row: LetterInRow, reason: str) -> None:
    member = uow.members.get(row.person)
    if member is None:
        uow.letterbox.opened(row, "given_up", reason)
    else:
        _refused(uow, house, row, member, reason, is_empty=False)


JOB = Job(name="open_letter", every=2.0, claim=claim, work=work, at_once=1, mishap=_mishap)
