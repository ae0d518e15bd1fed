"""Checking an event: its members, forms and limits. spec/event.md, section 3."""
import re

from changes import find_changes, size
from pointer import is_pointer, join
from read import GREATEST, Issues, Refusal, in_order
from times import parse_time

MEMBERS = (
    "id type occurredAt actor targets changes before after outcome reason context data producer".split()
)
ID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
OUR_TYPE = re.compile("[A-Z][A-Z0-9_]{1,63}")
TARGET_TYPE = re.compile("[a-z][a-z0-9_]*")
ACTOR_TYPES = ("user", "api_client", "system", "anonymous")
OUTCOMES = ("success", "denied", "failed")
INTERFACES = ("ui", "api", "cli", "job")
RESERVED = ("$event", "targets", "changes", "reason", "outcome", "erased")
AHEAD = 5 * 60 * 1_000_000


def is_custom_type(text):
    if len(text) > 128 or not re.fullmatch("[A-Za-z](?:[A-Za-z0-9._:/-]*[A-Za-z0-9])?", text):
        return False
    segments = text.split("/")
    # "" stands between the two of `//`; "." and ".." are refused between slashes, and nowhere else can a segment be one
    return re.search("[a-z]", text) is not None and not any(each in ("", ".", "..") for each in segments)


def text_of(least, most):
    return lambda value: isinstance(value, str) and least <= size(value) <= most


def one_of(values):
    return lambda value: isinstance(value, str) and value in values


def is_target_type(value):
    return isinstance(value, str) and TARGET_TYPE.fullmatch(value) is not None and size(value) <= 32


def is_count(value):
    return isinstance(value, float) and value.is_integer() and 0 <= value <= GREATEST


IDENTIFIER, NAME, EMAIL, WORDS = text_of(1, 256), text_of(0, 512), text_of(0, 320), text_of(0, 512)
BEHALF = {"type": one_of(ACTOR_TYPES), "id": IDENTIFIER, "name": NAME, "email": EMAIL}
TARGET = {"type": is_target_type, "id": IDENTIFIER, "name": NAME}
PRODUCER = {"id": IDENTIFIER, "n": is_count, "externalId": IDENTIFIER}
CONTEXT = {
    **dict.fromkeys(["ip", "requestId", "correlationId", "traceparent"], WORDS),
    "userAgent": text_of(0, 4_096),
    "interface": one_of(INTERFACES),
}


def without_nulls(value):
    return {name: member for name, member in value.items() if member is not None}


