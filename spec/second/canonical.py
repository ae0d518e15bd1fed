"""The canonical text of JSON, RFC 8785: spec/event.md, section 6. Numbers are floats, objects are dicts."""
import json


def utf16(text):
    """The order of texts: by UTF-16 code units."""
    return text.encode("utf-16-be")


def number_text(value):
    """A number as ECMAScript writes it. Python's shortest digits are ECMAScript's; where the point stands isn't."""
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    digits, point = shortest(abs(value))
    count = len(digits)
    if count <= point <= 21:
        return sign + digits + "0" * (point - count)
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    power = point - 1
    rest = "." + digits[1:] if count > 1 else ""
    return f"{sign}{digits[0]}{rest}e{'+' if power > 0 else '-'}{abs(power)}"


def shortest(value):
    """The shortest digits of a positive double without zeros at either end, and the power of ten of 0.digits."""
    decimal, _, exponent = repr(value).partition("e")
    whole, _, fraction = decimal.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(digits) - len(fraction) + int(exponent or 0)
    return digits.rstrip("0"), point


def jcs(value):
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (int, float)):
        return number_text(float(value))
    if isinstance(value, list):
        return "[" + ",".join(map(jcs, value)) + "]"
    return "{" + ",".join(f"{jcs(name)}:{jcs(value[name])}" for name in sorted(value, key=utf16)) + "}"
