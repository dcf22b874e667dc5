"""What the covering theorems say about an architecture, or about a torch module of yours with measured constants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, prod
from typing import Any

from proofs_check.applying import Application, Applications, at_most, counted, exactly, fails, holds, shown, unsettled
from proofs_check.tables import decimal_above, show_enclosure
from theory.covering import (
    check_widths,
    log_bias_ordered_count,
    log_factorial_product,
    log_raw_count,
    parameter_count,
    parameter_modulus,
    points_per_axis,
    quoted_deep_log_bound,
    quoted_deep_radius_limit,
    relu_scaling_log_bound,
    single_radius,
    unconditional_grid,
)
from theory.covering.architecture import per_layer, positive
from theory.exact.rationals import exact
from theory.language.errors import InputError, explain

from .activation_laws import homogeneity_defect, oddness_defect
from .rows import BITS

_CLASS = "by definition of the class: fully connected layers, parameters in [-B, B], inputs at most B_x"
_RATES = "checked for a module, given for an architecture: Lipschitz constants and values at 0 of the activations"
_CHOSEN = "by construction: the recursion that computes the bound"
HYPOTHESES = {
    "covering.param_lipschitz": {
        "H1-H7, H13-H16": _CLASS, "H8-H10": _RATES, "H11, H12": _CHOSEN},
    "covering.graph_modulus": {
        "H1-H6, H17-H24": "by construction: the layers as they were read from the module", "H7-H11, H15, H16": _CLASS,
        "H12-H14": "checked: every layer has a Lipschitz constant that is known", "H25-H31": _CHOSEN},
    "covering.modulus_closed_form": {
        "H1-H5": _CLASS, "H6": "checked: an input", "H7": "checked: B rho_l d_l >= 1",
        "H8, H9": "checked: the recursion is that of activations with s_l(0) = 0"},
    "covering.counting_chain": {"H1, H3, H4": _CLASS, "H2": "checked: m = ceil(B/delta) >= 1"},
    "covering.deep_bound": {
        "H1": "checked", "H2, H3, H6, H7": _CLASS, "H4": "checked", "H5": "checked: eps > 0", "H8": _RATES,
        "H9-H11": "checked, exactly"},
    "covering.deep_bound_unconditional": {
        "H1, H2, H4": _CLASS, "H5-H7": _RATES, "H3, H8-H13": "by construction: the grid and its orbits"},
    "covering.perm_invariance": {"H1-H10": "by construction: fully connected layers, any permutations"},
    "covering.relative_gain": {
        "H1-H8": _CLASS, "C1": "checked: one hidden layer and one output", "C3.H1, C3.H5": "checked: or more hidden "
        "layers of equal widths, and one output; rho and o are the largest of all layers"},
    "covering.sign_flip": {
        "H1-H5, H7-H11": "by construction: fully connected layers, any signs of hidden units",
        "H6": "checked: odd activations"},
    "covering.relu_scaling": {
        "H1-H5, H7-H11": "by construction: fully connected layers, any positive factors of hidden units",
        "H6": "checked: activations that commute with positive factors"},
    "covering.relu_scaling_cover": {
        "H1-H5, H9, H10": "by construction: the grid of the bound", "H6": _CLASS,
        "H7": "checked: an activation that commutes with positive factors", "H8": _RATES,
        "C1": "checked: one hidden layer, one output"},
    "covering.prior_bounds": {
        "H1-H4, H8": _CLASS, "H5": "checked: eps <= (L + 1) prod (d_j + 1)", "H6, H7": "checked",
        "C1.H1.H1": "checked: the class holds all networks with parameters in [-1, 1]"},
}


@dataclass(frozen=True)
class _Class:
    """The class of networks; `activations` are the names of a module's, () where only constants are given.

    `widths` is None for a module that is no chain of Linear layers; `obstacle` says why, `graph` is what was read.
    """

    widths: tuple[int, ...] | None
    bound: Fraction
    radius: Fraction
    rates: tuple[Fraction, ...]
    offsets: tuple[Fraction, ...]
    activations: tuple[str, ...]
    radii: tuple[Fraction, ...]
    graph: Any = None
    obstacle: str = ""

    @property
    def constants(self) -> dict[str, Any]:
        """The arguments of `parameter_modulus`."""
        return {"bound": self.bound, "input_radius": self.radius, "lipschitz": self.rates, "offsets": self.offsets}

    @property
    def dims(self) -> tuple[int, ...]:
        """The widths of a chain of Linear layers."""
        return self.widths or ()

    @property
    def depth(self) -> int:
        """L, the number of hidden layers."""
        return len(self.dims) - 2


def applications_of(subject: Any, *, eps: Any, bound: Any = None, input_radius: Any = 1, lipschitz: Any = 1,
                    offsets: Any = 0, example_input: Any = None, claim: str | None = None) -> Applications:
    """Apply the family's claims to all networks of an architecture, or to the class of a torch module.

    Args:
        subject: widths (d_0, ..., d_{L+1}), or a module with its `example_input`. eps: one radius or several.
        bound: B (1, or measured for a module). input_radius, lipschitz, offsets: of an architecture, see `bound_rows`.
        claim: the id of the only claim that is asked for.

    Raises ExactnessError for floats, InputError for numbers out of range, UnreadableLayer for a layer unknown to us.
    """
    radii = tuple(exact(positive(e, "eps"), "eps") for e in (eps if isinstance(eps, (list, tuple)) else (eps,)))
    if not radii:
        raise InputError(explain("eps", "at least one radius", "none", "Give one like '0.1'."))
    if isinstance(subject, Sequence):
        given, name = _of_widths(subject, radii, bound, input_radius, lipschitz, offsets)
    else:
        given, name = _of_module(subject, radii, bound, example_input)
    rows: list[Application] = []
    for asked in HYPOTHESES if claim is None else (claim,):
        if given.widths is None and asked != "covering.graph_modulus":
            rows.append(fails(asked, name, _CHAIN[asked], "the layers are fully connected, with biases",
                              given.obstacle))
        else:
            rows += _CLAIMS[asked](given, name)
    constants = "measured on the module" if given.activations or given.graph is not None else "as given"
    note = (f"B = {at_most(given.bound)}, B_x = {at_most(given.radius)}; constants of the activations {constants}. S: "
            "number of parameters; N(eps): covering number of the class in the sup norm.")
    kind = name if isinstance(subject, Sequence) else type(subject).__name__
    return Applications(f"Covering theorems on {kind}", tuple(rows), (note,))


def _of_widths(widths: Sequence[int], radii: tuple[Fraction, ...], bound: Any, radius: Any, lipschitz: Any,
               offsets: Any) -> tuple[_Class, str]:
    dims = check_widths(widths)
    hidden = len(dims) - 2
    rates = tuple(exact(v, "lipschitz") for v in per_layer(lipschitz, hidden, "lipschitz", zero=True))
    shifts = tuple(exact(v, "offsets") for v in per_layer(offsets, hidden, "offsets", zero=True))
    box = exact(positive(1 if bound is None else bound, "bound"), "bound")
    return (_Class(dims, box, exact(radius, "input_radius"), rates, shifts, (), radii), "-".join(map(str, dims)))


def _of_module(module: Any, radii: tuple[Fraction, ...], bound: Any, example: Any) -> tuple[_Class, str]:
    from numerics.covering.module_class import describe

    from .activation_laws import only_default_settings

    if not hasattr(module, "named_parameters"):
        raise InputError(explain("network", "a sequence of widths or a torch module", type(module).__name__,
                                 "Give (64, 32, 10) or a torch.nn.Module."))
    if example is None:
        raise InputError(explain("example_input", "a batch of inputs", "none", "Give example_input=inputs[:100]."))
    box = None if bound is None else exact(positive(bound, "bound"), "bound")
    found = describe(module, example, bound=box)
    only_default_settings(module)
    if found.measured_bound > found.bound or found.bound == 0:
        raise InputError(explain("bound", f"a box that holds the parameters, {decimal_above(found.measured_bound, 4)}",
                                 str(found.bound), "Leave it out to measure it."))
    others = [f"{layer.kind} {layer.path}" for layer in found.graph.layers
              if layer.kind not in ("input", "linear", "activation", "identity", "flatten", "output")]
    why = f"{counted(len(others), 'layer')} of another kind: {', '.join(others[:3])}" \
        + (", ..." if len(others) > 3 else "") if others else "a layer that reads no neighbour, or has no bias"
    names = tuple(n for n, _, _ in found.activations)
    widths = found.graph.widths
    if widths and len(names) != len(widths) - 2:
        widths, why = None, f"{abs(len(widths) - 2 - len(names))} activations off one behind each hidden layer"
    given = _Class(widths, found.bound, found.input_radius, tuple(rate for _, rate, _ in found.activations),
                   tuple(shift for _, _, shift in found.activations), names, radii, found, "" if widths else why)
    return given, "the module"


def _at(eps: Fraction) -> str:
    return f"eps = {eps}"


def _param_lipschitz(given: _Class, name: str) -> list[Application]:
    total = sum(parameter_modulus(given.dims, **given.constants), Fraction(0))
    return [holds("covering.param_lipschitz", name, f"moving every parameter by at most delta moves every output by at "
                  f"most {at_most(total)} delta", modulus=total)]


def _graph_modulus(given: _Class, name: str) -> list[Application]:
    claim = "covering.graph_modulus"
    if given.graph is None:
        total = sum(parameter_modulus(given.dims, **given.constants), Fraction(0))
    elif given.graph.bounded is None:
        return [unsettled(claim, name, "H12", "every layer is Lipschitz with a known constant", "rho is in [0, "
                          f"infinity]: {given.graph.without_modulus}")]
    else:
        from theory.covering import graph_moduli

        bounded = given.graph.bounded
        total = sum(graph_moduli(bounded.layers, input_radius=given.radius, groups=len(bounded.groups)), Fraction(0))
    return [holds(claim, name, "moving every parameter by at most delta moves every output by at most "
                  f"{at_most(total)} delta", modulus=total)]


def _closed_form(given: _Class, name: str) -> list[Application]:
    claim, found = "covering.modulus_closed_form", []
    if off := _offset(claim, name, given, "H9"):
        found.append(off)
    if gain := _contracting(claim, name, given, "H7"):
        found.append(gain)
    if found:
        return found
    rate, size = prod(given.rates, start=Fraction(1)), prod(given.dims[:-1])
    value = (given.depth + 1)*(given.radius + 1)*2**given.depth*given.bound**(given.depth + 1)*rate*size
    return [holds(claim, name, f"B sum kappa_l <= {at_most(value)}", value=value)]


def _offset(claim: str, name: str, given: _Class, hypothesis: str) -> Application | None:
    largest = max(given.offsets, default=Fraction(0))
    if not largest:
        return None
    layer = given.offsets.index(largest) + 1
    words, told = "s_l(0) = 0 for all hidden layers", f"|s_{layer}(0)| is bounded by {at_most(largest)}"
    if not given.activations:  # a bound that was given need not be attained
        return unsettled(claim, name, hypothesis, words, f"|s_{layer}(0)| is in [0, {at_most(largest)}]",
                         (Fraction(0), largest))
    if given.activations[layer - 1] == "softplus":  # 7/10 bounds ln 2
        return fails(claim, name, hypothesis, words, f"[69/100, 7/10]: {told}", by=(Fraction(69, 100), largest),
                     grade="enclosed")
    return fails(claim, name, hypothesis, words, f"{largest}: {given.activations[layer - 1]} at 0", by=exactly(largest))


def _contracting(claim: str, name: str, given: _Class, hypothesis: str) -> Application | None:
    gains = [given.bound*rho*d for rho, d in zip(given.rates, given.dims[1:-1])]
    least = min(gains, default=Fraction(1))
    if least >= 1:
        return None
    layer = gains.index(least) + 1
    enough = 1/(given.bound*given.dims[layer])
    return fails(claim, name, hypothesis, "1 <= B rho_l d_l for all hidden layers, with the least rho_l known",
                 f"{shown(exactly(1 - least))}: B rho_{layer} d_{layer} = {shown(exactly(least))}; the larger constant "
                 f"rho_{layer} = {shown(exactly(enough))} would do", by=exactly(1 - least))


def _counting_chain(given: _Class, name: str) -> list[Application]:
    rows = []
    for eps in given.radii:
        m = points_per_axis(given.bound, single_radius(given.dims, eps=eps, **given.constants)[0])
        raw, ordered = (count(given.dims, m, BITS) for count in (log_raw_count, log_bias_ordered_count))
        rows.append(holds("covering.counting_chain", _at(eps), f"ordered biases: ln of the count in "
                          f"{show_enclosure(ordered)}, against S ln m in {show_enclosure(raw)}, m = {_digits(m)}",
                          grade="enclosed", ordered=ordered[1], raw=raw[1]))
    return rows


def _deep_bound(given: _Class, name: str) -> list[Application]:
    claim, rows = "covering.deep_bound", []
    for eps in given.radii:
        where, bad = _at(eps), []
        if given.depth < 1:
            rows.append(fails(claim, where, "H1", "1 <= L", "1 hidden layer: there is none", by=exactly(1)))
            continue
        if given.bound < Fraction(1, 8):
            by = exactly(Fraction(1, 8) - given.bound)
            bad.append(fails(claim, where, "H4", "1/8 <= B", f"{shown(by)}: B = {shown(exactly(given.bound))}", by=by))
        bad += [row for row in (_offset(claim, where, given, "H9"), _contracting(claim, where, given, "H10")) if row]
        limit = quoted_deep_radius_limit(given.dims, bound=given.bound, input_radius=given.radius,
                                         lipschitz=given.rates)
        if eps > limit:
            bad.append(fails(claim, where, "H11", "2 d_l eps <= 4 (L+1)(B_x+1)(2B)^(L+2) prod rho prod d, eps <= eps_0",
                             f"{shown(exactly(eps - limit))} of eps: eps_0 = {shown(exactly(limit))}",
                             by=exactly(eps - limit)))
        if not bad:
            log = quoted_deep_log_bound(given.dims, eps=eps, bound=given.bound, input_radius=given.radius,
                                        lipschitz=given.rates)
            bad = [holds(claim, where, f"ln N(eps) <= {decimal_above(log[1])}", grade="enclosed", log=log[1],
                         margin=f"eps is {shown(exactly(limit - eps))} below eps_0", by=exactly(limit - eps))]
        rows += bad
    return rows


def _unconditional(given: _Class, name: str) -> list[Application]:
    grids = [(eps, unconditional_grid(given.dims, eps=eps, **given.constants)) for eps in given.radii]
    return [holds("covering.deep_bound_unconditional", _at(eps), f"ln N(eps) <= {decimal_above(grid.log[1])}",
                  grade="enclosed", log=grid.log[1]) for eps, grid in grids]


def _perm_invariance(given: _Class, name: str) -> list[Application]:
    order = log_factorial_product(given.dims, BITS)
    factors = " ".join(f"{d}!" for d in given.dims[1:-1]) or "1"
    return [holds("covering.perm_invariance", name, f"{factors} relabellings of hidden units keep the function: ln in "
                  f"{show_enclosure(order)}", grade="enclosed", log=order[0])]


def _relative_gain(given: _Class, name: str) -> list[Application]:
    claim, hidden = "covering.relative_gain", given.dims[1:-1]
    if given.depth < 1:
        return [fails(claim, name, "C1", "there is a hidden layer", "1 hidden layer: there is none", by=exactly(1))]
    if given.dims[-1] != 1:
        more = given.dims[-1] - 1
        return [fails(claim, name, "C1" if given.depth == 1 else "C3", "the network has one output",
                      f"{counted(more, 'output')} too many", by=exactly(more))]
    spread = max(hidden) - min(hidden)
    if spread:
        return [fails(claim, name, "C3.H5", "hidden layers have equal widths: w(l) = n", f"{counted(spread, 'unit')}: "
                      f"the widths are {', '.join(map(str, hidden))}", by=exactly(spread))]
    if not max(given.rates):
        return [fails(claim, name, "H8" if given.depth == 1 else "C3.H14", "activations are not constant: rho > 0",
                      "0: rho is 0", by=exactly(0))]
    rows, one = [], {**given.constants, "lipschitz": max(given.rates), "offsets": max(given.offsets)}
    for eps in given.radii:
        m = points_per_axis(given.bound, single_radius(given.dims, eps=eps, **one)[0])
        raw, saved = log_raw_count(given.dims, m, BITS), log_factorial_product(given.dims, BITS)
        if raw[0] <= 0:
            rows.append(fails(claim, _at(eps), "C1.H6" if given.depth == 1 else "C4.H17", "0 < E = S ln m",
                              "0: m = 1, one point for each parameter", by=exactly(0)))
            continue
        share = (saved[0]/raw[1], saved[1]/raw[0])
        rows.append(holds(claim, _at(eps), f"orderings take off {show_enclosure(saved)} of S ln m in "
                          f"{show_enclosure(raw)}, a share of {shown(share)}", grade="enclosed", share=share[1]))
    return rows


def _symmetric(claim: str, hypothesis: str, words: str, law: Callable[[str], tuple[Fraction, Fraction] | None],
               says: Callable[[_Class], str]) -> Callable[[_Class, str], list[Application]]:
    """A claim about activations that obey a law, by the defect of each activation."""
    def apply(given: _Class, name: str) -> list[Application]:
        found = _law_fails(claim, name, given, hypothesis, words, law)
        units = Fraction(sum(given.dims[1:-1]))
        return [found or holds(claim, name, says(given), units=units)]
    return apply


def _law_fails(claim: str, name: str, given: _Class, hypothesis: str, words: str,
               law: Callable[[str], tuple[Fraction, Fraction] | None]) -> Application | None:
    if given.depth and not given.activations:
        return unsettled(claim, name, hypothesis, words, "the defect is in [0, infinity]: an architecture names no "
                         "activation, a module does")
    for kind in dict.fromkeys(given.activations):
        defect = law(kind)
        if defect is None:
            return unsettled(claim, name, hypothesis, words, f"the defect of {kind} is in [0, infinity]: it is not "
                             "known here")
        if defect[0] > 0:
            grade = "exact" if defect[0] == defect[1] else "enclosed"
            return fails(claim, name, hypothesis, words, f"{shown(defect)} for {kind}", by=defect, grade=grade)
    return None


_ODD = "s_l(-u) = -s_l(u): odd activations"
_HOMOGENEOUS = "s_l(y u) = y s_l(u) for y > 0: positively homogeneous activations"


def _scaling_cover(given: _Class, name: str) -> list[Application]:
    claim = "covering.relu_scaling_cover"
    off = abs(given.depth - 1)
    if off:
        return [fails(claim, name, "C1", "there is one hidden layer", f"{counted(off, 'hidden layer')} too "
                      f"{'many' if given.depth else 'few'}", by=exactly(off))]
    if given.dims[-1] > 1:
        more = given.dims[-1] - 1
        return [fails(claim, name, "C1", "there is one output", f"{counted(more, 'output')} too many",
                      by=exactly(more))]
    if found := _law_fails(claim, name, given, "H7", _HOMOGENEOUS, homogeneity_defect):
        return [found]
    logs = [(eps, relu_scaling_log_bound(given.dims, eps=eps, bound=given.bound, input_radius=given.radius,
                                         lipschitz=given.rates[0])) for eps in given.radii]
    return [holds(claim, _at(eps), f"ln N(eps) <= {decimal_above(log[1])}, with the exponent "
                  f"{parameter_count(given.dims) - given.dims[1]} in place of S = {parameter_count(given.dims)}",
                  grade="enclosed", log=log[1]) for eps, log in logs]


def _prior_bounds(given: _Class, name: str) -> list[Application]:
    claim, rows = "covering.prior_bounds", []
    largest = max(given.rates, default=Fraction(0))
    for eps in given.radii:
        where, limit, bad = _at(eps), (given.depth + 1)*prod(d + 1 for d in given.dims[:-1]), []
        if eps > limit:
            bad.append(fails(claim, where, "H5", "eps <= (L + 1) prod (d_j + 1)", f"{shown(exactly(eps - limit))} of "
                             f"eps: the limit is {limit}", by=exactly(eps - limit)))
        if largest > 1:
            bad.append(unsettled(claim, where, "H6", "activations are 1-Lipschitz", "the least constant is in [0, "
                                 f"{at_most(largest)}], where at most 1 is needed", (Fraction(0), largest)))
        if off := _offset(claim, where, given, "H7"):
            bad.append(off)
        if given.bound < 1:
            bad.append(fails(claim, where, "C1.H1.H1", "the class holds all networks with |theta| <= 1",
                             f"{shown(exactly(1 - given.bound))}: B = {shown(exactly(given.bound))}",
                             by=exactly(1 - given.bound)))
        least = Fraction(ceil(1/eps))
        rows += bad or [holds(claim, where, f"every cover has at least {_digits(int(least))} elements", floor=least)]
    return rows


def _digits(number: int) -> str:
    return str(number) if number < 10**12 else f"about 2^{number.bit_length() - 1}"


_CLAIMS: dict[str, Callable[[_Class, str], list[Application]]] = {
    "covering.param_lipschitz": _param_lipschitz, "covering.graph_modulus": _graph_modulus,
    "covering.modulus_closed_form": _closed_form, "covering.counting_chain": _counting_chain,
    "covering.deep_bound": _deep_bound, "covering.deep_bound_unconditional": _unconditional,
    "covering.perm_invariance": _perm_invariance, "covering.relative_gain": _relative_gain,
    "covering.sign_flip": _symmetric(
        "covering.sign_flip", "H6", _ODD, oddness_defect,
        lambda given: f"2^{sum(given.dims[1:-1])} sign changes of hidden units keep the function and the box"),
    "covering.relu_scaling": _symmetric(
        "covering.relu_scaling", "H6", _HOMOGENEOUS, homogeneity_defect,
        lambda given: f"positive factors of {sum(given.dims[1:-1])} hidden units keep the function: so many dimensions "
        "of parameters are lost"),
    "covering.relu_scaling_cover": _scaling_cover, "covering.prior_bounds": _prior_bounds,
}
_CHAIN = {
    "covering.param_lipschitz": "H15", "covering.modulus_closed_form": "H9", "covering.counting_chain": "H4",
    "covering.deep_bound": "C1", "covering.deep_bound_unconditional": "C1", "covering.perm_invariance": "H8",
    "covering.relative_gain": "C1", "covering.sign_flip": "H9", "covering.relu_scaling": "H9",
    "covering.relu_scaling_cover": "C1", "covering.prior_bounds": "C1",
}
"""For each claim where its statement says that the layers are fully connected."""
