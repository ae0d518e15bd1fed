"""Hiding, written a second time from spec/event.md and spec/hiding.md alone, in Python's standard library.

Reads {"types": [...], "cases": [{"text", "own"?}]} and the folder spec/, and prints for each case the RFC 8785 text of what
is kept of its changes, data, reason, targets, actor, context and producer, before the personal split. It takes events to be valid.
"""
import hashlib
import json
import re
import sys

folder = sys.argv[1]
names = json.load(open(f"{folder}/secret-names.json", encoding="utf-8"))["versions"][0]
tokens = json.load(open(f"{folder}/tokens.json", encoding="utf-8"))["versions"][0]["tokens"]
SECRET, WITHIN, NAMING, BESIDE = (set(names[each]) for each in ("secret", "within", "naming", "beside"))
HIDDEN = "[hidden]"
ABSENT = object()


def jcs(value):
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\x7f")
    if isinstance(value, (int, float)):
        return str(int(value)) if float(value).is_integer() else repr(value)
    if isinstance(value, list):
        return "[" + ",".join(map(jcs, value)) + "]"
    order = sorted(value, key=lambda name: name.encode("utf-16-be"))
    return "{" + ",".join(jcs(name) + ":" + jcs(value[name]) for name in order) + "}"


def fold(name):
    return "".join(c.lower() if "A" <= c <= "Z" else c for c in name).replace("_", "").replace("-", "")


def is_secret(value):
    return isinstance(value, str) and fold(value) in SECRET


# tokens


def matches(text):
    for shape in tokens:
        if shape.get("kind") == "pem":
            end = re.escape(shape["end"])
            first = re.compile(re.escape(shape["begin"]) + "[A-Z0-9 ]*?" + end)
            at = text.find(shape["begin"])
            while at != -1:
                line = first.match(text, at)
                if line:
                    close = text.find(shape["end"], line.end())
                    yield at, len(text) if close == -1 else close + len(shape["end"])
                at = text.find(shape["begin"], at + 1)
        else:
            run = re.compile("[" + shape["class"].replace("/", "\\/").replace("+", "\\+") + "]*")
            at = text.find(shape["prefix"])
            while at != -1:
                end = run.match(text, at + len(shape["prefix"])).end()
                if end - at >= shape["least"]:
                    yield at, end
                at = text.find(shape["prefix"], at + 1)


def hide_tokens(text):
    merged = []
    for start, end in sorted(matches(text)):
        if merged and start < merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    for start, end in reversed(merged):
        digest = hashlib.sha256(text[start:end].encode("utf-8")).hexdigest()[:12]
        text = text[:start] + f"[token {digest}]" + text[end:]
    return text


# pointers and marks


def split(pointer):
    return [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:]]


def join(parts):
    return "".join("/" + str(each).replace("~", "~0").replace("/", "~1") for each in parts)


def hide_path(path):
    return join(map(hide_tokens, split(path)))


def is_index(token):
    return re.fullmatch("0|[1-9][0-9]*", token) is not None


def stands_for(mark, token):
    return mark == token or (mark == "-" and is_index(token))


def lie(path, mark):
    a, b = split(path), split(mark)
    if not all(stands_for(m, t) for t, m in zip(a, b)):
        return "apart"
    return "within" if len(a) >= len(b) else "around"


def is_plain(parts, plain):
    return any(len(parts) == len(split(m)) and lie(join(parts), m) == "within" for m in plain)


def hide_at(value, mark):
    if not mark:
        return HIDDEN
    if isinstance(value, list):
        return [hide_at(v, mark[1:]) if stands_for(mark[0], str(i)) else v for i, v in enumerate(value)]
    if isinstance(value, dict):
        return {n: hide_at(v, mark[1:]) if stands_for(mark[0], n) else v for n, v in value.items()}
    return value


# values


def number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def solid(value):
    if isinstance(value, list):
        return len(value) > 0 and all(map(solid, value))
    return isinstance(value, str) or number(value)


def names_beside(value):
    return isinstance(value, dict) and any(fold(n) in NAMING and is_secret(v) for n, v in value.items())


