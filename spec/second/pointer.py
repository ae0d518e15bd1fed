"""JSON Pointers (RFC 6901), and marks: spec/event.md, section 3, and spec/hiding.md, section 1."""
import re

INDEX = re.compile("(?:0|[1-9][0-9]*)")


def escape(name):
    return str(name).replace("~", "~0").replace("/", "~1")


def join(names):
    return "".join("/" + escape(name) for name in names)


def split(pointer):
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def is_pointer(value):
    """Whether it is a JSON Pointer that events may hold."""
    if not isinstance(value, str) or not re.fullmatch("(?:/(?:[^~/]|~[01])*)*", value):
        return False
    return "__proto__" not in split(value)


def is_index(name):
    return INDEX.fullmatch(name) is not None


def stands_for(token, name):
    return token == name or (token == "-" and is_index(name))


def lie(names, mark):
    """How a path lies to a mark: it "equals" it, is "under" it, or "contains" it; None if none of these."""
    if not all(map(stands_for, mark, names)):
        return None
    if len(names) == len(mark):
        return "equals"
    return "under" if len(names) > len(mark) else "contains"
