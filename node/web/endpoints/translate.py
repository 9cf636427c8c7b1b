"""A member publishes a translation by the form of its page."""

from __future__ import annotations

from federation.messages import Received
from node.actions.publish import publish
from node.actions.translate import Translation, original, translate
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.entries import Entry
from node.domain.translating import LONGEST, text_of
from node.domain.translating import language_of as tongue_of
from node.errors import Invalid, NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.begun import draft_of
from node.web.forms import back, field_of
from node.web.tongues import TRANSLATE
from node.web.translations import Tongue, language_of, phrase

_LONGEST_TITLE, _LONGEST_SUMMARY = 300, 2_000
_NO_TITLE, _NO_TEXT = phrase("Donnez un titre."), phrase("Écrivez la traduction du texte.")
_LONG = phrase("C’est trop long\u00a0: raccourcissez.")
_SAME = phrase("C’est encore le texte de l’original\u00a0: écrivez-le dans l’autre langue.")
_LANGUAGE = phrase("Choisissez une autre langue que celle de l’original.")


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Publishes it and leads to its page; raises NotAllowed for strangers, NotFound, or Invalid with what is wrong by field."""
    if not visit.form_token:
        raise NotAllowed
    house, tongue = visit.house, Tongue(language_of(visit.language))
    made = Translation(
        iri=field_of(received, "iri"),
        by=visit.reader.actor,
        community=field_of(received, "communaute"),
        language=field_of(received, "langue_choisie"),
        title=" ".join(field_of(received, "titre").split()),
        summary=" ".join(field_of(received, "resume").split()),
        text=field_of(received, "texte").replace("\r\n", "\n").replace("\0", "").strip(),
    )

    def deed(uow: UnitOfWork) -> Entry:
        stored, thing = original(uow, house, made.by, made.iri)
        is_same = made.text == text_of(thing).strip()
        if wrong := _wrong(made, is_same=is_same, has_language=made.language == tongue_of(thing, stored.entry.language)):
            raise Invalid("This translation is not ready.", problems={name: tongue.say(words) for name, words in wrong.items()})
        entry = translate(uow, house, made, publish)
        uow.drafts.forget(draft_of(received), made.by)
        return entry

    entry = await tools.database.write(deed)
    return back(visit, Addresses(visit).thing(entry.iri), "traduite")


def _wrong(made: Translation, *, is_same: bool, has_language: bool) -> dict[str, str]:
    found = {}
    if not 0 < len(made.title) <= _LONGEST_TITLE:
        found["titre"] = _LONG if made.title else _NO_TITLE
    if len(made.summary) > _LONGEST_SUMMARY:
        found["resume"] = _LONG
    if not 0 < len(made.text) <= LONGEST or is_same:
        found["texte"] = _SAME if is_same else _LONG if made.text else _NO_TEXT
    if has_language:
        found["langue_choisie"] = _LANGUAGE
    return found


ENDPOINT = Endpoint(path=TRANSLATE, receive=receive)
