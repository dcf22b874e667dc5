"""What the theorems on noisy networks say about a network of yours: which hold, in numbers, and which do not apply.

Hypotheses that are decided layer by layer stand inside the conclusions of the claims (C2.H4 is the fourth hypothesis of
part 2), where the statements speak of noise with densities on bounded ranges.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import isinf, prod
from typing import TYPE_CHECKING, Any

from proofs_check.applying import (
    Application,
    Applications,
    at_least,
    at_most,
    counted,
    exactly,
    fails,
    holds,
    merged,
    shown,
    unsettled,
)

from .range_sizes import Width, image_widths, inner_ranges, volume_within
from .table_of import below_one, chain_of

if TYPE_CHECKING:
    from numerics.mori_zwanzig.chain import Box, NoisyChain, NoisyLayer
    from numerics.mori_zwanzig.norm_enclosures import LayerCertificate

_NETWORK = "by construction: the chain has so many layers and neurons"
_BOXES = "boxes around the ranges are computed by outward rounding, layer by layer"
_STATES = "decided: the levels of a chain whose noise has a density are not finite"
HYPOTHESES = {
    "mori_zwanzig.hs_norm": {
        "H1-H3": "the finite form of the identity; part 2 is the form for densities, which is applied",
        "C2.H3, C2.C2.H2": "checked: b >= 0, and b > 0 for the value 1/(2b)^N",
        "C2.H2, C2.H4, C2.H5": "checked: the noise of the layer is uniform on [-b, b]", "C2.H6, C2.H7": _BOXES},
    "mori_zwanzig.norm_sandwich": {
        "H1-H7": "the finite form; part 4 is the form for kernels, which is applied",
        "C4.H1": "checked: b > 0, so the kernel is at most 1/(2b)^N", "C4.H2": "test functions are bounded",
        "C4.H3, C4.H4": "by construction: a probability density for every x",
        "C4.H5": "checked: Z = lambda(Omega_n) times the largest value of the density, or better by cells"},
    "mori_zwanzig.contraction_uniform": {
        "H1, H2": _NETWORK, "H3, H4": "chosen: r = max(1, min b_n/(1 + b_(n-1))), kappa = r^(-N)",
        "H5": "chosen: b_(-1) = max(0, half the widest input interval less 1)", "H6": "checked, exactly",
        "H7": "by construction: intervals", "H8": "checked: no image of a layer is wider than 2",
        "C2.H1": "checked: all levels have the same width N", "C2.H2": "checked: b_n > 0",
        "C2.H3, C2.H4": _BOXES, "C2.H5": "by construction: uniform noise", "C2.H6": "the readout is bounded on a box"},
    "mori_zwanzig.gaussian_noise": {
        "H1": _NETWORK, "H2, H3": "r = sqrt(pi), t = sigma > 0",
        "H4": "checked by ball arithmetic: volume of the range against (2 sqrt(pi) sigma)^N, kappa = 1 at most",
        "C2.H1, C2.H2, C2.H3": "Gaussian density: bounded, its square has integral 1/(2 sqrt(pi) sigma)"},
    "mori_zwanzig.dobrushin": {
        "H1-H5": "the finite form; part 3 is the form for uniform noise, which is applied",
        "C3.H1, C3.H3": _NETWORK, "C3.H2": "checked: b > 0", "C3.H4, C3.H5": _BOXES,
        "C3.H6": "checked: D_i is the width of a box around the image of the layer",
        "C3.H7, C3.H8": "u is any bounded function; its oscillation is in the conclusion"},
    "mori_zwanzig.neuron_removal": {
        "H1, H2": _NETWORK, "H3": "checked: b > 0", "H4": "checked: no residual block",
        "H5": "by construction: the removed input reads the middle of its interval",
        "H6, H7": "the Lipschitz constant of the activation, exactly", "H8": "checked: half the width of the interval",
        "C2.H1-C2.H5": _BOXES, "C2.H6, C2.H7": "u is any bounded function; its oscillation is in the conclusion"},
    "mori_zwanzig.constant_mode_obstruction": {
        "H1-H7": "the finite form; part 3 is the form for kernels, which is applied layer by layer",
        "C3.H1": "checked: the noise has a bounded density", "C3.H2, C3.H3": "densities and test functions are bounded",
        "C3.H4-C3.H6": "by construction: probability densities"},
    "mori_zwanzig.capacity_memory_tradeoff": {
        "H1-H7": "the finite form; parts 2 and 3 are the form for uniform noise, which is applied",
        "C3.H1, C3.H2, C3.H3, C3.H7": _NETWORK + "; levels of fewer neurons get others of mean 0 that nobody reads",
        "C3.H4": "checked: b > 0 in every layer", "C3.H5, C3.H6, C3.H9, C3.H10": _BOXES,
        "C3.H8": "checked: D_i is the width of a box around the image of the layer",
        "C3.H11": "by construction: an affine readout; part 2 if there is none", "C3.H12": "f and eps are yours"},
    "mori_zwanzig.maximal_correlation": {"H1": _STATES, "H2-H5": "not looked at: H1 fails"},
    "mori_zwanzig.monotone_enclosure": {
        "H1-H7": "the finite form; part 4 is the form for densities, which is applied",
        "C4.H1, C4.H2": "checked: b > 0, so the density of uniform noise lies between 0 and 1/(2b)^N",
        "C4.H3, C4.H4": _BOXES, "C4.H5": _NETWORK,
        "C4.H6, C4.H7": "by construction: constants, which averages keep, and behind the last layer the readout, whose "
                        "mean over centred noise is its value at F(x)",
        "C4.H8, C4.H9": "by construction: both bounds of the readout are the readout"},
}
_UNIFORM = "the noise of the layer is uniform on a cube [-b, b]^N"


@dataclass(frozen=True, eq=False)
class _Model:
    """A chain with its certificates."""

    chain: NoisyChain
    found: tuple[LayerCertificate, ...]

    @cached_property
    def inner(self) -> tuple[Box, ...]:
        """Boxes inside the ranges."""
        return inner_ranges(self.chain)

    def widths(self, n: int) -> tuple[Width, ...]:
        """Widths of the image of layer n, enclosed."""
        return image_widths(self.chain.layers[n], self.chain.ranges[n], self.inner[n])


def applications_of(subject: Any, *, noise: Any = None, input_box: Any = None, cells: int | None = None,
                    claim: str | None = None) -> Applications:
    """Apply the family's claims to a torch module with noise, or to a `NoisyChain`.

    Args:
        subject, noise, input_box: as for `layer_contraction_table`. cells: of the operator norms, along each axis.
        claim: the id of the only claim that is asked for.

    Raises InputError: no noise, an unknown activation, a module that is no chain of layers.
    """
    from numerics.mori_zwanzig.norm_enclosures import certificates

    chain = chain_of(subject, noise, input_box)
    asked = HYPOTHESES if claim is None else (claim,)
    model = _Model(chain, certificates(chain, cells, grids="mori_zwanzig.norm_sandwich" in asked))
    rows: list[Application] = []
    for name in asked:
        apply_to_layer, apply_to_chain = _CLAIMS[name]
        if apply_to_layer:
            rows += merged([row for n in range(chain.depth) for row in apply_to_layer(model, n)])
        if apply_to_chain:
            rows += apply_to_chain(model)
    if not rows:  # asked for by name
        kinds = ", ".join(dict.fromkeys(str(layer.noise) for layer in chain.layers))
        rows = [fails("mori_zwanzig.gaussian_noise", "every layer", "C3", "the noise of a layer is Gaussian",
                      f"the kind of noise: it is {kinds} everywhere")]
    noises = ", ".join(dict.fromkeys(str(layer.noise) for layer in chain.layers))
    shape = "-".join(map(str, chain.widths))
    note = ("M_n maps functions of X_(n+1) to functions of X_n, on boxes around the ranges Omega_n; q_0(x) is the mean "
            "output at x, u the readout, osc the largest difference of values.")
    return Applications(f"Theorems on a {shape} chain with noise {noises}", tuple(rows), (note,))


def _hs_norm(model: _Model, n: int) -> list[Application]:
    claim, where = "mori_zwanzig.hs_norm", f"layer {n}"
    layer, found = model.chain.layers[n], model.found[n]
    if layer.noise.silent:
        return [fails(claim, where, "C2.C2.H2", "the noise has a density: 0 < b", "0: b is 0", by=exactly(0))]
    if layer.noise.kind != "uniform":
        return [fails(claim, where, "C2.H4", "the density of the noise vanishes above some b",
                      "an infinite b: a Gaussian density is positive everywhere")]
    if found.hs_squared is None:
        return [fails(claim, where, "C2", f"Omega_{n} has finite volume",
                      f"an infinite volume: Omega_{n} is unbounded behind Gaussian noise")]
    value = found.hs_squared
    margin = f"{at_least(1 - value)} below 1: the plain L^2 norm contracts" if value < 1 else \
        f"{at_most(value - 1)} above 1: no contraction follows" if value > 1 else "1 exactly: no contraction follows"
    return [holds(claim, where, f"||M_{n}||_HS^2 = lambda(Omega_{n})/(2b)^{layer.outputs} <= {at_most(value)}",
                  margin=margin, by=exactly(abs(1 - value)), hs_squared=value)]


def _norm_sandwich(model: _Model, n: int) -> list[Application]:
    claim, where = "mori_zwanzig.norm_sandwich", f"layer {n}"
    layer, found = model.chain.layers[n], model.found[n]
    if layer.noise.silent:
        return [fails(claim, where, "C4.H1", "the kernel is a bounded density", "an infinite value: the noise is 0")]
    if found.volume is None:
        bounded = layer.phi.bounded and layer.step is None
        words, margin = f"the column integrals over Omega_{n} have a bound Z", "an infinite integral: Omega_"
        if bounded:
            return [fails(claim, where, "C4.H5", words, f"{margin}{n} is all of R^{layer.inputs}, where F_{n} stays "
                          "bounded")]
        return [unsettled(claim, where, "C4.H5", words, f"Z is in [0, infinity]: Omega_{n} is unbounded, and so is "
                          f"F_{n}")]
    upper, grade = _column_bound(layer, found)
    low = Fraction(0) if found.volume_after is None else found.volume/found.volume_after
    return [holds(claim, where, f"{at_least(low)} <= ||M_{n}||^2 <= {at_most(upper)}", grade=grade, lower=low,
                  upper=upper)]


def _column_bound(layer: NoisyLayer, found: LayerCertificate) -> tuple[Fraction, str]:
    """Z with its grade: by cells where there are any, else volume times the density's maximum."""
    if layer.noise.kind == "uniform":
        plain = found.norm.schur if found.norm is not None else found.hs_squared
        return plain, "exact" if found.norm is None else "enclosed"  # type: ignore[return-value]
    from numerics.enclosures import balls
    from numerics.enclosures.eigenvalues import ends

    top = ends(1/(balls.Ball.pi()*2).sqrt())[1]/layer.noise.exact
    return found.volume*top**layer.outputs, "enclosed"  # type: ignore[operator]


