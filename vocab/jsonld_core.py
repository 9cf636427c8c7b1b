"""The words on which signatures, owners and audiences rest: no document may give them another meaning."""

from __future__ import annotations

from functools import cache
from typing import Final

from vocab.jsonld_contexts import terms_at
from vocab.namespaces import AS_CONTEXT

#: The keywords of JSON-LD 1.1.
_KEYWORDS: Final = (
    "@base @container @context @default @direction @graph @id @import @included @index @json @language @list @nest @none"
    " @null @omitDefault @preserve @prefix @propagate @protected @reverse @set @type @value @version @vocab"
)
KEYWORDS: Final = frozenset(_KEYWORDS.split())

#: The properties, and the prefixes that lead to them. Every type of ActivityStreams counts too.
_PROPERTIES: Final = (
    "id type as ldp actor object target origin result instrument to cc bto bcc audience attributedTo inReplyTo context"
    " inbox outbox followers following liked streams endpoints sharedInbox proxyUrl preferredUsername alsoKnownAs"
    " publicKey publicKeyPem owner items orderedItems first last current next prev partOf totalItems replies tag"
    " attachment url href name nameMap summary summaryMap content contentMap published updated deleted formerType"
    " subject relationship"
)


@cache
def core_names() -> frozenset[str]:
    """The keys of the core: properties of the protocol, prefixes of its namespaces, types of ActivityStreams."""
    types = {term for term in terms_at(AS_CONTEXT) if term[:1].isupper()}
    return frozenset(_PROPERTIES.split()) | types
