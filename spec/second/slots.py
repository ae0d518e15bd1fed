"""Cuts, the personal split, and the slots of an event: spec/event.md, sections 5 to 7."""
import re

from canonical import utf16
from pointer import join, lie, split

PLACEHOLDER = re.compile(r"\[token [0-9a-f]{12}\]")


def cut(text, most=512):
    """The longest prefix of whole code points with so many bytes, that ends within no placeholder."""
    kept = text.encode("utf-8")[:most].decode("utf-8", "ignore")
    for found in PLACEHOLDER.finditer(text):
        if found.start() < len(kept) < found.end():
            return text[: found.start()]
    return kept


def take_actor(actor):
    kept, taken = {}, {}
    for name, value in actor.items():
        if name in ("name", "email"):
            taken["/" + name] = value
        elif name == "onBehalfOf":
            kept[name], inner = take_actor(value)
            taken.update({"/onBehalfOf" + pointer: each for pointer, each in inner.items()})
        else:
            kept[name] = value
    return kept, taken


def take_targets(targets):
    taken = {
        f"/{i}/name": target["name"]
        for i, target in enumerate(targets)
        if target["type"] == "user" and "name" in target
    }
    kept = [{n: v for n, v in each.items() if f"/{i}/{n}" not in taken} for i, each in enumerate(targets)]
    return kept, taken


def take_changes(changes, marks):
    kept, taken = [], {}
    for i, change in enumerate(changes):
        names = split(change["path"])
        personal = any(lie(names, split(mark)) for mark in marks)
        kept.append({n: v for n, v in change.items() if not (personal and n in ("from", "to"))})
        if personal:
            taken.update({f"/{i}/{side}": change[side] for side in ("from", "to") if side in change})
    return kept, taken


def take_data(data, marks):
    kept, taken = copy(data), {}
    for mark in sorted(marks, key=utf16):
        holder, names = kept, split(mark)
        for i, name in enumerate(names):
            if name not in holder:
                break
            value = holder[name]
            if i == len(names) - 1 or isinstance(value, list):
                taken[join(names[: i + 1])] = holder.pop(name)
                break
            if not isinstance(value, dict):
                break
            holder = value
    return kept, taken


def copy(value):
    """A copy of the objects that are reached through objects."""
    return {name: copy(each) for name, each in value.items()} if isinstance(value, dict) else value


def split_personal(event, kind):
    """The slots of an event, but for those that the server adds."""
    if "userAgent" in event.get("context", {}):
        event = {**event, "context": {**event["context"], "userAgent": cut(event["context"]["userAgent"])}}
    slots = dict(event)
    ways = {
        "actor": take_actor,
        "targets": take_targets,
        "changes": lambda value: take_changes(value, kind["personal"]["changes"]),
        "data": lambda value: take_data(value, kind["personal"]["data"]),
    }
    for name, take in ways.items():
        if name in event:
            slots[name], taken = take(event[name])
            if taken:
                slots[name + "Personal"] = taken
    if kind["version"] > 1:
        slots["typeVersion"] = kind["version"]
    return slots