class Check:
    """Checks one event, and has what comes of it."""

    def __init__(self, sent, kinds, writer, now, pointer):
        self.issues, self.writer, self.now = Issues(pointer), writer, now
        for name in in_order(sent):
            if name not in MEMBERS:
                self.issues.add(join([name]))
        event = without_nulls({name: sent[name] for name in sent if name in MEMBERS})
        self.id, self.type = event.get("id"), event.get("type")
        self.check_id()
        self.check_type(sent, kinds)
        self.check_time(event)
        self.changes, self.states, same = find_changes(event, self.issues)
        self.kept = {}
        self.actor(sent)
        self.targets(event)
        self.outcome = event.get("outcome", "success")
        if not one_of(OUTCOMES)(self.outcome):
            self.issues.add("/outcome")
        self.reason(event)
        self.context(event)
        self.data(event)
        self.producer(event)
        self.unchanged = same and self.outcome == "success"

    def check_id(self):
        if self.id is None:
            return
        if not isinstance(self.id, str) or not ID.fullmatch(self.id):
            self.issues.add("/id")
        elif self.writer != "server" and int(self.id.replace("-", "")[:12], 16) * 1_000 > self.now + AHEAD:
            self.issues.add("/id")

    def check_type(self, sent, kinds):
        self.unknown = False
        if "type" not in sent:
            self.issues.add("")
        elif not isinstance(self.type, str) or not (OUR_TYPE.fullmatch(self.type) or is_custom_type(self.type)):
            self.issues.add("/type")
        elif self.type not in kinds:
            self.unknown = True
            self.issues.add("/type")

    def check_time(self, event):
        self.occurred_at = None
        if "occurredAt" not in event:
            return
        text = event["occurredAt"]
        self.occurred_at = parse_time(text) if isinstance(text, str) else None
        if self.occurred_at is None or self.occurred_at > self.now + AHEAD:
            self.issues.add("/occurredAt")

    def object(self, value, at, forms, required):
        """An object without its nulls. `forms` says which members it has, by their names; each checks a value."""
        if not isinstance(value, dict):
            self.issues.add(join(at))
            return {}
        for name in in_order(value):
            member = value[name]
            if name not in forms:
                self.issues.add(join([*at, name]))
            elif member is not None and not forms[name](member):
                self.issues.add(join([*at, name]))
        for name in required:
            if value.get(name) is None:
                self.issues.add(join([*at, name] if name in value else at))
        return without_nulls(value)

    def party(self, value, at, forms):
        """An actor, or the one that it acts for."""
        kind = value.get("type") if isinstance(value, dict) else None
        party = self.object(value, at, forms, ["type"] if one_of(("anonymous", "system"))(kind) else ["type", "id"])
        if kind == "system" and self.writer != "server":
            if "id" not in party:
                self.issues.add(join(at))
            elif party["id"] == "daybook":
                self.issues.add(join([*at, "id"]))
        return party

    def actor(self, sent):
        if "actor" not in sent:
            return self.issues.add("")
        behalf = {}

        def on_behalf_of(value):
            behalf["onBehalfOf"] = self.party(value, ["actor", "onBehalfOf"], BEHALF)
            return True

        actor = self.party(sent["actor"], ["actor"], {**BEHALF, "onBehalfOf": on_behalf_of})
        self.kept["actor"] = {**actor, **behalf}

    def targets(self, event):
        if "targets" not in event:
            return
        targets = event["targets"]
        if not isinstance(targets, list) or len(targets) > 20:
            return self.issues.add("/targets")
        self.keep(
            "targets", [self.object(each, ["targets", i], TARGET, ["type", "id"]) for i, each in enumerate(targets)]
        )

    def reason(self, event):
        if "reason" in event:
            if not text_of(0, 4_096)(event["reason"]):
                self.issues.add("/reason")
            self.kept["reason"] = event["reason"]

    def context(self, event):
        if "context" in event:
            forms = {**CONTEXT, "adjusted": self.adjusted}
            context = self.object(event["context"], ["context"], forms, [])
            self.keep("context", {n: v for n, v in context.items() if n != "adjusted" or v})

    def adjusted(self, value):
        """Checks the list; its items have issues of their own."""
        if not isinstance(value, list) or len(value) > 100:
            return False
        for i, each in enumerate(value):
            if not is_pointer(each):
                self.issues.add(f"/context/adjusted/{i}")
        return sum(map(size, filter(is_pointer, value))) <= 8_192

    def data(self, event):
        if "data" in event:
            if not isinstance(event["data"], dict):
                return self.issues.add("/data")
            for name in event["data"]:
                if name in RESERVED:
                    self.issues.add(join(["data", name]))
            self.keep("data", event["data"])

    def producer(self, event):
        if "producer" in event:
            self.kept["producer"] = self.object(event["producer"], ["producer"], PRODUCER, ["id"])

    def keep(self, name, value):
        if value:
            self.kept[name] = value


def check_event(sent, kinds, writer, now, pointer=""):
    """The event as it was sent, without what is null or empty. Raises Refusal. `kinds` are the types, by name."""
    checked = Check(sent, kinds, writer, now, pointer)
    if checked.issues:
        raise Refusal("event-type-unknown" if checked.unknown else "event-invalid", checked.issues)
    return checked
