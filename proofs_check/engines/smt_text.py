"""The SMT-LIB 2 text of "facts imply goal": unsat means that the implication holds.

Everything that is not a polynomial operation is a constant of the text: names, calls of functions and generators,
entries, traces, sums, 1/b. Equal subterms up to bound names and polynomial rearrangement of scalar arguments share one
constant; nothing else is known about it, so `unsat` is a statement about all values. Division by b is multiplication
by the constant of 1/b, and b * (1/b) = 1 is asserted only for a b that a listed fact states to be nonzero, positive or
negative. Powers are written as products, because solvers do not read back `^` in these logics.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from theory.language.errors import ExactnessError, InputError, explain

Term = Any
Formula = Any
Monomial = tuple[tuple[str, int], ...]
Polynomial = dict[Monomial, Fraction]

RELATIONS = ("<=", "<", "=", "!=")
MATRIX_HEADS = ("T", "I", "rows", "build")
INT_GENERATORS = frozenset({"fact", "binom", "ceil", "floor", "iite"})
MAX_TEXT = 1_000_000
MAX_TERMS = 20_000


def smt_text(facts: Sequence[Formula], goal: Formula, sorts: Mapping[str, Any]) -> str:
    """Return the text whose unsatisfiability proves the goal from the facts.

    **Arguments**
    - `facts`: relations between scalars, or `or` / `some` without variables of such.
    - `goal`: one relation; its negation is asserted.
    - `sorts`: sorts of the free names ("real", "int", function sorts; missing ones are real).

    **Raises** InputError for a formula of another shape or a text beyond 10^6 characters, ExactnessError for floats.
    """
    return _Writer(sorts).write(facts, goal)


class _Writer:
    """Collects the constants of one text; each is keyed by the normal form of what it stands for."""

    def __init__(self, sorts: Mapping[str, Any]) -> None:
        self.sorts = sorts
        self.constants: dict[str, tuple[str, str, Term]] = {}
        self.inverses: dict[str, Term] = {}

    def write(self, facts: Sequence[Formula], goal: Formula) -> str:
        if not isinstance(goal, (tuple, list)) or not goal or goal[0] not in RELATIONS:
            raise InputError(explain("decided", "a goal that is one relation", goal, "Split the goal into relations."))
        asserted = [self.formula(f) for f in facts]
        asserted.append(f"(not {self.formula(goal)})")
        nonzero = self.known_nonzero(facts)
        done: set[str] = set()
        # Writing b may bring new constants of 1/c in, so go on until none is left.
        while todo := [key for key in self.inverses if key not in done]:
            for key in todo:
                done.add(key)
                b = self.inverses[key]
                if _text(self.poly(b)) in nonzero:
                    asserted.append(f"(= (* {self.emit(b)} {self.constants[key][0]}) 1.0)")
        logic = "QF_NIRA" if any(sort == "Int" for _, sort, _ in self.constants.values()) else "QF_NRA"
        lines = [f"(set-logic {logic})"]
        for name, sort, term in self.constants.values():
            lines += [f"; {name} stands for {_comment(term)}", f"(declare-const {name} {sort})"]
        lines += [f"(assert {a})" for a in asserted] + ["(check-sat)", ""]
        return _bounded("\n".join(lines))

    def known_nonzero(self, facts: Sequence[Formula]) -> set[str]:
        """Normal forms of +-(right - left) for the facts with < or !=."""
        known = set()
        for fact in facts:
            if fact[0] in ("<", "!="):
                difference = _add(self.poly(fact[2]), self.poly(fact[1]), Fraction(-1))
                known |= {_text(difference), _text(_add({}, difference, Fraction(-1)))}
        return known

    def formula(self, f: Formula) -> str:
        if not isinstance(f, (tuple, list)) or not f:
            raise InputError(explain("decided", "a formula", f, "See the grammar of statements."))
        if f[0] in RELATIONS and len(f) == 3:
            left, right = self.emit(f[1]), self.emit(f[2])
            return f"(not (= {left} {right}))" if f[0] == "!=" else f"({f[0]} {left} {right})"
        if f[0] == "or":
            return "(or " + " ".join(self.formula(g) for g in f[1:]) + ")"
        if f[0] in ("some", "all") and not f[1]:
            parts = _many("and", [self.formula(g) for g in f[2]], "true")
            return parts if f[0] == "some" else f"(=> {parts} {self.formula(f[3])})"
        raise InputError(explain("decided", "facts that are relations between scalars", f[0],
                                 "Instantiate quantified facts by apply before this step."))

    # ---- emission ----------------------------------------------------------------------------------------------------
    def emit(self, t: Term) -> str:
        if isinstance(t, int) and not isinstance(t, bool):
            return _number(Fraction(t))
        if isinstance(t, float) or isinstance(t, bool):
            raise ExactnessError(explain("decided", "exact numbers", t, 'Write ["q", p, q] for a fraction.'))
        if self.is_matrix(t):
            raise InputError(explain("decided", "relations between scalars", t, "State it about entries or traces."))
        if isinstance(t, str):
            return self.constant(t)
        head, args = t[0], t[1:]
        if head == "q":
            return _number(Fraction(args[0], args[1]))
        if head == "^":
            return _many("*", [self.emit(args[0])] * args[1], "1.0")
        if head in ("+", "*"):
            return _many(head, [self.emit(a) for a in args], "0.0" if head == "+" else "1.0")
        if head == "/":
            below = self.poly(args[1])
            if set(below) <= {()} and below:
                return f"(* {self.emit(args[0])} {_number(1 / below[()])})"
            return f"(* {self.emit(args[0])} {self.constant(('/', 1, args[1]))})"
        return self.constant(t)

    def constant(self, t: Term) -> str:
        inverse = isinstance(t, (tuple, list)) and t[0] == "/"
        key = f"1/({_text(self.poly(t[2]))})" if inverse else self.key(t, {}, 0)
        if key not in self.constants:
            sort = "Int" if not inverse and self.sort(t) == "int" else "Real"
            self.constants[key] = (f"x{len(self.constants)}", sort, t)
            if inverse:
                self.inverses[key] = t[2]
        name, sort, _ = self.constants[key]
        return f"(to_real {name})" if sort == "Int" else name

    def sort(self, t: Term) -> str:
        """"int" for int names and calls with an int result; a term taken as real only loses strength.

        Sums, entries and traces count as real whatever their body, as in the text that the checker writes.
        """
        if isinstance(t, str):
            return "int" if self.sorts.get(t) == "int" else "real"
        if isinstance(t, int):
            return "int"
        head = t[0]
        declared = self.sorts.get(head)
        if declared is not None:
            return "int" if declared[0] == "fun" and declared[2] == "int" else "real"
        return "int" if head in INT_GENERATORS else "real"

    def is_matrix(self, t: Term) -> bool:
        """Whether a term is a matrix (or an object): what no solver is asked about."""
        if isinstance(t, str):
            declared = self.sorts.get(t)
            return declared == "obj" or (declared is not None and declared[0] == "mat")
        if isinstance(t, int):
            return False
        if t[0] in ("+", "*"):
            return any(self.is_matrix(a) for a in t[1:])
        declared = self.sorts.get(t[0])
        return t[0] in MATRIX_HEADS or (declared is not None and declared[0] == "fun" and declared[2][0] == "mat")

    # ---- normal forms ------------------------------------------------------------------------------------------------
    def poly(self, t: Term, bound: Mapping[str, int] | None = None, depth: int = 0) -> Polynomial:
        """A scalar term as a polynomial in keyed constants; `bound` numbers the bound names by depth."""
        bound = bound or {}
        if isinstance(t, int) and not isinstance(t, bool):
            return _add({}, {(): Fraction(t)})
        if isinstance(t, str):
            return {((self.key(t, bound, depth), 1),): Fraction(1)}
        head, args = t[0], t[1:]
        if head == "q":
            return _add({}, {(): Fraction(args[0], args[1])})
        if head == "+":
            total: Polynomial = {}
            for a in args:
                total = _add(total, self.poly(a, bound, depth))
            return total
        if head in ("*", "^"):
            factors = [args[0]] * args[1] if head == "^" else args
            total = {(): Fraction(1)}
            for a in factors:
                total = _multiply(total, self.poly(a, bound, depth))
            return total
        if head == "/":
            below = self.poly(args[1], bound, depth)
            above = self.poly(args[0], bound, depth)
            if set(below) <= {()} and below:
                return _add({}, above, 1 / below[()])
            return _multiply(above, {((f"1/({_text(below)})", 1),): Fraction(1)})
        return {((self.key(t, bound, depth), 1),): Fraction(1)}

    def key(self, t: Term, bound: Mapping[str, int], depth: int) -> str:
        """Text of a name, call, binder, entry or trace, equal only for terms of equal value."""
        if isinstance(t, str):
            return f"#{bound[t]}" if t in bound else t
        head, args = t[0], t[1:]
        if head == "bind":
            kind, name, first, second, body = args
            inner = {**bound, name: depth}
            outer = [self.entry(second, bound, depth)]
            outer.insert(0, str(first) if kind == "integral" else self.entry(first, bound, depth))
            return f"{kind}({';'.join(outer)};#{depth}.{self.entry(body, inner, depth + 1)})"
        if head == "at":
            return f"at({self.matrix(args[0], bound, depth)};" + ";".join(
                self.entry(a, bound, depth) for a in args[1:]) + ")"
        if head == "tr":
            return f"tr({self.matrix(args[0], bound, depth)})"
        name = f"#{bound[head]}" if head in bound else head
        return f"{name}(" + ";".join(self.entry(a, bound, depth) for a in args) + ")"

    def entry(self, t: Term, bound: Mapping[str, int], depth: int) -> str:
        return _text(self.poly(t, bound, depth))

    def matrix(self, t: Term, bound: Mapping[str, int], depth: int) -> str:
        """Structural text of a matrix term; only the scalars in it are normalised."""
        if isinstance(t, str):
            return self.key(t, bound, depth)
        if isinstance(t, int):
            return str(t)
        head, args = t[0], t[1:]
        if head == "rows":
            return "rows(" + "|".join(";".join(self.entry(x, bound, depth) for x in row) for row in args[0]) + ")"
        if head == "build":
            inner = {**bound, args[0]: depth, args[1]: depth + 1}
            shape = ";".join(self.entry(a, bound, depth) for a in args[2:4])
            return f"build({shape};#{depth}.#{depth + 1}.{self.entry(args[4], inner, depth + 2)})"
        if head in ("+", "*", "T"):
            return f"{head}(" + ";".join(self.matrix(a, bound, depth) for a in args) + ")"
        return self.entry(t, bound, depth)


def _add(a: Polynomial, b: Polynomial, factor: Fraction = Fraction(1)) -> Polynomial:
    out = dict(a)
    for monomial, coefficient in b.items():
        out[monomial] = out.get(monomial, Fraction(0)) + factor * coefficient
    return {m: c for m, c in out.items() if c}


def _multiply(a: Polynomial, b: Polynomial) -> Polynomial:
    if len(a) * len(b) > MAX_TERMS:
        raise InputError(explain("decided", f"at most {MAX_TERMS} terms in a product", len(a) * len(b),
                                 "Name a large factor by an equation."))
    out: Polynomial = {}
    for m, c in a.items():
        for n, d in b.items():
            powers = dict(m)
            for key, exponent in n:
                powers[key] = powers.get(key, 0) + exponent
            product = tuple(sorted(powers.items()))
            out[product] = out.get(product, Fraction(0)) + c * d
    return {m: c for m, c in out.items() if c}


def _text(p: Polynomial) -> str:
    """One line per polynomial; the separators occur in no name."""
    parts = (f"{p[m]}" + "".join(f"*[{key}]^{n}" for key, n in m) for m in sorted(p))
    return "+".join(parts) or "0"


def _number(value: Fraction) -> str:
    text = f"{abs(value.numerator)}.0"
    if value.denominator != 1:
        text = f"(/ {text} {value.denominator}.0)"
    return f"(- {text})" if value < 0 else text


def _many(operator: str, parts: list[str], empty: str) -> str:
    if len(parts) < 2:
        return parts[0] if parts else empty
    return _bounded(f"({operator} {' '.join(parts)})")


def _bounded(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise InputError(explain("decided", f"a text of at most {MAX_TEXT} characters", len(text),
                                 "Name large subterms by equations."))
    return text


def _comment(term: Term) -> str:
    text = repr(term).replace("\n", " ")
    return text if len(text) <= 200 else text[:200] + " ..."
