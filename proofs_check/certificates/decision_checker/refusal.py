"""The one exception of this checker, and reading JSON values: what is read is checked, and refused with its place."""

import re
from collections import namedtuple
from fractions import Fraction
from typing import Any

RATIONAL = re.compile("-?[0-9]{1,4000}(/0{0,9}[1-9][0-9]{0,3999})?")


class Refused(Exception):
    """The certificate does not prove its answer; the message says where and why."""


class Item(namedtuple("Item", "value place")):
    """A JSON value and its place in the file."""

    def need(self, condition: object, why: str) -> None:
        """Raise `Refused` unless the condition holds."""
        if not condition:
            raise Refused(f"{self.place}: {why}; there stands {repr(self.value)[:80]}")

    def members(self, known: Any) -> dict[str, "Item"]:
        """Return the fields of an object whose keys are among the known ones."""
        self.need(type(self.value) is dict and self.value.keys() <= set(known), f"no object, or not of {known}"[:400])
        return {key: Item(part, f"{self.place}.{key}") for key, part in self.value.items()}

    def fields(self, names: str, optional: str = "") -> list["Item"]:
        """Return the fields of an object that has these and, besides optional ones, no others."""
        found = self.members(f"{names} {optional}".split())
        self.need(found.keys() >= set(names.split()), f"the fields {names} expected")
        return [found[key] for key in names.split()]

    def parts(self, length: int | None = None) -> list["Item"]:
        """Return the entries of a list, if asked of a given length."""
        self.need(type(self.value) is list and length in (None, len(self.value)), f"a list of length {length} expected")
        return [Item(part, f"{self.place}[{k}]") for k, part in enumerate(self.value)]

    def rational(self) -> Fraction:
        """Return the number of an integer or of a text `p/q`; a bool is no integer."""
        text = type(self.value) is str and RATIONAL.fullmatch(self.value)
        self.need(text or type(self.value) is int, "a rational expected")
        return Fraction(self.value)

    def numbers(self, length: int | None = None) -> list[Fraction]:
        """Return the rationals of a list."""
        return [q.rational() for q in self.parts(length)]

    def below(self, size: int) -> int:
        """Return an index from 0 to size - 1."""
        self.need(type(self.value) is int and 0 <= self.value < size, f"an index below {size} expected")
        return self.value

    def among(self, known: Any) -> str:
        """Return a text out of some known ones."""
        self.need(type(self.value) is str and self.value in known, "an unknown name")
        return self.value
