"""Reading JSON strictly, and finding the events of a body: spec/event.md, sections 1 and 2."""
import re

from pointer import INDEX, escape

SPACE = re.compile(r"[ \t\n\r]*")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))')
STRING = re.compile(r'"[^"\\\x00-\x1f]*(?:\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])[^"\\\x00-\x1f]*)*"')
WORD = re.compile(r"true|false|null")
LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
WORDS = {"true": True, "false": False, "null": None}
HALF = re.compile("[\ud800-\udfff]")
GREATEST = 2.0**53 - 1


class Refusal(Exception):
    """What is refused: a code, and the JSON Pointers of the places at fault, in order."""

    def __init__(self, code, pointers=("",)):
        super().__init__(code)
        self.code = code
        self.pointers = list(pointers)


class Issues(list):
    """Pointers of places at fault: at most 50, and no more once they have 16,384 UTF-16 code units together."""

    def __init__(self, base=""):
        super().__init__()
        self.base = base

    def add(self, pointer):
        if len(self) < 50 and sum(len(each.encode("utf-16-le", "surrogatepass")) // 2 for each in self) < 16_384:
            self.append(self.base + pointer)


def in_order(value):
    """The names of an object in the order of their issues: indexes first, from the least; the others as they were sent."""
    indexes = [name for name in value if INDEX.fullmatch(name) and int(name) < 2**32 - 1]
    return sorted(indexes, key=int) + [name for name in value if name not in indexes]



def unescape(text):
    """The value of a string token without its quotes."""
    if "\\" not in text:
        return text
    text = ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else LETTERS.get(m[2], m[2]), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def number(token):
    """The double of a token, or None if it is refused."""
    value = float(token)
    digits = re.split("[eE]", token)[0]
    if abs(value) > GREATEST or (value == 0 and re.search("[1-9]", digits)):
        return None
    return value + 0.0  # -0 becomes 0


class Reader:
    """Reads one JSON text. It has a stack of its own, so that no depth of nesting can exhaust Python's."""

    def __init__(self, text, max_depth=32, batch=False):
        self.text, self.at, self.max_depth, self.batch = text, 0, max_depth, batch
        self.stack = []  # of [object or list, the name or index that is being read]
        self.issues, self.is_too_deep = Issues(), False
        self.spans = []  # where the events of a batch begin and end

    def read(self):
        value = self.document()
        if self.issues:
            raise Refusal("json-refused", self.issues)
        return value

    def in_batch(self):
        stack = self.stack
        return self.batch and len(stack) > 1 and stack[0][1] == "events" and isinstance(stack[1][0], list)

    def depth(self):
        return len(self.stack) - 2 if self.in_batch() else len(self.stack)

    def refuse(self, pointer):
        if not self.is_too_deep:  # that ends the list
            self.issues.add(pointer)

    def check_text(self, text, pointer):
        if "\0" in text:
            self.refuse(pointer)
        if HALF.search(text):
            self.refuse(pointer)

    def pointer(self):
        return "".join("/" + escape(key) for _, key in self.stack)

    def take(self, pattern):
        found = pattern.match(self.text, self.at)
        if found is None:
            raise Refusal("json-unreadable")
        self.at = found.end()
        return found[0]

    def space(self):
        self.at = SPACE.match(self.text, self.at).end()

    def next_is(self, character):
        self.space()
        if not self.text.startswith(character, self.at):
            return False
        self.at += 1
        return True

    def document(self):
        done = object()
        result = done
        while True:
            value, opened = self.value()
            if opened:
                if self.next_is("]" if isinstance(value, list) else "}"):
                    self.close()
                else:
                    self.key()
                    continue
            while True:  # a value is read: put it into what has it, as long as that closes
                if not self.stack:
                    result = value
                    break
                holder, key = self.stack[-1]
                self.put(holder, key, value)
                if len(self.stack) == 2 and self.in_batch():
                    self.spans[-1][1] = self.at
                if self.next_is(","):
                    self.key()
                    break
                if not self.next_is("]" if isinstance(holder, list) else "}"):
                    raise Refusal("json-unreadable")
                value = self.close()
            if result is not done:
                break
        self.space()
        if self.at != len(self.text):
            raise Refusal("json-unreadable")
        return result

    @staticmethod
    def put(holder, key, value):
        if isinstance(holder, list):
            holder.append(value)
        else:
            holder[key] = value

    def close(self):
        return self.stack.pop()[0]

    def key(self):
        """The name, or the index, of the value that comes next."""
        holder, last = self.stack[-1]
        if isinstance(holder, list):
            self.stack[-1][1] = 0 if last is None else last + 1
            return
        self.space()
        name = unescape(self.take(STRING)[1:-1])
        owner = "".join("/" + escape(key) for _, key in self.stack[:-1])
        self.stack[-1][1] = name
        if not self.next_is(":"):
            raise Refusal("json-unreadable")
        self.check_text(name, owner)
        if name == "__proto__" or name in holder:
            self.refuse(self.pointer())

    def value(self):
        self.space()
        if len(self.stack) == 2 and self.in_batch():
            self.spans.append([self.at, self.at])
        first = self.text[self.at : self.at + 1]
        if first in ("{", "["):
            self.at += 1
            if self.depth() == self.max_depth:
                self.refuse(self.pointer())
                self.is_too_deep = True
            opened = {} if first == "{" else []
            self.stack.append([opened, None])
            return opened, True
        if first == '"':
            text = unescape(self.take(STRING)[1:-1])
            self.check_text(text, self.pointer())
            return text, False
        if first in ("t", "f", "n"):
            return WORDS[self.take(WORD)], False
        value = number(self.take(NUMBER))
        if value is None:
            self.refuse(self.pointer())
        return value, False


def decode(body):
    """The text of a body."""
    if body.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise Refusal("json-unreadable")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal("json-unreadable") from None


def read_json(body, max_depth=32):
    return Reader(decode(body), max_depth).read()


def sent_events(text, media_type):
    """Each event of a body: its value, its pointer, and its text."""
    if media_type == "application/x-ndjson":
        return ndjson_events(text)
    reader = Reader(text, batch=True)
    value = reader.read()
    if not isinstance(value, dict) or "events" not in value:
        return [(value, "", text.strip(" \t\n\r"))]
    if len(value) > 1 or not isinstance(value["events"], list) or not value["events"]:
        raise Refusal("request-invalid")
    return [
        (event, f"/events/{i}", text[start:end])
        for i, (event, (start, end)) in enumerate(zip(value["events"], reader.spans))
    ]


def ndjson_events(text):
    events = []
    for i, line in enumerate(text.split("\n")):
        if line.strip(" \t\r") == "":
            continue
        try:
            events.append((Reader(line).read(), f"/{i}", line.strip(" \t\r")))
        except Refusal as refusal:
            raise Refusal(refusal.code, [f"/{i}{pointer}" for pointer in refusal.pointers]) from None
    return events


def read_events(body, media_type="application/json"):
    """The events of a body, each with its pointer."""
    if len(body) > 5_242_880:
        raise Refusal("body-too-large")
    events = sent_events(decode(body), media_type)
    if len(events) > 1_000:
        raise Refusal("body-too-large")
    if not events:
        raise Refusal("request-invalid")
    no_objects = [pointer for value, pointer, _ in events if not isinstance(value, dict)]
    if no_objects:
        raise Refusal("event-invalid", no_objects)
    too_large = [pointer for _, pointer, text in events if len(text.encode("utf-8")) > 65_536]
    if too_large:
        raise Refusal("event-too-large", too_large)
    return [(value, pointer) for value, pointer, _ in events]