def _contraction_uniform(model: _Model) -> list[Application]:
    claim, where, chain = "mori_zwanzig.contraction_uniform", "the chain", model.chain
    noises = [layer.noise for layer in chain.layers]
    for n, noise in enumerate(noises):
        if noise.kind != "uniform":
            return [fails(claim, where, "C2.H5", "the layers average over cubes: uniform noise everywhere",
                          f"the kind of noise: layer {n} has {noise}, no cube")]
        if noise.silent:
            return [fails(claim, where, "C2.H2", "0 < b_n", f"0: b_{n} is 0", by=exactly(0))]
    widest = max(Fraction(high) - Fraction(low) for low, high in chain.input_box)
    before = [max(Fraction(0), widest/2 - 1), *(noise.exact for noise in noises[:-1])]
    worst = max(range(chain.depth), key=lambda n: 1 + before[n] - noises[n].exact)
    missing = 1 + before[worst] - noises[worst].exact
    if missing > 0:
        first = f"b_{worst} = {noises[worst].exact} where r (1 + b_{worst - 1}) = {1 + before[worst]}" if worst else \
            f"b_0 = {noises[0].exact} where r (1 + b_(-1)) = {1 + before[0]}"
        return [fails(claim, where, "H6", "r (1 + b_(n-1)) <= b_n in every layer, with r = 1 for kappa = 1",
                      f"{missing} of noise amplitude: {first}", by=exactly(missing))]
    for n in range(chain.depth - 1):
        if row := _too_wide(model, n):
            return [row]
    narrow, wide = min(chain.widths), max(chain.widths)
    if narrow < wide:
        return [fails(claim, where, "C2.H1", "all levels have the same width N",
                      f"{counted(wide - narrow, 'neuron')}: the widths are {', '.join(map(str, chain.widths))}",
                      by=exactly(wide - narrow))]
    rate = min(noise.exact/(1 + b) for noise, b in zip(noises, before))
    kappa = 1/rate**wide
    last = "M_0" if chain.depth == 1 else f"M_0...M_{chain.depth - 1}"
    return [holds(claim, where, f"||{last}||^2 <= kappa^{chain.depth} <= {at_most(kappa**chain.depth)}, kappa <= "
                  f"{at_most(kappa)}", margin=f"r = {at_least(rate)} where 1 is needed", by=exactly(rate - 1),
                  kappa=kappa, bound=kappa**chain.depth)]


