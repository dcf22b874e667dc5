"""Reading the JSON values of a certificate: what has another form is refused with its place."""

import re
from fractions import Fraction
from typing import Any, Callable

NUMBER = re.compile("-?(0|[1-9][0-9]{0,1999})(/[1-9][0-9]{0,1999})?")
WIDEST, MOST_CELLS, MOST_CORNERS = 2, 1 << 21, 1 << 14


class Refused(Exception):
    """The certificate proves nothing; the message says where and why."""


def need(condition: object, place: str, why: str) -> None:
    """Raise `Refused` unless the condition holds."""
    if not condition:
        raise Refused(f"{place}: {why}")


def fields(value: Any, place: str, names: str) -> list[Any]:
    """Return the values of an object that has exactly these keys."""
    need(type(value) is dict and set(value) == set(names.split()), place, f"an object with the fields {names} expected")
    return [value[name] for name in names.split()]


def number(value: Any, place: str) -> Fraction:
    """Return the rational of a text such as -3/4; floats and JSON numbers are refused."""
    need(type(value) is str and NUMBER.fullmatch(value), place, "a rational as a text such as -3/4 expected")
    return Fraction(value)


def whole(value: Any, place: str) -> int:
    """Return an integer from 1 to the most cells."""
    need(type(value) is int and 1 <= value <= MOST_CELLS, place, f"an integer from 1 to {MOST_CELLS} expected")
    return int(value)


def many(value: Any, place: str, read: Callable[[Any, str], Any], length: int | None = None) -> list[Any]:
    """Return the entries of a list, read one by one; of a given length, or not empty."""
    need(type(value) is list and value and length in (None, len(value)), place, f"a list of length {length or '>= 1'}")
    return [read(part, f"{place}[{k}]") for k, part in enumerate(value)]


def interval(value: Any, place: str) -> tuple[Fraction, Fraction]:
    """Return two rationals in order."""
    low, high = many(value, place, number, 2)
    need(low <= high, place, "the lower end is above the upper one")
    return low, high
