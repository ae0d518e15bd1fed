"""Hiding: spec/hiding.md. The tables are those beside this folder."""
import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path

from canonical import jcs, utf16
from pointer import is_index, join, lie, split, stands_for

SPEC = Path(__file__).resolve().parent.parent


def table(name):
    """The table under number 1 of the rules."""
    with open(SPEC / name, encoding="utf-8") as file:
        return next(each for each in json.load(file)["versions"] if each["number"] == 1)


NAMES = table("secret-names.json")
SECRET, WITHIN, NAMING, BESIDE = (frozenset(NAMES[each]) for each in ("secret", "within", "naming", "beside"))
HIDDEN = "[hidden]"
SIDES = ("from", "to")


# Section 3: tokens.


def letters(listed):
    """A class as a regular expression: single characters, and ranges; a `-` at the end is itself."""
    parts = re.findall("(?s)[0-9A-Za-z]-[0-9A-Za-z]|.", listed)
    return "[" + "".join(part if len(part) == 3 else re.escape(part) for part in parts) + "]*"


PREFIXES = [
    (shape["prefix"], re.compile(letters(shape["class"])), shape["least"])
    for shape in table("tokens.json")["tokens"]
    if "prefix" in shape
]
KEYS = [
    (shape["begin"], re.compile(re.escape(shape["begin"]) + "[A-Z0-9 ]*?" + re.escape(shape["end"])), shape["end"])
    for shape in table("tokens.json")["tokens"]
    if shape.get("kind") == "pem"
]


def places(text, part):
    at = text.find(part)
    while at != -1:
        yield at
        at = text.find(part, at + 1)


def matches(text):
    for prefix, run, least in PREFIXES:
        for start in places(text, prefix):
            end = run.match(text, start + len(prefix)).end()
            if end - start >= least:
                yield start, end
    for begin, line, end in KEYS:
        for start in places(text, begin):
            first = line.match(text, start)
            if first:
                close = text.find(end, first.end())
                yield start, len(text) if close == -1 else close + len(end)


@lru_cache(maxsize=4_096)
def hide_tokens(text):
    parts, done, joined = [], 0, []
    for start, end in sorted(matches(text)):
        if joined and start < joined[-1][1]:
            joined[-1][1] = max(end, joined[-1][1])
        else:
            joined.append([start, end])
    for start, end in joined:
        digest = hashlib.sha256(text[start:end].encode("utf-8")).hexdigest()
        parts += [text[done:start], f"[token {digest[:12]}]"]
        done = end
    return "".join(parts) + text[done:]


def hide_pointer(pointer):
    return join(map(hide_tokens, split(pointer)))


def hide_members(value, kept=("type", "interface")):
    """All texts of an actor, a target, a context or a producer, but for those that are never searched."""
    if isinstance(value, str):
        return hide_tokens(value)
    if isinstance(value, list):
        return [hide_pointer(item) if isinstance(item, str) else hide_members(item) for item in value]
    if isinstance(value, dict):
        return {name: each if name in kept else hide_members(each) for name, each in value.items()}
    return value


# Section 1: marks.


def hide_at(value, mark):
    if not mark:
        return HIDDEN
    if isinstance(value, dict):
        return {n: hide_at(v, mark[1:]) if stands_for(mark[0], n) else v for n, v in value.items()}
    if isinstance(value, list):
        return [hide_at(v, mark[1:]) if stands_for(mark[0], str(i)) else v for i, v in enumerate(value)]
    return value


# Section 2: secret names.


def fold(name):
    return re.sub("[A-Z]", lambda letter: letter[0].lower(), name).replace("_", "").replace("-", "")


def names_a_secret(value):
    """Whether it is an object that names, by one of its members, what lies beside that."""
    return isinstance(value, dict) and any(
        isinstance(member, str) and fold(member) in SECRET for name, member in value.items() if fold(name) in NAMING
    )


def is_hidden_whole(value):
    if isinstance(value, list):
        return bool(value) and all(map(is_hidden_whole, value))
    return isinstance(value, (str, float))


