"""A page as a screen reader gets it, from the browser's own tree: what has no name, headings out of order, missing landmarks."""

from __future__ import annotations

from collections import Counter
from typing import Any

from playwright.async_api import Page

#: What one acts on: each has a name, or nobody knows what it does.
CONTROLS = frozenset(
    {
        "button",
        "link",
        "textbox",
        "searchbox",
        "combobox",
        "listbox",
        "checkbox",
        "radio",
        "spinbutton",
        "slider",
        "switch",
        "tab",
    }
)
#: What one leaps to; there is one of each, but for navigation, whose names tell them apart.
SINGLE = ("main", "banner", "contentinfo")
LANDMARKS = ("navigation", "search", "form", "region", "complementary")


async def read_aloud(page: Page) -> list[str]:
    """What is wrong with the page for whoever hears it."""
    # The session ends with the page: whoever lets go of one takes the virtual passkeys of the page away.
    session = await page.context.new_cdp_session(page)
    tree = (await session.send("Accessibility.getFullAXTree"))["nodes"]
    nodes = [node for node in tree if not node.get("ignored")]
    return [f"{page.url}: {problem}" for problem in (*_nameless(nodes), *_headings(nodes), *_landmarks(nodes))]


def _role(node: dict[str, Any]) -> str:
    return str(node.get("role", {}).get("value", ""))


def _name(node: dict[str, Any]) -> str:
    return str(node.get("name", {}).get("value", "")).strip()


def _nameless(nodes: list[dict[str, Any]]) -> list[str]:
    return [f"a {_role(node)} has no name" for node in nodes if _role(node) in CONTROLS and not _name(node)]


def _headings(nodes: list[dict[str, Any]]) -> list[str]:
    found = [node for node in nodes if _role(node) == "heading"]
    levels = [
        next((int(each["value"]["value"]) for each in node.get("properties", ()) if each["name"] == "level"), 0) for node in found
    ]
    wrong = [f"heading {_name(node)!r} says nothing" for node in found if not _name(node)]
    if levels.count(1) != 1:
        wrong.append(f"{levels.count(1)} headings of level 1")
    leaps = [_name(node) for node, level, before in zip(found, levels, [1, *levels], strict=False) if level > before + 1]
    return wrong + [f"heading {name!r} leaps over a level" for name in leaps]


def _landmarks(nodes: list[dict[str, Any]]) -> list[str]:
    roles = Counter(_role(node) for node in nodes)
    wrong = [f"{roles[role]} times {role}" for role in SINGLE if roles[role] != 1]
    named = Counter((_role(node), _name(node)) for node in nodes if _role(node) in LANDMARKS)
    # A form without a name is no landmark, though the browser's tree calls it one.
    return wrong + [
        f"{count} times {role} {name!r}" for (role, name), count in named.items() if count > 1 and (name or role != "form")
    ]
