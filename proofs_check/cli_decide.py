"""`lemmascope decide`: is there a choice of weights that brings the loss of a training instance to its threshold?"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from theory.language.errors import InputError, explain

from .cli_output import outcome_text, stdout, write_text
from .cli_usage import seconds

if TYPE_CHECKING:
    from proofs_check.etr_training.decision import Decision
    from theory.etr_training.instance import TrainingInstance

EXAMPLES = """\
examples:
  lemmascope decide examples/instances/abs5-w2.json
  lemmascope decide INSTANCE.json --certificate answer.json      what the stand-alone checker replays
  lemmascope decide INSTANCE.json --method boxes --timeout 300   one method only, five minutes
  lemmascope decide INSTANCE.json --smt2 question.smt2 --encoding L1
  lemmascope decide INSTANCE.json --picture network.svg --json
An instance of your own: theory.etr_training.instance.TrainingInstance(...).to_json() writes one; numbers are ints or
texts such as "14/5" and "0.1". A certificate is checked again, by the standard library alone, with
  python -I -S proofs_check/certificates/decision_checker answer.json

answers: sat, unsat (both with a certificate that was re-checked), agreed-unsat (two solvers agree, no certificate),
unknown (with the best bounds on the loss; running out of time is never unsat)
exit codes: 0 an answer, unknown included; 2 bad input; 3 unknown, with --strict
"""
_LONGEST_WITNESS = 24
_MEANING = {
    "sat": "there are weights with this loss",
    "unsat": "no weights have this loss",
    "agreed-unsat": "two solvers found no weights; there is no certificate",
    "unknown": "undecided",
}


def add_decide(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the sub-command."""
    parser.add_argument("instance", metavar="INSTANCE.json", help="a training instance")
    parser.add_argument("--method", metavar="NAME", default="auto",
                        help="one method instead of all that apply (a wrong name lists them)")
    parser.add_argument("--timeout", type=seconds, metavar="S", default=60.0, help="seconds for the search (60)")
    parser.add_argument("--certificate", metavar="F", help="write the certificate to this file")
    parser.add_argument("--smt2", metavar="F", help="also write the question in SMT-LIB 2 to this file")
    parser.add_argument("--encoding", metavar="E", help="encoding for --smt2: N0, N1, N2, L0, L1, L3, E1 (N1)")
    parser.add_argument("--picture", metavar="F", help="also draw the network into this file, .svg or .dot")
    parser.add_argument("--json", action="store_true", help="the decision as JSON on stdout")
    parser.add_argument("--strict", action="store_true", help="exit 3 if the answer is unknown")


def run_decide(args: argparse.Namespace) -> int:
    """Decide an instance: 0 with an answer, 3 under --strict if it is unknown; bad input raises InputError."""
    from proofs_check.etr_training.decide import METHODS, decide
    from theory.etr_training.instance import TrainingInstance

    if args.method not in ("auto", *METHODS):
        raise InputError(explain("--method", f"auto or one of {', '.join(METHODS)}", args.method, "Leave it out."))
    if not args.timeout > 0:
        raise InputError(explain("--timeout", "a positive number of seconds", f"{args.timeout:g}", "Use --timeout 60."))
    if args.encoding and not args.smt2:
        raise InputError(explain("--encoding", "--smt2 FILE beside it", "--encoding alone", "Name a file."))
    instance = TrainingInstance.from_json(Path(args.instance))
    _write_question(instance, args)
    decision = decide(instance, method=args.method, timeout=args.timeout)
    if args.certificate:
        _write_certificate(decision, args.certificate)
    if args.json:
        record = json.loads(decision.to_json()) | {"seconds": round(decision.seconds, 3)}
        write_text(json.dumps(record, indent=1, sort_keys=True))
    else:
        _print(instance, decision, args)
    return 3 if args.strict and decision.status == "unknown" else 0


def _write_question(instance: TrainingInstance, args: argparse.Namespace) -> None:
    """Write the SMT-LIB text and the picture that were asked for, before anything is searched."""
    if args.smt2:
        from theory.etr_training.encodings import to_smt2

        _write(args.smt2, to_smt2(instance, args.encoding or "N1"))
    if args.picture:
        from proofs_check.etr_training.pictures import to_dot, to_svg

        kinds = {".svg": to_svg, ".dot": to_dot, ".gv": to_dot}
        suffix = Path(args.picture).suffix.lower()
        if suffix not in kinds:
            raise InputError(explain("--picture", "a name that ends in .svg or .dot", args.picture, "Rename it."))
        _write(args.picture, kinds[suffix](instance))


