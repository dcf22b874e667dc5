"""Command line: `python -I -S proofs_check/certificates/checker REPORT.json [--json] [--axioms FILE]`.

Exit code 0 if everything is accepted, 1 if something is rejected, 2 if a file cannot be read or is malformed at top
level.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from rejection import FILE_BYTES, need
from report import check, load

AXIOMS = Path(__file__).resolve().parent.parent / "axioms.json"


def read(path: Path) -> bytes:
    """Return the bytes of a file; of one that is too large only so much that it will be refused."""
    with path.open("rb") as file:
        return file.read(FILE_BYTES + 1)


def line(name: str, result: dict[str, Any]) -> str:
    """Return one line about a claim or point."""
    if not result["accepted"]:
        return f"REJECTED  {name}: {result['reason']}"
    given = f", given {', '.join(result['cited'])}" if result.get("cited") else ""
    return f"accepted  {name}: {result.get('point', 'claim')} {result['grade']}{given} {result['digest'][:12]}"


def main(arguments: list[str]) -> int:
    """Check the report named on the command line, print the result and return the exit code."""
    try:
        words = [word for word in arguments if word != "--json"]
        path = words.pop(words.index("--axioms") + 1) if "--axioms" in words[:-1] else AXIOMS
        names = [word for word in words if word != "--axioms"]
        need(len(names) == 1, "usage: checker REPORT.json [--json] [--axioms FILE]")
        table = read(Path(path))
        result = check(load(read(Path(names[0]))), load(table), sha=hashlib.sha256(table).hexdigest())
    except Exception as error:
        print(f"cannot be checked: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    lines = [line(name, r) for part in ("claims", "points") for name, r in result[part].items()]
    print(json.dumps(result) if "--json" in arguments else "\n".join(lines))
    return 0 if result["accepted"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
