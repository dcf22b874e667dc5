"""The one exception of the checker, and the caps that keep a hostile report from exhausting the machine."""

from typing import Any

BITS = 1 << 21  # bits of a number during exact evaluation
COEFFICIENT_BITS = 1 << 16  # bits of a coefficient of a polynomial
PAIRS = 1 << 17  # pairs of terms in one product of polynomials
TEXT = 1 << 22  # characters of one canonical text: repeated substitution can double it at every level
INDEX = 10**5  # absolute value of an index, exponent or factorial argument
WORK = 10**7  # parts of terms evaluated in one `compute` step
SUMMAND = 10  # parts that one summand counts for, more if it is long: at most 10^6 summands in a step
DIGITS = 4_000  # digits of a number in a file; Python itself stops at 4,300
FILE_BYTES = 64 << 20
DEPTH = 250  # nesting of lists and objects in a file
PRECISION = 1 << 12  # bits of precision of a leaf of `enclose`
NAME_LENGTH = 200


class Reject(Exception):
    """The report does not prove what it says; the message says where and why."""


def need(condition: object, *why: object) -> None:
    """Raise `Reject` with the parts of the message joined by blanks unless the condition holds."""
    if not condition:
        raise Reject(" ".join(shorten(part) for part in why))


def shorten(part: object, limit: int = 400) -> str:
    """Return the text of one part of a message, cut to a readable length."""
    text = part if isinstance(part, str) else repr(part)
    return text if len(text) <= limit else text[:limit] + "..."


def fields(record: Any, required: str, optional: str = "") -> None:
    """Refuse anything but an object with exactly the required keys and perhaps some of the optional ones."""
    need(type(record) is dict, "an object expected, found", record)
    missing, unknown = set(required.split()) - set(record), set(record) - set(f"{required} {optional}".split())
    need(not missing and not unknown, "missing fields:", sorted(missing), "unknown fields:", sorted(unknown))


def listed(value: Any) -> Any:
    """Return a list, refuse anything else."""
    need(type(value) is list, "a list expected, found", value)
    return value


def reason(error: Exception) -> str:
    """Return the message of a rejection; any other exception comes from a malformed report."""
    text = str(error) if isinstance(error, Reject) else f"malformed: {type(error).__name__} {error}"
    return shorten(text, 2000)
