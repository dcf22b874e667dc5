"""Errors a user can meet; each message says where, what was required, what was found, and what to do."""

from __future__ import annotations


class LemmascopeError(Exception):
    """Base class of every error that Lemmascope raises on purpose.

    A message has four parts, built by `explain`; an error without them was raised by low-level code and gets them
    from the public function that catches it.
    """


class InputError(LemmascopeError, ValueError):
    """A value is outside its admissible range, or a text or file cannot be read. What was given is unchanged."""


class ExactnessError(LemmascopeError, TypeError):
    """A Python float (or another inexact number) was given where the value has to be exact."""


class UnknownNameError(LemmascopeError, LookupError):
    """A claim, family, file or name does not exist; the message lists the nearest names that do."""


class NotationError(InputError):
    """A formula or term in text form cannot be parsed; the message points at the place."""


class SearchFailed(LemmascopeError):
    """An engine found no certificate. This says nothing about the truth of the goal, only what the search lacked."""


class TooManyCycleTypes(LemmascopeError, OverflowError):
    """The exact orbit count would need more cycle types than the limit; the bias-ordered bound still applies."""


def explain(where: str, required: str, found: object, remedy: str) -> str:
    """Return the one-paragraph message "where: required ..., found ... . remedy".

    >>> explain("eps", "a positive number", -1, "Use eps > 0.")
    'eps: required a positive number, found -1. Use eps > 0.'
    """
    return f"{where}: required {required}, found {found}. {remedy}"
