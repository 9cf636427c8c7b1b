"""What a site asks of programs that come by themselves.

Spec: RFC 9309 §2.2.
"""

from __future__ import annotations

from urllib.parse import unquote

#: The name by which a site can speak to us.
NAME = "maillage"
#: So much of it is read, and so many of its rules: more is not required.
MOST_BYTES, MOST_RULES = 512_000, 1_000
_LONGEST = 500

Rule = tuple[bool, str]


def allows(text: str, path: str, name: str = NAME) -> bool:
    """Whether a robots.txt lets the program of that name read a path (with its query): the longest rule that fits decides."""
    asked = unquote(path) or "/"
    fitting = [(len(pattern), is_allowed) for is_allowed, pattern in rules_for(text, name) if _fits(pattern, asked)]
    return max(fitting)[1] if fitting else True


def rules_for(text: str, name: str) -> list[Rule]:
    """The rules of every group that names the program; of the groups for everybody when none does."""
    groups: dict[str, list[Rule]] = {}
    named: list[str] = []
    is_open = False
    for line in text[:MOST_BYTES].splitlines():
        field, mark, value = line.partition("#")[0].partition(":")
        key, said = field.strip().lower(), value.strip()
        if key == "user-agent" and mark:
            named = [*(named if is_open else []), said.lower()]
            is_open = True
            groups.setdefault(said.lower(), [])
        elif key in {"allow", "disallow"} and mark:
            is_open = False
            if said:
                for each in set(named):
                    groups[each].append((key == "allow", unquote(said)[:_LONGEST]))
    theirs = groups.get(name.lower())
    return (groups.get("*", []) if theirs is None else theirs)[:MOST_RULES]


def _fits(pattern: str, path: str) -> bool:
    """Whether a pattern is the beginning of a path; * stands for anything, $ for its end. Without going back and forth."""
    is_whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = rest.pop() if rest and is_whole else None
    for part in rest:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if last is not None:
        return path.endswith(last) and len(path) - len(last) >= at
    return not is_whole or at == len(path)
