"""The changes of an event: spec/event.md, section 4."""
from canonical import jcs
from pointer import is_pointer, join
from read import in_order


class TooMany(Exception):
    """Of changes, or of bytes in their paths."""


def size(text):
    return len(text.encode("utf-8"))


def diff(before, after):
    """The changes between two objects. Raises TooMany over the limits."""
    found, left = [], [65_536]

    def add(names, change):
        path = join(names)
        left[0] -= size(path)
        if len(found) == 500 or size(path) > 2_048 or left[0] < 0:
            raise TooMany
        found.append({"path": path, **change})

    def compare(a, b, names):
        for name in [*a, *(each for each in b if each not in a)]:
            here = [*names, name]
            if name not in b:
                add(here, {"from": a[name]})
            elif name not in a:
                add(here, {"to": b[name]})
            elif isinstance(a[name], dict) and isinstance(b[name], dict):
                compare(a[name], b[name], here)
            elif jcs(a[name]) != jcs(b[name]):
                add(here, {"from": a[name], "to": b[name]})

    compare(before, after, [])
    return found


def check_changes(sent, issues):
    """A producer's own changes."""
    if not isinstance(sent, list):
        return issues.add("/changes")
    if len(sent) > 500:
        return issues.add("/changes")
    paths = set()
    kept = []
    for i, change in enumerate(sent):
        here = f"/changes/{i}"
        if not isinstance(change, dict):
            issues.add(here)
            continue
        for name in in_order(change):
            if name != "path" and not fits(name, change[name]):
                issues.add(join(["changes", i, name]))
        check_sides(change, here, issues)
        path = change.get("path")
        if "path" not in change:
            issues.add(here)
        elif not fits("path", path) or path in paths:
            issues.add(f"{here}/path")
        else:
            paths.add(path)
        kept.append({name: value for name, value in change.items() if name != "label" or value is not None})
    return kept


def fits(name, value):
    """Whether a member of a change is one, with such a value."""
    if name == "path":
        return is_pointer(value) and value != "" and size(value) <= 2_048
    if name == "label":
        return value is None or (isinstance(value, str) and size(value) <= 512)
    return name in ("from", "to")


def check_sides(change, here, issues):
    if "from" not in change and "to" not in change:
        issues.add(here)
    elif "from" in change and "to" in change and jcs(change["from"]) == jcs(change["to"]):
        issues.add(here)


def find_changes(event, issues):
    """The changes of an event, the states that they were worked out of, and whether nothing differs between two of them."""
    if "changes" in event:
        if "before" in event or "after" in event:
            issues.add("/changes")
            return [], [], False
        return check_changes(event["changes"], issues) or [], [], False
    states = [event[name] for name in ("before", "after") if name in event]
    wrong = [name for name in ("before", "after") if not isinstance(event.get(name, {}), dict)]
    for name in wrong:
        issues.add("/" + name)
    if wrong:
        return [], [], False
    try:
        found = diff(event.get("before", {}), event.get("after", {}))
    except TooMany:
        issues.add("/after" if "after" in event else "/before")
        return [], [], False
    return found, states, len(states) == 2 and not found
