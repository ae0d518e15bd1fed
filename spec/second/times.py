"""Times: spec/event.md, section 3. Whole microseconds since 1970 UTC."""
import re
from datetime import date

TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})"
    r"(?:\.([0-9]{1,9}))?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))"
)
DAY = 86_400_000_000
EPOCH = date(1970, 1, 1).toordinal()
END = (date(2255, 1, 1).toordinal() - EPOCH) * DAY


def parse_time(text):
    """The moment, or None if it is no such time."""
    found = TIME.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(found[i]) for i in range(1, 7))
    try:
        days = date(year, month, day).toordinal() - EPOCH
    except ValueError:
        return None
    offset_hour, offset_minute = int(found[9] or 0), int(found[10] or 0)
    if hour > 23 or minute > 59 or second > 59 or offset_hour > 23 or offset_minute > 59:
        return None
    minutes = hour * 60 + minute
    ahead = offset_hour * 60 + offset_minute
    minutes += ahead if found[8] == "-" else -ahead
    decimals = int((found[7] or "")[:6].ljust(6, "0"))
    moment = days * DAY + (minutes * 60 + second) * 1_000_000 + decimals
    return moment if 0 <= moment < END else None


def format_time(moment):
    day, rest = divmod(moment, DAY)
    seconds, decimals = divmod(rest, 1_000_000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{date.fromordinal(EPOCH + day).isoformat()}T{hour:02}:{minute:02}:{second:02}.{decimals:06}Z"
