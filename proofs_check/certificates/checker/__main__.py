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


def read(path: Path) -> bytes:
    """Return the bytes of a file that is not too large."""
    need(path.stat().st_size <= FILE_BYTES, "file too large:", str(path))
    return path.read_bytes()


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
        at = words.index("--axioms") if "--axioms" in words else len(words)
        default = Path(__file__).resolve().parent.parent / "axioms.json"
        need(len(words) - 2 * (at < len(words)) == 1, "usage: checker REPORT.json [--json] [--axioms FILE]")
        table = read(Path(words[at + 1]) if at < len(words) else default)
        data = read(Path((words[:at] + words[at + 2 :])[0]))
        result = check(load(data), load(table), sha=hashlib.sha256(table).hexdigest())
    except Exception as error:
        print(f"cannot be checked: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    if "--json" in arguments:
        print(json.dumps(result))
    else:
        print("\n".join(line(name, r) for part in ("claims", "points") for name, r in result[part].items()))
    return 0 if result["accepted"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