def _write_certificate(decision: Decision, name: str) -> None:
    if decision.certificate is None:
        raise InputError(explain("--certificate", "an answer sat or unsat, which has a certificate",
                                 str(decision), "Give it more time, or leave --certificate out."))
    _write(name, json.dumps(decision.certificate, sort_keys=True, separators=(",", ":")) + "\n")


def _write(name: str, text: str) -> None:
    try:
        Path(name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(explain(name, "a file that can be written", error.strerror or str(error),
                                 "Check the directory and its permissions.")) from None


def _print(instance: TrainingInstance, decision: Decision, args: argparse.Namespace) -> None:
    console = stdout()
    relation = "<" if instance.strict else "<="
    console.print(f"{instance.name or args.instance}: loss {relation} {instance.threshold}?", soft_wrap=True)
    good = decision.status != "unknown"
    console.print(outcome_text(f"{decision.status}: {_MEANING[decision.status]}", good), soft_wrap=True)
    rows = [("engine", decision.engine), ("time", f"{decision.seconds:.2f} s"), ("reason", decision.reason),
            ("loss", _bounds(decision)), ("witness", _witness(decision.witness)), ("cost", decision.cost),
            ("certificate", _certificate(decision, args.certificate)),
            *(("written", name) for name in (args.smt2, args.picture) if name)]
    for label, text in rows:
        if text:
            console.print(f"  {label:<12}{text}", soft_wrap=True)


def _bounds(decision: Decision) -> str:
    """Return what is known of the optimal loss."""
    parts = [f"{word} {value}" if len(str(value)) <= 30 else f"{word} about {float(value):.9g}"
             for word, value in (("at least", decision.lower), ("at most", decision.upper)) if value is not None]
    return "the optimum is " + " and ".join(parts) if parts else ""


def _witness(witness: Mapping[str, Any] | None) -> str:
    """Return the weights, as many as fit."""
    if not witness:
        return ""
    if witness["kind"] == "krawczyk":
        pairs = {name: f"{_decimal(centre)} +- {float(_decimal(radius)):.1g}" for name, centre, radius
                 in zip(witness["variables"], witness["centre"], witness["radius"], strict=True)} | witness["fixed"]
    elif witness["kind"] == "logits":
        pairs = {name: " + ".join(f"{q} ln {r}" for q, r in parts) or "0" for name, parts in
                 witness["weights"].items()}
    elif witness["kind"] == "algebraic":
        pairs = {name: _in_generator(parts) for name, parts in witness["weights"].items()}
    else:
        pairs = dict(witness["weights"])
    shown = [f"{name} = {value}" for name, value in list(pairs.items())[:_LONGEST_WITNESS]]
    more = f", and {len(pairs) - len(shown)} more" if len(pairs) > len(shown) else ""
    generator = ""
    if witness["kind"] == "algebraic":
        low, high = witness["interval"]
        generator = f"; a is the root of {_in_generator(witness['polynomial'])} in ({low}, {high})"
    return f"{witness['kind']}: {', '.join(shown)}{more}{generator}"


def _decimal(value: int | str) -> str:
    from fractions import Fraction

    return f"{float(Fraction(value)):.12g}"


def _in_generator(coefficients: list[int | str]) -> str:
    """Return a polynomial in the generator `a` as text."""
    powers = [("" if k == 0 else "a" if k == 1 else f"a^{k}") for k in range(len(coefficients))]
    terms = [str(c) if not p else p if c == 1 else f"-{p}" if c == -1 else f"{c} {p}"
             for c, p in zip(coefficients, powers, strict=True) if c != 0]
    return " + ".join(terms).replace("+ -", "- ") or "0"


def _certificate(decision: Decision, name: str | None) -> str:
    if decision.certificate is None:
        return ""
    size = len(json.dumps(decision.certificate, separators=(",", ":")))
    kind = (decision.certificate.get("witness") or decision.certificate.get("refutation") or {}).get("kind", "")
    return f"{kind}, {size} bytes, accepted by the checker" + (f", written to {name}" if name else "")
