"""Questions about what is public here, in SPARQL: read only, within limits, and of nobody but this index.

Spec: SPARQL 1.1 Protocol §2.1. Spec: SPARQL 1.1 Service Description §2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl

from federation.messages import Received
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import Invalid, NotFound
from node.graph.questions import Question, checked
from node.web.forms import FORM
from node.web.middleware.questions import ASKED_AT, PAUSE
from node.web.negotiation import JSON, LINKED_DATA, TURTLE, chosen

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"

#: The kinds of answer by the media type asked for; several names for one. The first where nobody cares.
ROWS: Mapping[str, str] = {
    (RESULTS := "application/sparql-results+json"): RESULTS,
    (RESULTS_XML := "application/sparql-results+xml"): RESULTS_XML,
    "text/csv": "text/csv",
    "text/tab-separated-values": "text/tab-separated-values",
    JSON: RESULTS,
    "application/xml": RESULTS_XML,
    "text/xml": RESULTS_XML,
}
STATEMENTS: Mapping[str, str] = {
    name: name for name in (TURTLE, "application/n-triples", LINKED_DATA, "application/rdf+xml", "application/trig", "text/n3")
}
#: More fields than a question has, its graphs included.
MOST_FIELDS = 60
#: Text formats say their letters; the others are what they are.
LETTERS = "; charset=utf-8"

DESCRIPTION = """@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

<{url}> a sd:Service ;
    sd:endpoint <{url}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat formats:SPARQL_Results_JSON , formats:SPARQL_Results_XML , formats:SPARQL_Results_CSV ,
        formats:SPARQL_Results_TSV , formats:Turtle , formats:N-Triples , formats:JSON-LD , formats:RDF_XML ;
    sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ; sd:namedGraph [ a sd:NamedGraph ; sd:name <{home}> ] ] ;
    rdfs:label "Questions about what is public here"@en , "Questions sur ce qui est public ici"@fr ;
    rdfs:comment "Each named graph is one source: the address of the server that says it. All of them together are the default \
graph. {seconds:g} seconds and {rows} rows at most; SERVICE, FROM and updates are refused."@en ,
        "Chaque graphe nommé est une source\u00a0: l’adresse du serveur qui le dit. Ensemble, ils forment le graphe par défaut. \
Au plus {seconds:g} secondes et {rows} lignes\u00a0; SERVICE, FROM et les modifications sont refusés."@fr .
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says, however it says it: values by name, and what it has no name for."""

    values: Mapping[str, Sequence[str]]
    body: Sequence[str] = field(default=())

    def questions(self) -> list[str]:
        """The questions: there should be one."""
        return [*self.values.get("query", ()), *self.body]


async def ask(tools: Tools, received: Received, visit: Visit) -> Reply:
    """The answer to the question in the address; what may be asked here when there is none."""
    asked = Asked(_fields(received.target.partition("?")[2]))
    if not asked.questions() and "update" not in asked.values:
        return _description(tools, visit)
    return await _answer(tools, received, visit, asked)


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """The same of a question that is sent, as a form or as it is."""
    media = ",".join(received.values("Content-Type")).partition(";")[0].strip().lower()
    within = received.target.partition("?")[2]
    if media == FORM:
        return await _answer(tools, received, visit, Asked(_fields(_text(received.body))))
    if media == QUERY:
        return await _answer(tools, received, visit, Asked(_fields(within), (_text(received.body),)))
    if media == UPDATE:
        return _told(HTTPStatus.BAD_REQUEST, "Nothing can be changed here.")
    return _told(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"A question comes as {QUERY} or as a form.")


async def _answer(tools: Tools, received: Received, visit: Visit, asked: Asked) -> Reply:
    if tools.graph is None or visit.house.signed_reads:
        raise NotFound
    if "update" in asked.values:
        return _told(HTTPStatus.BAD_REQUEST, "Nothing can be changed here.")
    texts = asked.questions()
    if len(texts) != 1:
        return _told(HTTPStatus.BAD_REQUEST, "A request holds one question.")
    accept = ", ".join(received.values("Accept"))
    try:
        question = Question(
            text=checked(texts[0], tools.graph.limits.question),
            base=f"{visit.house.url}{ASKED_AT}",
            rows=_wanted(accept, ROWS),
            statements=_wanted(accept, STATEMENTS),
            default_graph=asked.values.get("default-graph-uri", ()),
            named_graphs=asked.values.get("named-graph-uri", ()),
        )
    except Invalid as problem:
        return _told(HTTPStatus.BAD_REQUEST, str(problem))
    found = await tools.graph.ask(question)
    if found.status != HTTPStatus.OK:
        return _told(HTTPStatus(found.status), found.body.decode("utf-8", "replace"))
    letters = LETTERS if found.media_type.startswith("text/") else ""
    return Reply(body=found.body, media_type=f"{found.media_type}{letters}")


def _wanted(accept: str, kinds: Mapping[str, str]) -> str:
    """The media type wanted of one kind of answer; "" when none of them is."""
    return kinds.get(chosen(accept, tuple(kinds)) or "", "")


def _description(tools: Tools, visit: Visit) -> Reply:
    if tools.graph is None or visit.house.signed_reads:
        raise NotFound
    limits, home = tools.graph.limits, visit.house.url
    said = DESCRIPTION.format(url=f"{home}{ASKED_AT}", home=f"{home}/", seconds=limits.seconds, rows=limits.rows)
    return Reply(body=said.encode(), media_type=f"{TURTLE}{LETTERS}")


def _told(status: HTTPStatus, reason: str) -> Reply:
    again = (("Retry-After", str(PAUSE)),) if status is HTTPStatus.SERVICE_UNAVAILABLE else ()
    line = f"{' '.join(reason.split())[:1000]}\n"
    return Reply(
        body=line.encode(), media_type=f"text/plain{LETTERS}", status=status, headers=(("Cache-Control", "no-store"), *again)
    )


def _fields(text: str) -> dict[str, list[str]]:
    """The fields of a form; raises Invalid for too many, or for what is not UTF-8."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as problem:
        raise Invalid("These fields cannot be read.") from problem
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as problem:
        raise Invalid("This is not UTF-8.") from problem


ENDPOINT = Endpoint(path=ASKED_AT, ask=ask, receive=receive, is_open=True)
