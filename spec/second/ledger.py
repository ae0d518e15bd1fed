"""Slots' digests, the leaf and the tree: spec/ledger.md. Signatures are not made here: Ed25519 isn't in the standard library."""
import base64
import hashlib
import re

from canonical import jcs
from read import Refusal, read_json

SLOT = re.compile("[a-z][A-Za-z0-9]{0,31}")
PLAIN = re.compile(r"[ !#-\[\]-~]*")


def sha256(data):
    return hashlib.sha256(data).digest()


def base64url(data):
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def from_base64url(text):
    """The bytes of canonical base64url. Raises ValueError."""
    if not re.fullmatch("[A-Za-z0-9_-]*", text):
        raise ValueError(text)
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64url(data) != text:
        raise ValueError(text)
    return data


def base64_text(data):
    return base64.b64encode(data).decode("ascii")


def disclosure(salt, slot, value):
    return base64url(jcs([base64url(salt), slot, value]).encode("utf-8"))


def digest(salt, slot, value):
    return base64url(sha256(disclosure(salt, slot, value).encode("ascii")))


def read_disclosure(text):
    """Salt, slot and value. Raises ValueError."""
    try:
        read = read_json(from_base64url(text), max_depth=40)
    except Refusal as refusal:
        raise ValueError(refusal.code) from None
    if not isinstance(read, list) or len(read) != 3:
        raise ValueError("no list of three")
    salt, slot, value = read
    if not isinstance(salt, str) or len(salt) != 22 or not isinstance(slot, str) or not SLOT.fullmatch(slot):
        raise ValueError("salt or slot")
    if disclosure(from_base64url(salt), slot, value) != text:
        raise ValueError("not canonical")
    return salt, slot, value


def leaf_data(leaf):
    """`leaf` has log, seq, id, type, occurredAt, recordedAt, outcome and sd."""
    texts = [leaf[name] for name in ("log", "id", "type", "occurredAt", "recordedAt", "outcome")]
    if not all(PLAIN.fullmatch(text) for text in texts):
        raise ValueError("a text that needs an escape")
    if not all(SLOT.fullmatch(n) and re.fullmatch("[A-Za-z0-9_-]{43}", d) for n, d in leaf["sd"].items()):
        raise ValueError("a slot or a digest")
    return jcs({"v": 1, **leaf}).encode("utf-8")


def hash_leaf(data):
    return sha256(b"\x00" + data)


def hash_node(left, right):
    return sha256(b"\x01" + left + right)


def left_part(count):
    """The largest power of two smaller than count."""
    return 1 << (count - 1).bit_length() - 1


def root(hashes):
    if len(hashes) < 2:
        return hashes[0] if hashes else sha256(b"")
    k = left_part(len(hashes))
    return hash_node(root(hashes[:k]), root(hashes[k:]))


def frontier_root(hashes):
    """The root again, as appending makes it: by the frontier."""
    frontier = []
    for size, each in enumerate(hashes):
        while size & 1:
            each, size = hash_node(frontier.pop(), each), size >> 1
        frontier.append(each)
    if not frontier:
        return sha256(b"")
    while len(frontier) > 1:
        right = frontier.pop()
        frontier.append(hash_node(frontier.pop(), right))
    return frontier[0]


def inclusion(seq, hashes):
    """PATH of RFC 6962, section 2.1.1."""
    if len(hashes) == 1:
        return []
    k = left_part(len(hashes))
    if seq < k:
        return [*inclusion(seq, hashes[:k]), root(hashes[k:])]
    return [*inclusion(seq - k, hashes[k:]), root(hashes[:k])]


def consistency(older, hashes, whole=True):
    """PROOF of RFC 6962, section 2.1.2."""
    if older == len(hashes):
        return [] if whole else [root(hashes)]
    k = left_part(len(hashes))
    if older <= k:
        return [*consistency(older, hashes[:k], whole), root(hashes[k:])]
    return [*consistency(older - k, hashes[k:], False), root(hashes[:k])]
