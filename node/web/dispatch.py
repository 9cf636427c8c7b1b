"""The one way in: finds what answers at an address, who asks and in which form, and answers from one reading of the rows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

from aiohttp import web

from federation.errors import Unsigned
from federation.messages import Received
from node.contracts import Endpoint, Format, House, Listing, Page, Reply, Tools, View, Visit
from node.domain.visibility import ANYONE, Opened
from node.errors import NodeError, NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web import answers, exports, listings, readers, takeaway, templates
from node.web.bodies import TURNS, heading, received_in_turn, roomy
from node.web.carried import given
from node.web.forms import fields_of
from node.web.kept_pages import KeptPages
from node.web.limits import Buckets, Limits
from node.web.middleware import csrf, headers, locale, session
from node.web.negotiation import ACTIVITY, GRAPHS, HTML, MACHINE
from node.web.readers import NOBODY, Caller, Known
from node.web.refused import note
from node.web.routing import Found, Match, Routes
from node.web.translations import speak, spoken
from node.web.visiting import must_be_open, visit_of
from node.web.visits import COUNTRY, SENT

Taking = Callable[[web.Request, Match[Endpoint]], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatcher:
    """Answers every address but static files. `poke` is called after something was received, so that it is worked on at once."""

    tools: Tools
    pages: Mapping[str, Page]
    routes: Routes
    formats: Mapping[str, Format]
    poke: Callable[[], None]
    noted: Buckets = field(default_factory=lambda: Buckets(burst=1, rate=1 / 3600, kept=10_000))
    limits: Limits
    kept: KeptPages = field(default_factory=KeptPages)
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(TURNS))

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """The answer to a request; raises NodeError, RemoteError or an HTTP answer, which the errors middleware words."""
        speak(locale.country_of(request))
        found = self.routes.find(request.path)
        if found is None:
            await self._greet(request)
            raise NotFound
        if request.method == "OPTIONS" and headers.is_for_all(request):
            return headers.preflight(found.methods)
        if found.endpoint and (takes := self._taking(request.method, found.endpoint.target)):
            return await takes(request, found.endpoint)
        is_read = bool(found.page or (found.endpoint and found.endpoint.target.answer))
        if request.method not in {"GET", "HEAD"} or not is_read:
            raise web.HTTPMethodNotAllowed(request.method, found.methods)
        wanted = self._wanted(request, found)
        form = self._form(request, found, wanted)
        if found.page and form:
            return await self._list(request, found.page, form)
        if found.page and wanted == HTML:
            return await self._show(request, found.page, self._offers(found))
        if found.endpoint is None:
            raise NotFound
        return await self._answer(request, found.endpoint, self._offers(found))

    def _taking(self, method: str, endpoint: Endpoint) -> Taking | None:
        """What serves a request that needs more than a look at the rows."""
        if method == "POST":
            return self._receive if endpoint.receive else None
        reads = self._open if endpoint.opens else self._ask if endpoint.ask else None
        return reads if method in {"GET", "HEAD"} else None

    def _offers(self, found: Found) -> tuple[str, ...]:
        """The media types in which an address may answer, the preferred first."""
        page = (HTML,) if found.page else ()
        if found.endpoint and found.endpoint.target.faces:
            return (*found.endpoint.target.faces, *page)
        written = exports.media_types(self.formats.values())
        if found.endpoint and found.endpoint.target.answer:
            return tuple(dict.fromkeys((*page, *MACHINE, *written)))
        return (*page, *written) if found.page and found.page.target.listing else page

    def _form(self, request: web.Request, found: Found, wanted: str) -> Format | None:
        """The format in which what a page lists is wanted, None for the page itself and for what an endpoint answers."""
        if found.page is None or found.page.target.listing is None:
            return None
        name = request.query.get(listings.FORMAT)
        if name is not None:
            return exports.named(self.formats.values(), name)
        is_documented = found.endpoint is not None and found.endpoint.target.answer is not None and wanted in GRAPHS
        return None if wanted == HTML or is_documented else exports.by_media_type(self.formats.values(), wanted)

    def _wanted(self, request: web.Request, found: Found) -> str:
        """The face wanted of an address that has a page; "" leaves it to what the endpoint answers."""
        if not found.page:
            return ""
        if listings.FORMAT in request.query and found.page.target.listing:
            return ""  # said in the address: the header does not count
        return answers.acceptable(request, self._offers(found))

    def _face(self, request: web.Request, endpoint: Endpoint) -> str:
        """Which of its own faces an endpoint is asked for; raises 406 for none of them."""
        return answers.acceptable(request, endpoint.faces) if endpoint.faces else ""

    async def _show(self, request: web.Request, match: Match[Page], offers: tuple[str, ...]) -> web.StreamResponse:
        caller, house, page = Caller(session=session.of(request)), self.tools.house(), match.target
        key, state = self._page_key(request, match, house), None if caller.session else self.tools.database.state()
        if (kept := self.kept.get(key, state)) is not None:
            return answers.response(kept, request, is_shared=True)

        def show(uow: UnitOfWork) -> tuple[Known, Visit, View]:
            known = readers.known(uow, caller, house)
            visit = visit_of(request, house, known, match.values)
            must_be_open(page, visit)
            return known, visit, page.show(uow, visit)

        known, visit, view = await self.tools.database.read(show)
        speak(request[COUNTRY])
        shown = view.status == web.HTTPOk.status_code
        ways = (
            takeaway.ways(visit, self.formats.values(), view.things, is_one="leads_to" in view.values)
            if page.listing and shown
            else None
        )
        body = templates.render(match.name, view, visit, self.pages, ways).encode()
        await self._note_use(caller, visit)
        offers = takeaway.fitting(offers, self.formats.values(), view.things)
        links = (*_links(request, house, HTML, offers), *answers.related(view.links)) if shown else ()
        links += await self._renewed(caller, known, house)
        reply = Reply(body=body, media_type=f"{HTML}; charset=utf-8", status=view.status, headers=links)
        is_shared = visit.reader == ANYONE and not view.is_secret
        if is_shared and shown:
            self.kept.put(key, state, reply)
        return answers.response(reply, request, is_shared=is_shared)

    def _page_key(self, request: web.Request, match: Match[Page], house: House) -> Hashable:
        """What a page for nobody in particular differs by; what it says of the time may be a minute old."""
        language = visit_of(request, house, NOBODY, match.values).language
        return match.name, request.path_qs, language, spoken(), replace(house, now=house.now.replace(second=0, microsecond=0))

    async def _list(self, request: web.Request, match: Match[Page], form: Format) -> web.StreamResponse:
        """What a page lists, in a format: the same things, to the same reader."""
        caller, house, page = await self._caller(request, Endpoint(path="")), self.tools.house(), match.target
        if page.listing is None:
            raise NotFound
        give = page.listing

        def read(uow: UnitOfWork) -> tuple[Visit, Listing]:
            visit = visit_of(request, house, readers.known(uow, caller, house), match.values)
            must_be_open(page, visit)
            return visit, given(uow, visit, give, form)

        visit, listing = await self.tools.database.read(read)
        return answers.response(await exports.written(listing, form), request, is_shared=visit.reader == ANYONE)

    async def _open(self, request: web.Request, match: Match[Endpoint]) -> web.StreamResponse:
        """What a page lists, to whom a private address stands for; kept by nobody."""
        house, opens, form = self.tools.house(), match.target.opens, exports.named(self.formats.values(), match.values["form"])
        if opens is None:
            raise NotFound

        def read(uow: UnitOfWork) -> tuple[Opened, Listing]:
            visit = visit_of(request, house, NOBODY, match.values)
            opened = opens(uow, visit)
            parts = urlsplit(opened.address)
            found = self.routes.find(parts.path)
            page = found.page if found else None
            if page is None or page.target.listing is None or page.target.right != "anyone":
                raise NotFound
            places = {name: value for name, value in visit.query.items() if name in listings.PLACES}
            query = dict(parse_qsl(parts.query)) | places
            inner = replace(visit, reader=opened.reader, path=page.values, query=query, url=opened.address)
            inner = replace(inner, language=query.get("langue", inner.language))
            return opened, given(uow, inner, page.target.listing, form)

        opened, listing = await self.tools.database.read(read)
        if not self.noted.take(opened.reader.actor, asyncio.get_running_loop().time()):
            await self.tools.database.write(lambda uow: uow.private_addresses.used(opened.number, house.now))
        following = listings.place_in(listing.following, f"{house.url}{request.rel_url.raw_path}")
        reply = await exports.written(replace(listing, following=following), form, is_secret=True)
        return answers.response(reply, request, is_shared=False)

    async def _note_use(self, caller: Caller, visit: Visit) -> None:
        """Keeps a session that is in use from ending; written down once an hour by each process."""
        if visit.form_token and not self.noted.take(visit.form_token, asyncio.get_running_loop().time()):
            await self.tools.database.write(lambda uow: uow.sessions.seen(caller.session, visit.house.now))

    async def _renewed(self, caller: Caller, known: Known, house: House) -> tuple[tuple[str, str], ...]:
        """The cookie of a session whose owner may do other things than before: nobody who knew its id goes along."""
        if not known.is_changed:
            return ()
        token = await self.tools.database.write(lambda uow: uow.sessions.renew(caller.session, house.now))
        return (session.opened(token, is_secure=house.url.startswith("https:")),) if token else ()

    async def _answer(self, request: web.Request, match: Match[Endpoint], offers: tuple[str, ...]) -> web.StreamResponse:
        caller, house, answer = await self._caller(request, match.target), self.tools.house(), match.target.answer
        if answer is None:
            raise NotFound

        face = self._face(request, match.target)

        def ask(uow: UnitOfWork) -> tuple[Visit, Reply]:
            visit = visit_of(request, house, readers.known(uow, caller, house), match.values)
            return visit, answer(uow, replace(visit, face=face))

        visit, reply = await self.tools.database.read(ask)
        wanted = answers.face(reply, answers.accept(request), offers)
        if reply.media_type == ACTIVITY and reply.status == web.HTTPOk.status_code:
            reply = replace(reply, headers=(*reply.headers, *_links(request, house, wanted, offers)))
        reply = await answers.as_wanted(reply, wanted, self.formats)
        return answers.response(reply, request, is_shared=visit.reader == ANYONE, database=self.tools.database)

    async def _caller(self, request: web.Request, endpoint: Endpoint) -> Caller:
        """Who asks for an answer that may differ by reader; raises Unsigned where this node wants to know and is not told."""
        is_guarded = self.tools.house().signed_reads
        if endpoint.is_open and not (endpoint.may_close and is_guarded):
            if endpoint.may_close:
                await readers.refuse_blocked(request, self.tools)
            return Caller()
        if readers.is_signed(request):
            return Caller(actor=await readers.signer(request, self.tools))
        if is_guarded and not session.of(request):
            raise Unsigned
        return Caller(session=session.of(request))

    async def _ask(self, request: web.Request, match: Match[Endpoint]) -> web.StreamResponse:
        """What takes more than a look at the rows; the same for everybody."""
        ask, house = match.target.ask, self.tools.house()
        if ask is None:
            raise NotFound
        visit = visit_of(request, house, NOBODY, match.values)
        return answers.response(await ask(self.tools, heading(request, house.now), visit), request, is_shared=True)

    async def _receive(self, request: web.Request, match: Match[Endpoint]) -> web.StreamResponse:
        receive, house = match.target.receive, self.tools.house()
        if receive is None:
            raise NotFound
        session_token = "" if match.target.is_open else session.of(request)
        known = await self._known(Caller(session=session_token), house)
        try:
            limits = roomy(request, self.limits) if match.target.takes_files and known.form_token else self.limits
            message, done = await received_in_turn(request, house.now, limits, self.turns, self.tools.data)
        except web.HTTPException as refusal:
            await note(self.tools, heading(request, house.now), refusal.status, refusal.text or refusal.reason)
            raise
        request[SENT] = message
        try:
            # Anew: a body takes its time to arrive, and who sends it may be somebody else's member by then, or nobody's.
            known = await self._known(Caller(session=session_token), house)
            csrf.check_form(message, known.form_token, known.former_token)
            reply = await receive(self.tools, message, visit_of(request, house, known, match.values))
        except NodeError as refused:
            page = found.page if refused.problems and (found := self.routes.find(request.path)) else None
            if page is None:
                raise
            return await self._again(request, page, message, refused)
        finally:
            done()
        request[SENT] = replace(message, body=b"")
        self.poke()
        return answers.response(reply, request, is_shared=False)

    async def _again(self, request: web.Request, match: Match[Page], sent: Received, refused: NodeError) -> web.StreamResponse:
        """The page of a form that was refused, with what was in it and what is wrong."""
        caller, house, page = Caller(session=session.of(request)), self.tools.house(), match.target
        fields = {name: values[-1] for name, values in fields_of(sent).items()}

        def show(uow: UnitOfWork) -> tuple[Visit, View]:
            visit = visit_of(request, house, readers.known(uow, caller, house), match.values)
            must_be_open(page, visit)
            visit = replace(visit, sent=fields, problems=refused.problems)
            return visit, page.show(uow, visit)

        visit, view = await self.tools.database.read(show)
        body = templates.render(match.name, view, visit, self.pages).encode()
        reply = Reply(body=body, media_type=f"{HTML}; charset=utf-8", status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return answers.response(reply, request, is_shared=False)

    async def _greet(self, request: web.Request) -> None:
        """Remembers who asks for what is not there: the page that says so is theirs as any other."""
        caller, house = Caller(session=session.of(request)), self.tools.house()
        visit_of(request, house, await self.tools.database.read(lambda uow: readers.known(uow, caller, house)), {})

    async def _known(self, caller: Caller, house: House) -> Known:
        if not caller.session:
            return NOBODY
        return await self.tools.database.read(lambda uow: readers.known(uow, caller, house))


def _links(request: web.Request, house: House, wanted: str, offers: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return answers.links(f"{house.url}{request.rel_url.raw_path_qs}", wanted, offers)
