"""Building blocks of SMT-LIB 2 texts about training instances: symbols, numerals, sums, declarations, the cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from theory.etr_training.instance import TrainingInstance


def numeral(value: Fraction) -> str:
    """Return a rational in SMT-LIB's language.

    >>> numeral(Fraction(-3, 2)), numeral(Fraction(2))
    ('(- (/ 3.0 2.0))', '2.0')
    """
    size = f"{abs(value.numerator)}.0"
    size = size if value.denominator == 1 else f"(/ {size} {value.denominator}.0)"
    return f"(- {size})" if value < 0 else size


def scaled(value: Fraction, term: str) -> str:
    """Return `value * term`, without a factor 1."""
    return term if value == 1 else f"(* {numeral(value)} {term})"


def total(terms: Iterable[str]) -> str:
    """Return the sum of terms; 0.0 if there are none."""
    listed = list(terms)
    return "0.0" if not listed else listed[0] if len(listed) == 1 else f"(+ {' '.join(listed)})"


def parameter(name: str) -> str:
    """Return the symbol of a parameter: its name in bars."""
    return f"|{name}|"


def value(vertex: str, point: int) -> str:
    """Return the symbol of a vertex's value at a point. Names hold no spaces, so it is no parameter's symbol."""
    return f"|{vertex} at {point}|"


def pre_activation(vertex: str, point: int) -> str:
    """Return the symbol of a vertex's pre-activation at a point."""
    return f"|into {vertex} at {point}|"


def declared(symbol: str, sort: str = "Real") -> str:
    """Return the declaration of a constant."""
    return f"(declare-fun {symbol} () {sort})"


def defined(symbol: str, term: str) -> str:
    """Return the definition of a real constant."""
    return f"(define-fun {symbol} () Real {term})"


def asserted(term: str) -> str:
    """Return an assertion."""
    return f"(assert {term})"


def cost(instance: TrainingInstance, output: Callable[[str, int], str]) -> str:
    """Return the one assertion about the loss, from the symbols of the sinks' outputs.

    For exact fit this is the conjunction of equations output = label, else a sum of squares against the threshold.
    """
    labelled = [(output(t, i), label) for i, row in enumerate(instance.labels) for t, label in zip(instance.sinks, row)
                if label is not None]
    if instance.exact_fit:
        return asserted(f"(and true {' '.join(f'(= {out} {numeral(label)})' for out, label in labelled)})")
    residuals = [out if not label else f"(- {out} {numeral(label)})" for out, label in labelled]
    relation = "<" if instance.strict else "<="
    return asserted(f"({relation} {total(f'(* {r} {r})' for r in residuals)} {numeral(instance.threshold)})")


def parameters(instance: TrainingInstance) -> list[str]:
    """Return the declarations of the trained parameters, definitions of pinned ones, and the box."""
    fixed = dict(instance.pinned)
    lines = [defined(parameter(p), numeral(fixed[p])) if p in fixed else declared(parameter(p))
             for p in instance.parameters]
    if instance.box is not None:
        low, high = numeral(-instance.box), numeral(instance.box)
        lines += [asserted(f"(<= {low} {parameter(p)} {high})") for p in instance.free]
    return lines


def affine(instance: TrainingInstance, vertex: str, point: int, output: Callable[[str, int], str]) -> str:
    """Return the pre-activation of a vertex at a point as a term; terms with a factor 0 are left out."""
    at = dict(zip(instance.sources, instance.points[point]))
    terms = [parameter(vertex)] if vertex in instance.biased else []
    for u in instance.incoming[vertex]:
        weight = parameter(f"{u}->{vertex}")
        if u not in at:
            terms.append(f"(* {weight} {output(u, point)})")
        elif at[u]:
            terms.append(scaled(at[u], weight))
    return total(terms)


def disjunctive_max(h: str, z: str) -> str:
    """Return `h = max(z, 0)` without if-then-else."""
    return f"(and (>= {h} 0.0) (>= {h} {z}) (or (<= {h} 0.0) (<= {h} {z})))"
