"""From formulas to gadget systems: equations X = q, X + Y = Z, XY = Z, XY = 1 (and Y = f(X) for named functions).

Every existential formula is equivalent to such a system of linear size, and solutions are carried both ways:

- terms become straight-line programs, common subterms once, and the outermost operation of one side of an equation
  is written directly into the variable of the other side;
- `Y - X = s^2` expresses X <= Y and `(Y - X) s^2 = 1` expresses X < Y. With `squares="four"` the square is a sum of
  four squares (Lagrange), so that *rational* solutions of the formula give rational solutions of the system;
- a disjunction of equations is one equation between products; any other disjunction gets a variable b for each
  disjunct with b^2 = b, exactly one of which is 1, and the atoms of that disjunct are multiplied by b.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from theory.etr_training.exact_numbers import (
    exact_number,
    four_squares,
    in_one_field,
    plain,
    sign_of,
    square_root,
)
from theory.etr_training.formulas import (
    MINUS_ONE,
    ONE,
    ZERO,
    And,
    Apply,
    Atom,
    Const,
    Formula,
    Or,
    Product,
    Sum,
    Term,
    Var,
    apply_function,
    difference,
    holds,
    product_of,
    value,
    variables,
)
from theory.language.errors import InputError, explain


@dataclass(frozen=True)
class GadgetSystem:
    """Equations between named variables.

    - `constants`: (X, q) for X = q; `additions`: (X, Y, Z) for X + Y = Z; `products`: (X, Y, Z) for XY = Z;
    - `inverses`: (X, Y) for XY = 1; `applications`: (f, X, Y) for Y = f(X).
    """

    variables: tuple[str, ...]
    constants: tuple[tuple[str, Fraction], ...] = ()
    additions: tuple[tuple[str, str, str], ...] = ()
    products: tuple[tuple[str, str, str], ...] = ()
    inverses: tuple[tuple[str, str], ...] = ()
    applications: tuple[tuple[str, str, str], ...] = ()

    def __post_init__(self) -> None:
        known = set(self.variables)
        used = [name for row in (*self.additions, *self.products, *self.inverses) for name in row]
        used += [name for name, _ in self.constants] + [name for row in self.applications for name in row[1:]]
        unknown = sorted(set(used) - known)
        if unknown or len(known) != len(self.variables):
            found = f"unknown {unknown[:3]}" if unknown else "a name twice"
            raise InputError(explain("variables", "each variable of the equations once", found, "Add the names."))

    def residuals(self, solution: Mapping[str, Any]) -> tuple[Any, ...]:
        """Left minus right side of every equation, in the order of the fields."""
        X = solution
        rows = [X[x] - q for x, q in self.constants]
        rows += [X[x] + X[y] - X[z] for x, y, z in self.additions]
        rows += [X[x] * X[y] - X[z] for x, y, z in self.products]
        rows += [X[x] * X[y] - 1 for x, y in self.inverses]
        rows += [X[y] - apply_function(f, X[x]) for f, x, y in self.applications]
        return tuple(plain(row) for row in rows)

    def solved_by(self, solution: Mapping[str, Any]) -> bool:
        """Whether all equations hold exactly."""
        return all(sign_of(row) == 0 for row in self.residuals(solution))


@dataclass(frozen=True)
class Flattened:
    """A formula, its gadget system and the recipe that extends a solution of the formula to one of the system.

    Each step of the recipe is (variable, kind, data): `term` gives the value of a term, `root` and `inverse root`
    square roots of a term, `four` and `four inverse` four squares, `choice` the first disjunct that holds; a guard,
    where present, is the variable that is 0 if the step does not matter.
    """

    formula: Formula
    system: GadgetSystem
    steps: tuple[tuple[tuple[str, ...], str, Any, str | None], ...] = field(repr=False)

    def extend(self, solution: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of all variables of the system, from those of the formula's variables.

        Raises:
            InputError: a value is missing or no number, or the formula does not hold.
        """
        names = variables(self.formula)
        missing = [name for name in names if name not in solution]
        if missing:
            raise InputError(explain("solution", f"values for {', '.join(names)}", f"none for {missing[0]}", "Add it."))
        given = in_one_field({name: exact_number(solution[name], name) for name in names})
        if not holds(self.formula, given):
            raise InputError(explain("solution", "values that satisfy the formula", dict(solution), "Correct them."))
        values: dict[str, Any] = dict(given)
        for targets, kind, data, guard in self.steps:
            found = self._step(kind, data, guard, values)
            values.update(zip(targets, found, strict=True))
            values = in_one_field(values) if "root" in kind else values
        return {name: values[name] for name in self.system.variables}

    @staticmethod
    def _step(kind: str, data: Any, guard: str | None, values: Mapping[str, Any]) -> tuple[Any, ...]:
        off = guard is not None and sign_of(values[guard]) == 0
        if kind == "term":
            return (value(data, values),)
        if kind == "choice":
            chosen = None if off else next(i for i, part in enumerate(data) if holds(part, values))
            return tuple(Fraction(i == chosen) for i in range(len(data)))
        if off:
            return (Fraction(0),) * {"four": 4, "four inverse": 5}.get(kind, 1)
        number = value(data, values)
        if "root" in kind:
            return (square_root(plain(number if kind == "root" else 1 / number)),)
        if not isinstance(number, Fraction):
            remedy = "Compile with squares='one'; a sum of four rational squares is rational."
            raise InputError(explain("solution", "rational values", str(number), remedy))
        return four_squares(number) + ((1 / number,) if kind == "four inverse" else ())