class Names:
    """Hides what stands under secret names; `plain` are the marks of what doesn't."""

    def __init__(self, plain):
        self.plain = [split(mark) for mark in plain]

    def is_plain(self, at):
        return any(lie(at, mark) == "equals" for mark in self.plain)

    def hide(self, value, at, under=False):
        under = under and not self.is_plain(at)
        if under and is_hidden_whole(value):
            return HIDDEN
        if isinstance(value, dict):
            return self.object(value, at, under)
        if isinstance(value, list):
            pair = len(value) == 2 and all(isinstance(item, str) for item in value) and fold(value[0]) in SECRET
            return [
                self.hide(item, [*at, str(i)], under or (pair and i == 1)) for i, item in enumerate(value)
            ]
        return value

    def object(self, value, at, under):
        names_one = names_a_secret(value)

        def is_under(name):
            folded = fold(name)
            return folded in SECRET or (under and folded in WITHIN) or (names_one and folded in BESIDE)

        return {name: self.hide(member, [*at, name], is_under(name)) for name, member in value.items()}

    def path_is_under(self, names, states):
        """Whether the sides of a change at these names stand under a secret name."""
        for length in range(len(names), 0, -1):
            if self.is_plain(names[:length]):
                return False
            name = names[length - 1]
            if name == "-" or is_index(name):
                continue
            folded = fold(name)
            if folded in SECRET:
                return True
            if folded in BESIDE and any(names_a_secret(at(state, names[: length - 1])) for state in states):
                return True
            if folded not in WITHIN:
                return False
        return False


def at(value, names):
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def hide_in(value):
    """The tokens of a value, in texts and in names of members."""
    if isinstance(value, str):
        return hide_tokens(value)
    if isinstance(value, list):
        return [hide_in(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {}
    for name, member in value.items():
        called = hide_tokens(name)
        new, count = called, 2
        while new in kept:
            new, count = f"{called} {count}", count + 1
        kept[new] = hide_in(member)
    return kept


# Section 4, and changes as a whole.


def hidden_form(change):
    return {name: HIDDEN if name in SIDES else value for name, value in change.items()} | {"hidden": True}


class Changes:
    def __init__(self, kind, own, states):
        self.kind, self.own, self.states = kind, own, states
        self.names = Names(kind["plain"]["changes"])

    def hide_all(self, changes):
        kept = {}
        for change in sorted(changes, key=lambda each: utf16(each["path"])):
            new = self.hide(change)
            first = kept.get(new["path"])
            kept[new["path"]] = hidden_form({**new, **first}) if first else new
        return sorted(kept.values(), key=lambda each: utf16(each["path"]))

    def hide(self, change):
        names = split(change["path"])
        kept = {"path": hide_pointer(change["path"])}
        if change["path"] in self.kind["labels"]:
            kept["label"] = self.kind["labels"][change["path"]]
        elif "label" in change:
            kept["label"] = hide_tokens(change["label"])
        sent = {side: change[side] for side in SIDES if side in change}
        sides = sent
        for mark in map(split, self.kind["secret"]["changes"]):
            how = lie(names, mark)
            if how in ("equals", "under"):
                return hidden_form({**kept, **sent})
            if how == "contains":
                sides = {side: hide_at(value, mark[len(names) :]) for side, value in sides.items()}
        under = False
        if not self.own:
            under = self.names.path_is_under(names, self.states)
            sides = {side: self.names.hide(value, names, under) for side, value in sides.items()}
        sides = {side: hide_in(value) for side, value in sides.items()}
        kept.update(sides)
        return hidden_form(kept) if says_nothing(sent, sides, under) else kept


def says_nothing(sent, sides, under):
    """Whether hiding made both sides equal, or hid the only one whole."""
    if all(jcs(sent[side]) == jcs(sides[side]) for side in sides):
        return False
    if len(sides) == 2:
        return jcs(sides["from"]) == jcs(sides["to"])
    return under and list(sides.values()) == [HIDDEN]


def hide_event(checked, kind, own):
    """What is kept of an event, before the cuts and the personal split."""
    kept = {name: hide_members(value) for name, value in checked.kept.items() if name != "data"}
    changes = Changes(kind, own, checked.states).hide_all(checked.changes)
    if changes:
        kept["changes"] = changes
    if "data" in checked.kept:
        data = checked.kept["data"]
        kept["data"] = hide_in(data if own else Names(kind["plain"]["data"]).hide(data, []))
    return kept
