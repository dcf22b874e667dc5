"""Command line: `python -I -S proofs_check/certificates/enclosure_checker CERTIFICATE.json [--json]`.

Exit code 0 if all bounds of the certificate are confirmed, 1 otherwise: whatever cannot be read proves nothing.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from entries import Refused, fields, many, need
from replay import Chain, confirm


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object whose keys come once."""
    need(len(dict(pairs)) == len(pairs), "file", "a key twice")
    return dict(pairs)


def examine(path: Path) -> dict[str, Any]:
    """Check the certificate in a file and return what was found; never raises."""
    found: dict[str, Any] = {"accepted": False}
    try:
        data = path.read_bytes()
        need(len(data) <= 64 << 20, "file", "too many bytes")
        head, schema, given, cells, claims = fields(json.loads(data, object_pairs_hook=unique), "certificate",
                                                    "format schema chain cells claims")
        need((head, repr(schema)) == ("lemmascope-enclosure", "1"), "certificate", "another format or schema")
        chain = Chain(given, cells)
        gaps = many(claims, "claims", lambda claim, place: confirm(chain, claim, place))
        text = json.dumps(given, sort_keys=True, separators=(",", ":"))
        found |= {"accepted": True, "grade": "enclosed", "chain": hashlib.sha256(text.encode()).hexdigest(),
                  "layers": len(chain.layers), "cells": chain.count, "claims": len(gaps), "widest": str(max(gaps)),
                  "checked": "The conditional expectation q_0 lies within the claimed bounds on every claimed box."}
    except Refused as error:
        found["reason"] = str(error)[:300]
    except Exception as error:  # whatever else a malformed or exhausting certificate raises, it proves nothing
        found["reason"] = f"file: {type(error).__name__} {error}"[:300]
    return found


def main(arguments: list[str]) -> int:
    """Check the certificate named on the command line, print the finding and return the exit code."""
    found = examine(Path(*(word for word in arguments if word != "--json")))
    text = "accepted  {grade}: {claims} bounds of {layers} layers on {cells} cells\nchain     {chain}"
    text = text if found["accepted"] else "REJECTED  {reason}"
    text = json.dumps(found, sort_keys=True) if "--json" in arguments else text.format(**found)
    print(text.encode("ascii", "backslashreplace").decode())
    return 0 if found["accepted"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