def _too_wide(model: _Model, n: int) -> Application | None:
    """H8 at level n + 1: the range is at most 2 + 2 b_n wide, so the image of layer n at most 2."""
    claim, where = "mori_zwanzig.contraction_uniform", "the chain"
    words = "the range of a level is at most 2 + 2 b wide: images of layers at most 2, as for |phi| <= 1"
    for i, (low, high) in enumerate(model.widths(n)):
        if low > 2 and not isinf(high):
            by = (Fraction(low) - 2, Fraction(high) - 2)
            found = shown((by[0] + 2, by[1] + 2))
            return fails(claim, where, "H8", words, f"{shown(by)} of width: image {i + 1} of layer {n} is {found} wide",
                         by=by, grade="enclosed")
        if high > 2:
            return unsettled(claim, where, "H8", words, f"the width of image {i + 1} of layer {n} is in "
                             f"[{at_least(low)}, {'infinity' if isinf(high) else at_most(Fraction(high))}], "
                             "where at most 2 is needed", None if isinf(high) else (Fraction(low), Fraction(high)))
    return None


def _gaussian_noise(model: _Model, n: int) -> list[Application]:
    claim, where, layer = "mori_zwanzig.gaussian_noise", f"layer {n}", model.chain.layers[n]
    if layer.noise.kind != "gaussian":
        return []
    if layer.noise.silent:
        return [fails(claim, where, "H3", "0 < sigma", "0: sigma is 0", by=exactly(0))]
    words = f"lambda(Omega_{n}) <= kappa (2 sqrt(pi) sigma)^{layer.outputs}, kappa = 1"
    upper = model.found[n].hs_squared
    if upper is None:
        return [fails(claim, where, "H4", words, f"an infinite volume: Omega_{n} is unbounded behind Gaussian noise, "
                      "and no sigma is enough")]
    if upper <= 1:
        return [holds(claim, where, f"||M_{n}||_HS^2 <= {at_most(upper)}", grade="enclosed",
                      margin=f"{at_least(1 - upper)} below kappa = 1", by=exactly(1 - upper), hs_squared=upper)]
    from numerics.enclosures import balls
    from numerics.enclosures.eigenvalues import ends

    density = ends(1/balls.Ball.pi().sqrt())[0]/(2*layer.noise.exact)
    by = (volume_within(model.inner[n])*density**layer.outputs - 1, upper - 1)
    if by[0] > 0:
        return [fails(claim, where, "H4", words, f"{shown(by)} of kappa: the quotient is "
                      f"{shown((by[0] + 1, by[1] + 1))} where at most 1 is needed", by=by, grade="enclosed")]
    ratio = (max(Fraction(0), by[0] + 1), upper)
    return [unsettled(claim, where, "H4", words, f"the quotient is in {shown(ratio)}, where at most 1 is needed",
                      ratio)]


