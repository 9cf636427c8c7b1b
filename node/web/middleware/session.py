"""The session cookie: how it is read from a request and set in an answer."""

from __future__ import annotations

from contextlib import suppress
from http.cookies import CookieError, SimpleCookie

from aiohttp import web

#: A session ends after this time whatever happens, in seconds: 30 days.
LIFETIME = 30 * 86_400

SECURE = "__Host-s"
PLAIN = "s"
#: What is between two steps of coming in: another cookie, for ten minutes.
STEP_LIFETIME, STEP_SECURE, STEP_PLAIN = 600, "__Host-e", "e"


def of(request: web.Request) -> str:
    """The session token that a request brings, "" for none.

    On a node reached by https only the `__Host-` cookie counts, which no other host can have set.
    """
    return request.cookies.get(name(request.app[IS_SECURE]), "")


def in_headers(cookies: list[str], *, is_secure: bool) -> str:
    """The session token in Cookie headers, "" for none."""
    return _found(cookies, name(is_secure))


def step_in_headers(cookies: list[str], *, is_secure: bool) -> str:
    """What leads from the first step of coming in to the next, "" for nothing."""
    return _found(cookies, STEP_SECURE if is_secure else STEP_PLAIN)


def _found(cookies: list[str], key: str) -> str:
    jar: SimpleCookie = SimpleCookie()
    for header in cookies:
        with suppress(CookieError):
            jar.load(header)
    found = jar.get(key)
    return found.value if found else ""


def name(is_secure: bool) -> str:
    """The name of the cookie on a node reached by https, or by plain http on a trial machine."""
    return SECURE if is_secure else PLAIN


def opened(token: str, *, is_secure: bool) -> tuple[str, str]:
    """The header that gives a browser its session."""
    return _header(name(is_secure), token, LIFETIME, is_secure=is_secure)


def closed(*, is_secure: bool) -> tuple[str, str]:
    """The header that takes the session away from a browser."""
    return _header(name(is_secure), "", 0, is_secure=is_secure)


def step(token: str, *, is_secure: bool) -> tuple[str, str]:
    """The header that lets a browser go on to the next step of coming in; with "" it forgets the way."""
    key = STEP_SECURE if is_secure else STEP_PLAIN
    return _header(key, token, STEP_LIFETIME if token else 0, is_secure=is_secure)


#: Whether the node is reached by https.
IS_SECURE = web.AppKey("is_secure", bool)


def _header(key: str, token: str, age: int, *, is_secure: bool) -> tuple[str, str]:
    cookie: SimpleCookie = SimpleCookie()
    cookie[key] = token
    for attribute, value in (("path", "/"), ("httponly", "yes"), ("samesite", "Lax"), ("max-age", str(age))):
        cookie[key][attribute] = value
    if is_secure:
        cookie[key]["secure"] = "yes"
    return "Set-Cookie", cookie[key].OutputString()