class _Builder:
    """The equations collected so far."""

    def __init__(self, formula: Formula, squares: str) -> None:
        self.names = list(variables(formula))
        self.rows: dict[str, list[Any]] = {kind: [] for kind in
                                           ("constants", "additions", "products", "inverses", "applications")}
        self.known: dict[Term, str] = {Var(name): name for name in self.names}
        self.steps: list[tuple[tuple[str, ...], str, Any, str | None]] = []
        self.four = squares == "four"

    def fresh(self) -> str:
        name = f"_{sum(1 for n in self.names if n.startswith('_')) + 1}"
        self.names.append(name)
        return name

    def variable(self, term: Term) -> str:
        """The variable that holds the value of a term, with its equations on first use."""
        if term not in self.known:
            name = self.define(term, None)
            self.known[term] = name
        return self.known[term]

    def define(self, term: Term, target: str | None) -> str:
        """Write the equations of a term that is no variable, its value into `target` if given."""
        if isinstance(term, (Sum, Product)):
            if len(term.parts) < 2:
                inner = term.parts[0] if term.parts else (ZERO if isinstance(term, Sum) else ONE)
                return self.define(inner, target) if target is not None else self.variable(inner)
            return self._binary(term, target)
        if isinstance(term, Apply):
            argument = self.variable(term.argument)
            name = self._target(Apply(term.function, Var(argument)), target)
            self.rows["applications"].append((term.function, argument, name))
            return name
        if isinstance(term, Const):
            name = self._target(term, target)
            self.rows["constants"].append((name, term.value))
            return name
        if target is None:
            return self.known[term]
        return self._row(Sum, (self.variable(ZERO), self.known[term]), target)

    def _binary(self, term: Sum | Product, target: str | None) -> str:
        first, last = type(term)(term.parts[:-1]), term.parts[-1]
        if isinstance(term, Product) and term.parts[0] == MINUS_ONE:
            first, last = Sum(()), term
        elif not isinstance(term, Sum) or not isinstance(last, Product) or last.parts[:1] != (MINUS_ONE,):
            before = self.variable(first.parts[0] if len(first.parts) == 1 else first)
            return self._row(type(term), (before, self.variable(last)), target)
        # a - b is the Z of Z + b = a, which costs no product.
        before = self.variable(first.parts[0] if len(first.parts) == 1 else first if first.parts else ZERO)
        positive = self.variable(product_of(*last.parts[1:]))
        name = self._target(difference(Var(before), Var(positive)), target)
        self.rows["additions"].append((name, positive, before))
        return name

    def _row(self, kind: type[Sum] | type[Product], operands: tuple[str, str], target: str | None) -> str:
        name = self._target(kind(tuple(map(Var, operands))), target)
        self.rows["additions" if kind is Sum else "products"].append((*operands, name))
        return name

    def _target(self, term: Term, target: str | None) -> str:
        if target is not None:
            return target
        name = self.fresh()
        self.steps.append(((name,), "term", term, None))
        return name

    def equation(self, left: Term, right: Term) -> None:
        """left = right."""
        if isinstance(left, (Const, Var)) and not isinstance(right, Const):
            left, right = right, left
        if isinstance(left, Product) and len(left.parts) == 2 and right == ONE:
            self.rows["inverses"].append(tuple(self.variable(part) for part in left.parts))
        elif isinstance(right, Const) and isinstance(left, Var):
            self.rows["constants"].append((left.name, right.value))
        elif left in self.known and right in self.known and left != right:
            self._row(Sum, (self.variable(ZERO), self.known[left]), self.known[right])
        elif left in self.known:
            self.define(right, self.known[left])
        else:
            self.define(left, self.variable(right))

    def add(self, formula: Formula, guard: str | None) -> None:
        """The formula, multiplied by the variable `guard` if there is one."""
        if isinstance(formula, And):
            for part in formula.parts:
                self.add(part, guard)
        elif isinstance(formula, Atom):
            self.atom(formula, guard)
        elif formula.parts and all(isinstance(part, Atom) and part.relation == "=" for part in formula.parts):
            factors = [difference(part.left, part.right) for part in formula.parts]
            self.zero(product_of(*factors), guard)
        else:
            self.choice(formula, guard)

    def zero(self, term: Term, guard: str | None) -> None:
        """term = 0, or guard * term = 0."""
        self.equation(term if guard is None else Product((Var(guard), term)), ZERO)

    def atom(self, atom: Atom, guard: str | None) -> None:
        gap = difference(atom.right, atom.left)
        if atom.relation == "=":
            if guard is None:
                self.equation(atom.left, atom.right)
            else:
                self.zero(difference(atom.left, atom.right), guard)
        elif self.four:
            strict = atom.relation == "<"
            roots = tuple(Var(self._auxiliary()) for _ in range(5 if strict else 4))
            squares = Sum(tuple(Product((root, root)) for root in roots[:4]))
            self._remember(roots, "four inverse" if strict else "four", gap, guard)
            self._guarded(gap, squares, guard)
            if strict:
                self._guarded(product_of(roots[4], gap), ONE, guard)
        else:
            root = Var(self._auxiliary())
            self._remember((root,), "root" if atom.relation == "<=" else "inverse root", gap, guard)
            if atom.relation == "<=":
                self._guarded(Product((root, root)), gap, guard)
            else:
                self._guarded(Product((Product((root, root)), gap)), ONE, guard)

    def _auxiliary(self) -> str:
        name = self.fresh()
        self.known[Var(name)] = name
        return name

    def _remember(self, targets: tuple[Var, ...], kind: str, data: Any, guard: str | None) -> None:
        self.steps.append((tuple(target.name for target in targets), kind, data, guard))

    def _guarded(self, left: Term, right: Term, guard: str | None) -> None:
        if guard is None:
            self.equation(left, right)
        else:
            self.zero(difference(left, right), guard)

    def choice(self, formula: Or, guard: str | None) -> None:
        """Exactly one disjunct is chosen, or none if the guard is 0."""
        flags = tuple(Var(self._auxiliary()) for _ in formula.parts)
        self._remember(flags, "choice", formula.parts, guard)
        for flag in flags:
            self.equation(Product((flag, flag)), flag)
        self.equation(Sum(flags), ONE if guard is None else Var(guard))
        for flag, part in zip(flags, formula.parts, strict=True):
            self.add(part, flag.name)


def flatten(formula: Formula, squares: str = "one") -> Flattened:
    """Return the gadget system of a formula, with the map of solutions.

    The formula is satisfiable over the reals exactly if the system is: the formula's variables keep their names, and
    a solution of the system restricted to them satisfies the formula. `squares` is "one" or "four".

    Raises:
        InputError: another value of `squares`.
    """
    if squares not in ("one", "four"):
        raise InputError(explain("squares", "'one' or 'four'", repr(squares), "Four keeps rationals rational."))
    builder = _Builder(formula, squares)
    builder.add(formula, None)
    rows = {kind: tuple(found) for kind, found in builder.rows.items()}
    return Flattened(formula, GadgetSystem(tuple(builder.names), **rows), tuple(builder.steps))