def _dobrushin(model: _Model, n: int) -> list[Application]:
    claim, where = "mori_zwanzig.dobrushin", f"layer {n}"
    layer, delta = model.chain.layers[n], model.found[n].delta
    if layer.noise.kind != "uniform":
        return [fails(claim, where, "C3", _UNIFORM, f"the kind of noise: it is {layer.noise}, no cube")]
    if layer.noise.silent:
        return [fails(claim, where, "C3.H2", "0 < b", "0: b is 0", by=exactly(0))]
    widths = [high - low if isinf(high - low) else Fraction(high) - Fraction(low)
              for low, high in model.chain.images[n]]
    if any(map(isinf, widths)):
        return [_unbounded(model, n, widths.index(next(filter(isinf, widths))))]
    double, widest = 2*layer.noise.exact, max(map(Fraction, widths))
    if delta == 1:
        told = f"the widest image is at most {at_most(widest)}, {at_most(widest - double)} above 2b = {double}"
        return [holds(claim, where, f"osc(M_{n} u) <= osc(u), which is vacuous", margin=told,
                      by=exactly(widest - double), delta=delta)]
    return [holds(claim, where, f"osc(M_{n} u) <= {below_one(delta)} osc(u)", delta=delta, by=exactly(double - widest),
                  margin=f"images are {at_least(double - widest)} narrower than 2b = {double}")]


