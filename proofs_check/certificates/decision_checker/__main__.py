"""Command line: `python -I -S proofs_check/certificates/decision_checker CERTIFICATE.json [--json]`.

Exit code 0 if the answer of the certificate is proved, 1 otherwise: whatever cannot be read proves nothing.
"""

import json
import sys
from pathlib import Path
from typing import Any

from network import digest, parse
from refusal import Item, Refused
from refutations import REFUTATIONS
from witnesses import WITNESSES


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object whose keys come once."""
    Item([key for key, _ in pairs], "file").need(len(dict(pairs)) == len(pairs), "a key twice")
    return dict(pairs)


def examine(path: Path) -> dict[str, Any]:
    """Check the certificate in a file and return what was found; never raises."""
    found: dict[str, Any] = {"accepted": False}
    try:
        data = path.read_bytes()
        Item(len(data), "file").need(len(data) <= 64 << 20, "too many bytes")
        item = Item(json.loads(data, object_pairs_hook=unique), "certificate")
        sat = type(item.value) is dict and item.value.get("status") == "sat"
        proof, kinds = ("witness", WITNESSES) if sat else ("refutation", REFUTATIONS)
        head, schema, instance, status, body = item.fields(f"format schema instance status {proof}")
        item.need((head.value, repr(schema.value)) == ("lemmascope-decision", "1"), "another format or schema")
        net = parse(instance)
        found |= {"status": status.among(("sat", "unsat")), "instance": digest(net, instance.value)}
        kind = Item(body.value.get("kind") if type(body.value) is dict else None, f"{body.place}.kind").among(kinds)
        # some kinds refute that all labels are met, nothing more
        body.need(kind not in ("piercing", "rank", "identity", "multiplicative") or net.beaten(0, True), "no exact fit")
        kinds[kind](net, body)
        found |= {"kind": kind, "checked": str(kinds[kind].__doc__).split("\n")[0], "accepted": True}
    except Refused as error:
        found["reason"] = str(error)
    except Exception as error:  # whatever else a malformed or exhausting certificate raises, it proves nothing
        found["reason"] = f"file: {type(error).__name__} {error}"[:300]
    return found


def main(arguments: list[str]) -> int:
    """Check the certificate named on the command line, print the finding and return the exit code."""
    found = examine(Path(*(word for word in arguments if word != "--json")))
    text = "accepted  {status}, {kind}: {checked}\ninstance  {instance}" if found["accepted"] else "REJECTED  {reason}"
    text = json.dumps(found, sort_keys=True) if "--json" in arguments else text.format(**found)
    print(text.encode("ascii", "backslashreplace").decode())
    return 0 if found["accepted"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
