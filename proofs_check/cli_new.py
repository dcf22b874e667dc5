"""`lemmascope new`: a claim file to start from, which verifies as it stands."""

from __future__ import annotations

import argparse
import keyword
import re
from datetime import date
from pathlib import Path

from theory.language.errors import InputError, explain

from .cli_output import stdout

TEMPLATE = '''\
"""Claims of my own. Verify them:  lemmascope verify {file}

A claim consists of a statement with named hypotheses, a derivation, one point at which all hypotheses hold, and at
least one false neighbour (a control) with the point that refutes it. Change one thing at a time and verify again; when
no certificate is found, the message says what was missing. The notation: theory/language/notation.py.
"""

from theory.language import Claim, Control, Source, Witness, statement
from theory.language.derivation import combine, witness

FIRST = Claim(
    "{family}.first", "The square of an average of two predictions",
    statement("""all a u v:real | H1: 0 <= a, H2: a <= 1
                 => (a*u + (1 - a)*v)^2 <= a*u^2 + (1 - a)*v^2"""),
    # as stated | reconstructed | strengthened | new
    Source("Your Name", {year}, "Title of the paper", "new", arxiv="", theorem="Lemma 1"),
    "The squared error of a weighted mean of two models is at most the weighted mean of their squared errors.",
    # The difference of both sides is a*(1 - a)*(u - v)^2: the product of H1 and H2 and a square.
    derivation=(combine("end", facts="H1 H2", squares=("u - v",)),),
    instance=Witness((witness("end", a="1/2", u="1", v="0"),)),
    controls=(
        Control("extrapolation", "H2, a <= 1, left out",
                statement("all a u v:real | H1: 0 <= a => (a*u + (1 - a)*v)^2 <= a*u^2 + (1 - a)*v^2"),
                Witness((witness("end", a="2", u="1", v="0"),))),
    ),
)

CLAIMS = (FIRST,)
'''


def run_new(args: argparse.Namespace) -> int:
    """Write the file unless there is something in its place already."""
    path = Path(args.file)
    write_new(path)
    stdout().print(f"wrote {path}; verify it with: lemmascope verify {path}", soft_wrap=True)
    return 0


def write_new(path: Path) -> None:
    """Write a claim file to start from. Raises InputError if the place is taken or cannot be written."""
    if path.suffix != ".py":
        raise InputError(explain(str(path), "a file name that ends in .py", repr(path.suffix),
                                 f"Use {path.name or 'my_claims'}.py, say."))
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE.format(file=path.name, family=family_of(path), year=date.today().year))
    except FileExistsError:
        remedy = "Choose another name; nothing was overwritten."
        raise InputError(explain(str(path), "a file that does not exist yet", "one that does", remedy)) from None
    except (OSError, ValueError) as error:
        found = " ".join(str(error).split())
        raise InputError(explain(str(path), "a place that can be written", found, "Name another place.")) from None


def family_of(path: Path) -> str:
    """Return the family of the ids in a new file: the file's name as far as an id may hold it.

    >>> family_of(Path("my-claims 2.py"))
    'my_claims_2'
    """
    from .registry import TEXTBOOK, families

    name = re.sub(r"[^A-Za-z0-9]+", "_", path.stem).strip("_") or "mine"
    taken = not name[0].isalpha() or keyword.iskeyword(name) or name in (TEXTBOOK, "all", "ax", *families())
    return f"my_{name}" if taken else name