def _unbounded(model: _Model, n: int, i: int) -> Application:
    """Images without a finite width: certain behind Gaussian noise for an unbounded activation."""
    layer, claim = model.chain.layers[n], "mori_zwanzig.dobrushin"
    words = "|F_i(x) - F_i(z)| <= D_i: the image of the layer has a width"
    certain = layer.step is None and n > 0 and model.chain.layers[n - 1].noise.kind == "gaussian" \
        and any(layer.weight[i].tolist())
    if certain:
        return fails(claim, f"layer {n}", "C3.H6", words, f"an infinite width: {layer.phi.name} behind Gaussian noise")
    least = at_least(model.widths(n)[i][0])
    return unsettled(claim, f"layer {n}", "C3.H6", words, f"the width is in [{least}, infinity]")


def _forgetting(model: _Model) -> list[Application]:
    """All layers together, when each of them is covered: the product of their coefficients."""
    claim, chain = "mori_zwanzig.dobrushin", model.chain
    if any(row.outcome.name != "PROVED" for n in range(chain.depth) for row in _dobrushin(model, n)):
        return []
    product = Fraction(1)
    for found in model.found:
        product *= found.delta
    if product == 1:
        return [holds(claim, "the chain", "osc(q_0) <= osc(u), which is vacuous: no layer contracts", product=product)]
    numbers = {"product": product}
    told = f"osc(q_0) <= {below_one(product)} osc(u), layer after layer"
    if (spread := _readout_range(chain)) is not None:
        told += f"; with osc(u) <= {at_most(spread)}: osc(q_0) <= {at_most(product*spread)}"
        numbers |= {"readout": spread, "oscillation": product*spread}
    return [holds(claim, "the chain", told, **numbers)]  # type: ignore[arg-type]