def hide(value, parts, under, how):
    plain, by_name = how
    under = under and not is_plain(parts, plain)
    if under and solid(value):
        return HIDDEN
    if isinstance(value, str):
        return hide_tokens(value)
    if isinstance(value, list):
        two = by_name and not under and len(value) == 2 and all(isinstance(v, str) for v in value) and is_secret(value[0])
        return [hide(v, parts + [str(i)], under or (two and i == 1), how) for i, v in enumerate(value)]
    if not isinstance(value, dict):
        return value
    beside = names_beside(value)
    kept = {}
    for name, member in value.items():
        folded = fold(name)
        on = by_name and (folded in SECRET or (under and folded in WITHIN) or (beside and folded in BESIDE))
        called = base = hide_tokens(name)
        n = 2
        while called in kept:
            called, n = f"{base} {n}", n + 1
        kept[called] = hide(member, parts + [name], on, how)
    return kept


# changes


def diff(a, b, parts, found):
    for name in list(a) + [n for n in b if n not in a]:
        here = parts + [name]
        if name not in b:
            found.append({"path": join(here), "from": a[name]})
        elif name not in a:
            found.append({"path": join(here), "to": b[name]})
        elif isinstance(a[name], dict) and isinstance(b[name], dict):
            diff(a[name], b[name], here, found)
        elif jcs(a[name]) != jcs(b[name]):
            found.append({"path": join(here), "from": a[name], "to": b[name]})


def path_is_under(path, plain, states):
    parts = split(path)
    for last in range(len(parts), 0, -1):
        if is_plain(parts[:last], plain):
            return False
        name = parts[last - 1]
        if is_index(name):
            continue
        if fold(name) in SECRET:
            return True
        if fold(name) in BESIDE:
            for state in states:
                for each in parts[: last - 1]:
                    state = state.get(each) if isinstance(state, dict) else None
                if names_beside(state):
                    return True
        if fold(name) not in WITHIN:
            return False
    return False


def hidden_form(change, sides):
    for side in ("from", "to"):
        if side in sides:
            change[side] = HIDDEN
    change["hidden"] = True
    return change


def hide_change(change, kind, own, states):
    path = change["path"]
    kept = {"path": hide_path(path)}
    label = kind["labels"].get(path)
    if label is None and "label" in change:
        label = hide_tokens(change["label"])
    if label is not None:
        kept["label"] = label
    sides = {s: change[s] for s in ("from", "to") if s in change}
    sent = dict(sides)
    for mark in kind["secret"]["changes"]:
        how = lie(path, mark)
        if how == "within":
            return hidden_form(kept, sides)
        if how == "around":
            sides = {s: hide_at(v, split(mark)[len(split(path)) :]) for s, v in sides.items()}
    plain = kind["plain"]["changes"]
    under = not own and path_is_under(path, plain, states)
    for side, value in sides.items():
        kept[side] = hide(value, split(path), under, (plain, not own))
    altered = any(jcs(kept[s]) != jcs(sent[s]) for s in sides)
    if altered and len(sides) == 2 and jcs(kept["from"]) == jcs(kept["to"]):
        return hidden_form(kept, sides)
    if altered and len(sides) == 1 and under and kept[next(iter(sides))] == HIDDEN:
        return hidden_form(kept, sides)
    return kept


def order(change):
    return change["path"].encode("utf-16-be")


def hide_changes(event, kind, own):
    found = event.get("changes", [])
    states = [event[s] for s in ("before", "after") if s in event]
    if states:
        diff(event.get("before", {}), event.get("after", {}), [], found)
    merged = {}
    for change in sorted(found, key=order):
        kept = hide_change(change, kind, own, states)
        first = merged.setdefault(kept["path"], kept)
        if first is not kept:
            if "label" in kept:
                first.setdefault("label", kept["label"])
            hidden_form(first, {**kept, **first})
    return sorted(merged.values(), key=order)


def hide_members(value, name=""):
    if name in ("type", "interface"):
        return value
    if isinstance(value, str):
        return hide_tokens(value)
    if isinstance(value, dict):
        return {n: hide_members(v, n) for n, v in value.items()}
    if isinstance(value, list):
        return [hide_path(v) if isinstance(v, str) else hide_members(v) for v in value]
    return value


asked = json.load(sys.stdin)
kinds = {kind["name"]: kind for kind in asked["types"]}
for case in asked["cases"]:
    event, own = json.loads(case["text"]), case.get("own", False)
    kind = kinds[event["type"]]
    kept = {n: hide_members(event[n]) for n in ("actor", "targets", "reason", "context", "producer") if n in event}
    changes = hide_changes(event, kind, own)
    if changes:
        kept["changes"] = changes
    if event.get("data"):
        kept["data"] = hide(event["data"], [], False, (kind["plain"]["data"], not own))
    print(jcs(kept))
