"""Arguments that cannot be read: the four-part paragraph of every other error, in place of argparse's own two."""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from theory.language.errors import InputError, explain

_CHOICE = re.compile(r"argument (?P<where>.+?): invalid choice: (?P<found>.+?) \(choose from (?P<known>.*)\)", re.S)
_ARGUMENT = re.compile(r"argument (?P<where>.+?): (?P<text>.*)", re.S)
_MISSING = "the following arguments are required: "
_UNKNOWN = "unrecognized arguments: "
_QUOTES = str.maketrans("", "", "'\"")


class Parser(argparse.ArgumentParser):
    """A parser that says where, what is required, what was found and what to do, in one paragraph; exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Write the paragraph to stderr and leave with exit code 2."""
        text = usage_message(self.prog, message)
        text = " ".join(text.split())
        print(text if text.startswith("lemmascope") else f"lemmascope: {text}", file=sys.stderr, flush=True)
        raise SystemExit(2)


def usage_message(prog: str, message: str) -> str:
    """Return argparse's message in four parts."""
    help_command = f"`{prog} --help`"
    if match := _CHOICE.fullmatch(message):
        known = [word.strip() for word in match["known"].translate(_QUOTES).split(",")]
        near = difflib.get_close_matches(match["found"].translate(_QUOTES), known, 1)
        remedy = f"Did you mean {near[0]}?" if near else f"Use one of these; {help_command} shows examples."
        return explain(match["where"], f"one of {', '.join(known)}", match["found"], remedy)
    if message.startswith(_MISSING):
        return explain(prog, message[len(_MISSING):], "nothing in its place", f"Run {help_command} for examples.")
    if message.startswith(_UNKNOWN):
        found = message[len(_UNKNOWN):]
        return explain(prog, "the arguments that it knows", found, f"Run {help_command} for all of them.")
    match = _ARGUMENT.fullmatch(message)
    if match and match["text"].startswith("expected "):
        required = match["text"].removeprefix("expected ").replace("argument", "value")
        remedy = f"A value that begins with - is written {match['where'].split('/')[-1]}=VALUE."
        return explain(match["where"], required, "none", remedy)
    if match and " is not a " in match["text"]:
        found, _, required = match["text"].partition(" is not ")
        return explain(match["where"], required, found, f"Run {help_command} for examples.")
    where, found = (match["where"], match["text"]) if match else (prog, message)
    return explain(where, "what its help describes", found.rstrip("."), f"Run {help_command} for examples.")


def refuse(args: argparse.Namespace, names: Sequence[str], use: str) -> None:
    """Refuse options that would be ignored. Raises InputError, naming the first of them.

    Args:
        names: of the options, as attributes. use: the command that they belong to.
    """
    for name in names:
        if getattr(args, name, None):
            raise InputError(explain("--" + name.replace("_", "-"), "options that describe the model", f"one of {use}",
                                     f"Leave it out, or run {use}."))


def whole(text: str) -> int:
    """Read a whole number of at most 18 digits; whether it is in range is for the function that takes it to say."""
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)


def seconds(text: str) -> float:
    """Read a number of seconds, written as a decimal of at most 9 digits on either side of the point."""
    if not re.fullmatch(r"[+-]?([0-9]{1,9}(\.[0-9]{0,9})?|\.[0-9]{1,9})", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return float(text)