def _readout_range(chain: NoisyChain) -> Fraction | None:
    """sum |alpha_i| |Omega_i| over the last range, for a readout with one output."""
    if chain.readout is None or len(chain.readout[0]) != 1:
        return None
    return sum((abs(Fraction(a))*(Fraction(high) - Fraction(low))
                for a, (low, high) in zip(chain.readout[0][0].tolist(), chain.ranges[-1])), Fraction(0))


def _capacity(model: _Model) -> list[Application]:
    """What is within eps of the mean output oscillates at most by the product of the coefficients, and 2 eps."""
    claim, chain = "mori_zwanzig.capacity_memory_tradeoff", model.chain
    for n, layer in enumerate(chain.layers):
        if layer.noise.kind != "uniform":
            return [fails(claim, "the chain", "C3", "the noise of every layer is uniform on a cube [-b, b]^N",
                          f"the kind of noise: layer {n} has {layer.noise}, no cube")]
        if layer.noise.silent:
            return [fails(claim, "the chain", "C3.H4", "0 < b", f"0: b_{n} is 0", by=exactly(0))]
        if any(isinf(high - low) for low, high in chain.images[n]):
            return [unsettled(claim, "the chain", "C3.H8", "|F_i(x) - F_i(z)| <= D_i: the image of a layer has a width",
                              f"no finite box around the image of layer {n} was found")]
    product = prod((found.delta for found in model.found), start=Fraction(1))
    factor = "" if product == 1 else f"{below_one(product)} "
    vacuous = ", which is vacuous: no layer contracts" if product == 1 else ""
    if (spread := _readout_range(chain)) is None:
        return [holds(claim, "the chain", f"|f - q_0| <= eps gives osc(f) <= {factor}osc(u) + 2 eps{vacuous}",
                      product=product)]
    return [holds(claim, "the chain", f"|f - q_0| <= eps gives osc(f) <= {at_most(product*spread)} + 2 eps, from "
                  f"osc(u) <= {at_most(spread)}{vacuous}", product=product, readout=spread, oscillation=product*spread)]


def _monotone(model: _Model) -> list[Application]:
    """Constants below and above the readout's mean over the last noise stay below and above to the input."""
    claim, chain = "mori_zwanzig.monotone_enclosure", model.chain
    for n, layer in enumerate(chain.layers):
        if layer.noise.silent:
            return [fails(claim, "the chain", "C4.H2", "the kernel is a bounded density",
                          f"an infinite value: the noise of layer {n} is 0")]
        if layer.noise.kind != "uniform":
            return [fails(claim, "the chain", "C4", "the levels behind the layers have finite volume",
                          f"an infinite volume: Omega_{n + 1} is unbounded behind {layer.noise}")]
    if any(isinf(high - low) for box in (*chain.images, *chain.ranges) for low, high in box):
        return [unsettled(claim, "the chain", "C4.H3", "the bounds of the readout are bounded",
                          "no finite box around a level was found")]
    if chain.readout is None or len(chain.readout[0]) != 1:
        return [holds(claim, "the chain", f"inf u <= q_0 <= sup u over Omega_{chain.depth}, and any bounds of u "
                      "carried back by the layers and rounded outwards bound q_0")]
    weights, constant = chain.readout[0][0].tolist(), Fraction(chain.readout[1].tolist()[0])
    lower = upper = constant
    for a, (low, high) in zip(map(Fraction, weights), chain.images[-1]):
        ends = sorted((a*Fraction(low), a*Fraction(high)))
        lower, upper = lower + ends[0], upper + ends[1]
    return [holds(claim, "the chain", f"{_above(lower)} <= q_0(x) <= {_below(upper)} for every x",
                  lower=lower, upper=upper)]


def _above(lower: Fraction) -> str:
    """A number of either sign, rounded down."""
    return at_least(lower) if lower >= 0 else f"-{at_most(-lower)}"


