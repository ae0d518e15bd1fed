"""Reads an audit log CSV as the founding document tells its users to: csv, then ' replaced by ", then json.
Prints one JSON array a row: author, organization, event type, data, time."""

import csv
import json
import sys

csv.field_size_limit(sys.maxsize)
rows = csv.reader(open(sys.argv[1], encoding="utf-8", newline=""), strict=True)
header = next(rows)
assert header == ["AUTHOR", "ORGANIZATION", "EVENT_TYPE", "DATA", "TIME"], header
for author, organization, event_type, data, time in rows:
    parsed = json.loads(data.replace("'", '"'))
    print(json.dumps([author, organization, event_type, parsed, time]))
