"""Addresses of the web without what only tells who sent somebody there."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from vocab.jsonld_values import is_address

#: Parameters that lead nowhere: they tell by which mail, post or advertisement somebody came.
_TRACKING = re.compile(
    r"(?i)(utm_.*|fbclid|gclid|gclsrc|dclid|wbraid|gbraid|msclkid|yclid|twclid|ttclid|li_fat_id|igsh(id)?|mc_[ce]id|_hsenc|_hsmi|hsctatracking"
    r"|mkt_tok|ref_src|ref_url|oly_(anon|enc)_id|vero_(id|conv)|_ga|_gl|spm|xtor|at_(medium|campaign|custom\d)|s_cid|cmpid|trk(info)?|ver"
    r"|guccounter|guce_referrer(_sig)?|__twitter_impression|__s|ss_source|ss_campaign_id|rb_clickid|wickedid|si|share_id|smid|pk_\w+|mtm_\w+)"
)
#: Pages whose only purpose is to lead to another, by host, and the parameter that names it.
_WRAPPERS = (
    (re.compile(r"(www\.)?google\.[a-z.]{2,6}$"), "/url", ("q", "url")),
    (re.compile(r"lm?\.facebook\.com$"), "/l.php", ("u",)),
    (re.compile(r"l\.instagram\.com$"), "/", ("u",)),
    (re.compile(r"[a-z0-9]+\.safelinks\.protection\.outlook\.com$"), "/", ("url",)),
    (re.compile(r"(www\.)?linkedin\.com$"), "/redir/redirect", ("url",)),
)
#: An address in the text; one that stands behind words, as a link of Markdown, is none that is shared.
_ADDRESS = re.compile(r"(?<!\]\()(?<!<)https?://[^\s<>\"'«»]+", re.IGNORECASE)
_TRAILING = ".,;:!?)]}…"
#: The longest address; with more words than so many beside it, a text names a link and does not share it.
LONGEST, MOST_WORDS = 2_000, 500


def fitting(address: str) -> str:
    """The address as it may stand in any text: nothing in it ends a link, or a line."""
    return quote(address.strip()[:LONGEST], safe="!#$%&'()*+,-./:;=?@[]_~")


def without_tracking(address: str) -> str:
    """The same address without tracking parameters, and led past pages that only lead on; as it is when it cannot be read."""
    try:
        parts = urlsplit(unwrapped(address))
        query = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return address
    kept = [(name, value) for name, value in query if not _TRACKING.fullmatch(name)]
    asked = parts.query if len(kept) == len(query) else urlencode(kept, quote_via=quote)
    fragment = "" if parts.fragment.startswith(":~:") or _TRACKING.fullmatch(parts.fragment.partition("=")[0]) else parts.fragment
    return urlunsplit((parts.scheme.lower(), parts.netloc, parts.path, asked, fragment))


def unwrapped(address: str) -> str:
    """Where a page leads that does nothing else; other addresses as they are."""
    for _ in range(3):
        parts = urlsplit(address)
        query = dict(parse_qsl(parts.query, max_num_fields=100))
        led = next(
            (
                target
                for host, path, names in _WRAPPERS
                if host.match(parts.hostname or "") and parts.path.startswith(path)
                for name in names
                if (target := query.get(name, "")).startswith(("https://", "http://"))
            ),
            "",
        )
        if not led:
            return address
        address = led
    return address


def link_in(text: str) -> tuple[str, str]:
    """The link that somebody shares in a few words, and those words; ("", text) where there is none, or it is one of many."""
    found = list(_ADDRESS.finditer(text))
    if not found:
        return "", text
    first = found[0]
    address = first[0]
    while address and (address[-1] in _TRAILING) and not (address[-1] == ")" and "(" in address):
        address = address[:-1]
    rest = f"{text[: first.start()]}{text[first.start() + len(address) :]}"
    is_shared = len(rest.strip()) <= MOST_WORDS and (len(found) == 1 or not text[: first.start()].strip())
    is_link = len(address) <= LONGEST and is_address(address)
    return (address, rest.strip().strip("-–—: \n")) if is_shared and is_link else ("", text)
