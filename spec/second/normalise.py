"""Answers questions about events, a line of JSON each: README.md says which. Lines are read from stdin, answers written to stdout."""
import base64
import json
import sys

from canonical import jcs
from check import check_event
from hiding import hide_event
from ledger import (
    base64_text,
    consistency,
    disclosure,
    from_base64url,
    frontier_root,
    hash_leaf,
    inclusion,
    leaf_data,
    read_disclosure,
    root,
    digest,
)
from read import Refusal, read_events, read_json
from slots import split_personal
from times import format_time, parse_time


def body_of(question):
    if "base64" in question:
        return base64.b64decode(question["base64"])
    text = question.get("text")
    return ("".join(part * times for part, times in question["repeat"]) if text is None else text).encode("utf-8")


def refused(refusal):
    return {"refused": refusal.code, "pointers": refusal.pointers}


def answer_json(question, _kinds):
    try:
        return {"canonical": jcs(read_json(body_of(question)))}
    except Refusal as refusal:
        return refused(refusal)


def answer_events(question, kinds):
    try:
        events = read_events(body_of(question), question.get("mediaType", "application/json"))
    except Refusal as refusal:
        return refused(refusal)
    return {"events": [answer_event(event, pointer, question, kinds) for event, pointer in events]}


def answer_event(sent, pointer, question, kinds):
    recorded_by = question.get("recordedBy")
    now = parse_time(question["now"])
    try:
        checked = check_event(sent, kinds, question.get("writer", "producer"), now, pointer)
    except Refusal as refusal:
        return refused(refusal)
    kind = kinds[checked.type]
    slots = split_personal(hide_event(checked, kind, own=bool(recorded_by and recorded_by.get("own"))), kind)
    if recorded_by is not None:
        slots["recordedBy"] = recorded_by
    answer = {
        "id": checked.id,
        "type": checked.type,
        "occurredAt": None if checked.occurred_at is None else format_time(checked.occurred_at),
        "outcome": checked.outcome,
        "unchanged": checked.unchanged,
        "slots": {name: jcs(value) for name, value in slots.items()},
    }
    return {**answer, **leaf_of(answer, slots, question["place"])} if "place" in question else answer


def leaf_of(event, slots, place):
    """The leaf of an event at a place: what the server assigned, and the salt of each slot."""
    salts = {name: from_base64url(place["salts"][name]) for name in slots}
    fields = {
        "log": place["log"],
        "seq": place["seq"],
        "id": event["id"] or place["id"],
        "type": event["type"],
        "occurredAt": event["occurredAt"] or place["recordedAt"],
        "recordedAt": place["recordedAt"],
        "outcome": event["outcome"],
        "sd": {name: digest(salts[name], name, value) for name, value in slots.items()},
    }
    data = leaf_data(fields)
    return {
        "disclosures": {name: disclosure(salts[name], name, value) for name, value in slots.items()},
        "digests": fields["sd"],
        "leafData": data.decode("ascii"),
        "leafHash": base64_text(hash_leaf(data)),
    }


def answer_disclosure(question, _kinds):
    try:
        salt, slot, value = read_disclosure(question["text"])
    except ValueError:
        return {"refused": "proof-invalid", "pointers": []}
    return {"salt": salt, "slot": slot, "value": jcs(value)}


def answer_tree(question, _kinds):
    """Of leaves, given by their hashes or their texts: the root, and the proofs that are asked for."""
    if "hashes" in question:
        hashes = [base64.b64decode(each) for each in question["hashes"]]
    else:
        hashes = [hash_leaf(each.encode("utf-8")) for each in question["leaves"]]
    answer = {"root": base64_text(root(hashes)), "frontierRoot": base64_text(frontier_root(hashes))}
    if "seq" in question:
        answer["inclusion"] = list(map(base64_text, inclusion(question["seq"], hashes)))
    if "older" in question:
        answer["consistency"] = list(map(base64_text, consistency(question["older"], hashes)))
    return answer


ANSWERS = {"json": answer_json, "events": answer_events, "disclosure": answer_disclosure, "tree": answer_tree}


def main():
    kinds = {}
    for line in sys.stdin:
        question = json.loads(line)
        if question["ask"] == "types":
            kinds = {kind["name"]: kind for kind in question["types"]}
        else:
            print(json.dumps(ANSWERS[question["ask"]](question, kinds)))


if __name__ == "__main__":
    main()
