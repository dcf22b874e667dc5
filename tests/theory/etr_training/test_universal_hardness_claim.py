"""Hardness for every activation: the lifted weights fit the compiled instances, and sizes are those of the compiler."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from theory.etr_training import universal_hardness
from theory.etr_training.compilation import compile_formula, predicted_sizes
from theory.etr_training.universal_hardness import aimed_value, output_weight

SOLVED = (("x*x = 4", {"x": Fraction(-2)}), ("x + y = 3 & x*y = 2", {"x": Fraction(1), "y": Fraction(2)}),
          ("x*y = 1 & y = 3", {"x": Fraction(1, 3), "y": Fraction(3)}))


def lifted(compiled, solution, phi, psi, centre, radius):
    """The weights of the claim's proof, by the names of the compiled instance."""
    values, weights = compiled.flattened.extend(solution), {}
    bias = {"t": Fraction(0), "u": Fraction(0)}

    def argument(size, target):
        return psi(aimed_value(phi(centre), radius, size, target))

    for x in compiled.system.variables:
        X, g, gain = values[x], f"g_{x}", output_weight(radius, values[x])
        weights |= {g: centre, f"a_{x}->{g}": argument(X, X) - centre, f"c_{x}->{g}": argument(X, 1) - centre,
                    f"{g}->t": gain, f"{g}->u": gain, f"p_{x}->t": X, f"q_{x}->u": X}
        bias = {s: b - gain * phi(centre) for s, b in bias.items()}
    for k, (x, y, *_) in enumerate((*compiled.system.products, *compiled.system.inverses), 1):
        E, F, h, gain = values[x], values[y], f"h_{k}", output_weight(radius, values[x])
        weights |= {h: centre, f"A_{k}->{h}": argument(E, 1 + E) - argument(E, 1),
                    f"K_{k}->{h}": argument(E, 1) - centre, f"{h}->t": gain, f"{h}->u": F * gain}
        bias = {"t": bias["t"] - gain * phi(centre), "u": bias["u"] - F * gain * phi(centre)}
    return weights | bias


@pytest.mark.parametrize(("text", "solution"), SOLVED)
def test_lifted_weights_fit_the_compiled_instance(text, solution):
    """With ReLU around 5, where it is the identity, the proof's weights have loss 0 and decode to the solution."""
    compiled = compile_formula(text, "relu", form="copy")
    weights = lifted(compiled, solution, lambda u: max(u, Fraction(0)), lambda y: y, Fraction(5), Fraction(1, 2))
    assert compiled.instance.loss(weights) == 0 and compiled.backward(weights) == solution


@pytest.mark.parametrize(("text", "solution"), SOLVED)
def test_a_decreasing_piece_serves_as_well(text, solution):
    """Around -3 the function |u| falls; outputs computed by hand with it meet every label."""
    compiled = compile_formula(text, "relu", form="copy")
    weights = lifted(compiled, solution, abs, lambda y: -y, Fraction(-3), Fraction(2))
    instance = compiled.instance
    for point, labels in zip(instance.points, instance.labels):
        at = dict(zip(instance.sources, point))
        for v, _ in instance.vertices:
            z = weights[v] + sum(weights[f"{u}->{v}"] * at[u] for u in instance.incoming[v])
            at[v] = z if v in instance.sinks else abs(z)
        assert tuple(at[s] for s in instance.sinks) == labels


def test_a_step_function_reaches_two_values_only():
    """Without an interval the lift fails: of x x = x step neurons fit the solution 0, but not 1 at such weights."""
    instance = compile_formula("x*x = x", "relu", form="copy").instance
    stepped = replace(instance, vertices=tuple((v, "step" if a == "relu" else a) for v, a in instance.vertices))
    one = {name: Fraction(0) for name in stepped.parameters} | {
        name: Fraction(1) for name in stepped.parameters if name.split("->")[0][:2] in ("c_", "a_", "K_", "p_", "q_")}
    one |= {name: Fraction(1) for name in stepped.parameters if name.endswith(("->t", "->u"))}
    # A with K has to give the response 1 + X = 2, but a step neuron that gave 1 to K gives no more
    assert stepped.loss(one) > 0
    zero = one | {name: Fraction(0) for name in stepped.parameters if name[:2] in ("a_", "p_", "q_")}
    zero |= {f"h_{k}->u": Fraction(0) for k in range(1, 1 + sum(v.startswith("h_") for v, _ in stepped.vertices))}
    assert stepped.loss(zero) == 0


def test_sizes_are_the_compilers():
    """1 + 2N + L + 2M data, N + M hidden neurons: the claim's summary is what the compiler builds."""
    for text, _ in SOLVED:
        compiled = compile_formula(text, "relu", form="copy")
        system = compiled.system
        n, m = len(system.variables), len(system.products) + len(system.inverses)
        rows = len(system.constants) + len(system.additions)
        assert compiled.sizes == predicted_sizes(system, "relu", "copy")
        assert (compiled.sizes.data, compiled.sizes.hidden) == (1 + 2 * n + rows + 2 * m, n + m)


def test_aimed_values_stay_in_the_interval():
    """Targets 1, X and 1 + X are met inside the interval, and the output weight brings them back."""
    for size in (Fraction(-7, 3), Fraction(0), Fraction(5)):
        for target in (1, size, 1 + size):
            value = aimed_value(2, Fraction(1, 10), size, target)
            assert abs(value - 2) <= Fraction(1, 10)
            assert output_weight(Fraction(1, 10), size) * (value - 2) == target


def test_the_data_of_the_claim_are_named():
    """Zero, two for each variable, linear rows and two for each product, at both sinks."""
    assert list(universal_hardness.DATA) == ["zt", "zu", "vt", "vu", "xt", "xu", "lt", "lu", "ct", "cu", "at", "au"]