def _below(upper: Fraction) -> str:
    """A number of either sign, rounded up."""
    return at_most(upper) if upper >= 0 else f"-{at_least(-upper)}"


def _neuron_removal(model: _Model, n: int) -> list[Application]:
    claim, where, layer = "mori_zwanzig.neuron_removal", f"layer {n}", model.chain.layers[n]
    if layer.noise.silent:
        return [fails(claim, where, "H3", "0 < b", "0: b is 0", by=exactly(0))]
    if layer.step is not None:
        return [fails(claim, where, "H4", "F_i(x) = phi(sum_j W_ij x_j + c_i)",
                      "1 x: a residual block adds x_i, whose coefficient has to be 0", by=exactly(1))]
    if layer.noise.kind != "uniform":
        return [fails(claim, where, "C2", _UNIFORM, f"the kind of noise: it is {layer.noise}, no cube")]
    if any(isinf(high - low) for low, high in model.chain.ranges[n]):
        return [fails(claim, where, "H8", "a removed input moves by at most R_j",
                      f"an infinite R_j: Omega_{n} is unbounded behind Gaussian noise")]
    costs = []
    for j, (low, high) in enumerate(model.chain.ranges[n]):
        total = sum((abs(Fraction(w)) for w in layer.weight[:, j].tolist()), Fraction(0))
        costs.append(total*layer.phi.lipschitz*(Fraction(high) - Fraction(low))/(4*layer.noise.exact))
    least = min(range(len(costs)), key=costs.__getitem__)
    said = "which is vacuous" if costs[least] >= 1 else "the least of its inputs"
    return [holds(claim, where, f"freezing input {least + 1} moves the mean of u by at most {at_most(costs[least])} "
                  f"osc(u), {said}",  # type: ignore[arg-type]
                  **{f"input_{j + 1}": cost for j, cost in enumerate(costs)})]


def _constant_mode(model: _Model) -> list[Application]:
    claim = "mori_zwanzig.constant_mode_obstruction"
    for n, layer in enumerate(model.chain.layers):
        if layer.noise.silent:
            return [fails(claim, f"layer {n}", "C3.H1", "the kernel is a bounded density",
                          "an infinite value: the noise is 0")]
    return [holds(claim, "every layer", "the norm of M_n between the spaces weighted by the densities is exactly 1: "
                  "memory decays only beside the constants", norm=Fraction(1))]


def _finite_states(claim: str, hypothesis: str, instead: str) -> Callable[[_Model], list[Application]]:
    """A claim about finitely many states, and where the same is said of densities."""
    def apply(model: _Model) -> list[Application]:
        level = next((n + 1 for n, layer in enumerate(model.chain.layers) if not layer.noise.silent), 0)
        return [fails(claim, "the chain", hypothesis, "a level has finitely many states",
                      f"infinitely many: level {level} is a set of positive volume. {instead}")]
    return apply


_Apply = Callable[[_Model, int], list[Application]] | None
_CLAIMS: dict[str, tuple[_Apply, Callable[[_Model], list[Application]] | None]] = {
    "mori_zwanzig.hs_norm": (_hs_norm, None),
    "mori_zwanzig.norm_sandwich": (_norm_sandwich, None),
    "mori_zwanzig.contraction_uniform": (None, _contraction_uniform),
    "mori_zwanzig.gaussian_noise": (_gaussian_noise, None),
    "mori_zwanzig.dobrushin": (_dobrushin, _forgetting),
    "mori_zwanzig.neuron_removal": (_neuron_removal, None),
    "mori_zwanzig.constant_mode_obstruction": (None, _constant_mode),
    "mori_zwanzig.capacity_memory_tradeoff": (None, _capacity),
    "mori_zwanzig.maximal_correlation": (None, _finite_states(
        "mori_zwanzig.maximal_correlation", "H1", "The table's column of maximal correlations is an estimate.")),
    "mori_zwanzig.monotone_enclosure": (None, _monotone),
}
