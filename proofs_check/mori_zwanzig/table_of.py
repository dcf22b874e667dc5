"""Tables of noisy chains: what contracts at each layer, and how much noise the Hilbert-Schmidt route asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING, Any

from proofs_check.tables import DIGITS, Table, lower_text, upper_text
from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from numerics.mori_zwanzig.chain import NoisyChain
    from numerics.mori_zwanzig.norm_enclosures import LayerCertificate
    from numerics.mori_zwanzig.operators import ContractionRow

COLUMNS = ("n", "lambda(Omega_n)", "HS", "Schur upper", "op lower", "delta", "max. correlation", "QMQ weighted",
           "certified product", "kind", "valid", "what fails")
AMPLITUDE_COLUMNS = ("n", "b_n for HS", "n + 1", "delta at b_n", "delta at b = 2")
BITS = 60
"""Roots are enclosed between neighbouring multiples of 2^-60."""


@dataclass(frozen=True)
class LayerRecord:
    """The numbers behind a row: fractions are certified upper bounds (`op_lower`: lower), the floats estimates.

    `product` is delta_0 ... delta_n: osc(q_0) <= product * osc(q_{n+1}). `valid` names what holds: HS, Schur,
    Dobrushin, weighted QMQ (in floats), or none of them.
    """

    layer: int
    volume: Fraction | None
    hs: Fraction | None
    schur: Fraction | None
    op_lower: Fraction | None
    delta: Fraction
    max_correlation: float | None
    qmq_weighted: float | None
    product: Fraction
    kind: str
    valid: tuple[str, ...]
    fails: str


def table_of(subject: Any, **options: Any) -> Table:
    """Return the table of a torch module or `NoisyChain` with noise, or of `(N, kappa, L)` the amplitudes needed.

    `options` are those of `layer_contraction_table` and `noise_amplitude_table`.
    """
    if isinstance(subject, Sequence) and not hasattr(subject, "named_parameters"):
        if len(subject) != 3:
            raise InputError(explain("subject", "(N, kappa, L)", repr(subject), 'Write (4, "1/2", 6).'))
        return noise_amplitude_table(*subject, **options)
    return layer_contraction_table(subject, **options)


def layer_contraction_table(module: Any, noise: Any = None, input_box: Any = None, *, estimates: bool = True,
                            cells: int | None = None) -> Table:
    """Return what contracts at each layer, in which sense, and which certificate is valid.

    Args:
        module: nn.Sequential of Linear and activations (or residual blocks), or a `NoisyChain`.
        noise: such as "uniform:1.2", one for all layers or one for each; left out for a chain.
        input_box: intervals of the inputs, or one interval for all of them; default [-1, 1].
        estimates: also the columns in floats (maximal correlation, weighted QMQ norm), which take most of the time.
        cells: of the enclosures of operator norms, along each axis.

    Raises:
        InputError: no noise, an unknown activation, a module that is no chain of layers.
    """
    from numerics.mori_zwanzig.norm_enclosures import certificates

    chain = chain_of(module, noise, input_box)
    found = certificates(chain, cells)
    rows = chain.layer_contraction_table() if estimates else (None,)*chain.depth
    records: list[LayerRecord] = []
    for certificate, row in zip(found, rows):
        before = records[-1].product if records else Fraction(1)
        records.append(_record(certificate, row, before*certificate.delta))
    kinds = ", ".join(dict.fromkeys(str(layer.noise) for layer in chain.layers))
    widths = "-".join(map(str, chain.widths))
    return Table(f"Contraction of the layers of a {widths} chain with noise {kinds}", COLUMNS,
                 tuple(map(_cells, records)), _notes(records, estimates), tuple(records))


def chain_of(module: Any, noise: Any, input_box: Any) -> NoisyChain:
    """Return the noisy chain of a module; a chain is returned as it is.

    Raises InputError without noise.
    """
    from numerics.mori_zwanzig.chain import NoisyChain

    if isinstance(module, NoisyChain):
        return module
    if not hasattr(module, "named_parameters"):
        raise InputError(explain("module", "a torch module or a NoisyChain", type(module).__name__,
                                 "Give an nn.Sequential of Linear and activations."))
    if noise is None:
        raise InputError(explain("noise", "the noise of the layers", "none", 'Give noise="uniform:1.2".'))
    return NoisyChain.from_module(module, noise, _box(module, input_box))


def _box(module: Any, given: Any) -> Any:
    """One interval for each input."""
    pair = ("-1", "1") if given is None else given
    if isinstance(pair[0], (tuple, list)):
        return pair
    inputs = next((part.in_features for part in module.modules() if hasattr(part, "in_features")), 1)
    return [tuple(pair)]*inputs


def _record(found: LayerCertificate, row: ContractionRow | None, product: Fraction) -> LayerRecord:
    from numerics.mori_zwanzig.norm_enclosures import root

    hs = None if found.hs_squared is None else root((Fraction(0), found.hs_squared))[1]
    schur, lower = hs, Fraction(0)
    if found.norm is not None:
        lower, schur = root((found.norm.lower, found.norm.upper))
    constant = _constant(found)
    lower_or_none = None if constant is None else max(lower, constant)
    correlation, qmq = (None, None) if row is None else (row.max_correlation, row.qmq_weighted)
    valid = (*found.valid, *(("weighted QMQ",) if qmq is not None and qmq < 1 - 1e-9 else ()))
    return LayerRecord(found.layer, found.volume, hs, schur, lower_or_none, found.delta, correlation, qmq, product,
                       found.kind, valid, "; ".join(text for _, text in found.notes))


def _constant(found: LayerCertificate) -> Fraction | None:
    """||M 1||/||1|| from below: sqrt(lambda(Omega_n)/lambda(Omega_{n+1})), 0 when the latter is infinite."""
    from numerics.mori_zwanzig.norm_enclosures import root

    if found.volume is None or found.hs_squared is None:
        return None
    if found.volume_after is None:
        return Fraction(0)
    ratio = found.volume/found.volume_after
    return root((ratio, ratio))[0]


def _cells(record: LayerRecord) -> tuple[str, ...]:
    def bound(value: Fraction | None) -> str:
        return "-" if value is None else upper_text(value)

    def estimate(value: float | None) -> str:
        return "-" if value is None else f"~{value:.{DIGITS}f}"

    lower = "-" if record.op_lower is None else lower_text(record.op_lower)
    return (str(record.layer), bound(record.volume), bound(record.hs), bound(record.schur), lower,
            below_one(record.delta), estimate(record.max_correlation), estimate(record.qmq_weighted),
            below_one(record.product), record.kind, ", ".join(record.valid) or "none", record.fails)


def _notes(records: Sequence[LayerRecord], estimates: bool) -> tuple[str, ...]:
    notes = ["All bounds are for the real network that the floats of the weights stand for, on boxes around its ranges;"
             " norms are not squared; ~ marks floating-point estimates, which certify nothing.",
             "HS, Schur upper and op lower bound the norm of M_n on unweighted L^2; a norm below 1 there is volume"
             " growth, not forgetting. Memory decays where delta, the maximal correlation or the QMQ norm is below 1"
             " (QMQ: behind the projection on affine functions, weighted by the densities; it is at most"
             " sqrt(delta)).",
             "certified product = delta_0 ... delta_n: osc(q_0) is at most this times osc(q_{n+1})."]
    if not all("HS" in record.valid for record in records):
        failing = ", ".join(str(r.layer) for r in records if "HS" not in r.valid)
        told = "and delta < 1 certifies that memory decays all the same" if records[-1].product < 1 else \
            "and delta certifies no decay either: look at the estimates, or give more noise"
        notes.append(f"The Hilbert-Schmidt condition fails at layers {failing}, {told}.")
    if not estimates:
        notes.append("The columns in floats were not asked for.")
    return tuple(notes)


def below_one(value: Fraction) -> str:
    """A number of at most 1 rounded up, as 1 - x where it would round to 1; exactly 1 is 1."""
    if value == 1:
        return "1"
    rest = 1 - value
    return upper_text(value) if rest >= Fraction(1, 10**DIGITS) else f"1 - {lower_text(rest)}"


@dataclass(frozen=True)
class AmplitudeRecord:
    """Layer n: enclosure of the least b_n, delta for |phi| <= 1 at that amplitude, and at b = 2, from above."""

    layer: int
    amplitude: tuple[Fraction, Fraction]
    delta: Fraction
    delta_two: Fraction


def noise_amplitude_table(width: Any, kappa: Any, layers: Any) -> Table:
    """Return the noise amplitudes of the Hilbert-Schmidt route: ||M_n||^2 <= kappa for |phi| <= 1 on [-1, 1]^N.

    b_0 = r, b_n = r (1 + b_{n-1}) with r = kappa^(-1/N), so b_n = r (r^(n+1) - 1)/(r - 1), n + 1 at kappa = 1: linear
    growth at the least. Beside it the Dobrushin bound 1 - (1 - 1/b)^N, below 1 for every constant b > 1.

    Args:
        width: N, from 1 to 4096; kappa: an exact number in (0, 1]; layers: from 1 to 1000.
    """
    n, count, share = _whole(width, "N", 4096), _whole(layers, "L", 1000), _kappa(kappa)
    records = []
    low = high = Fraction(0)
    root_low, root_high = _root(1/share, n)
    for layer in range(count):
        low, high = _down(root_low*(1 + low)), _up(root_high*(1 + high))
        # at kappa = 1 the first amplitude is 1, where delta is 1
        records.append(AmplitudeRecord(layer, (low, high), _tanh_delta(low, n), _tanh_delta(Fraction(2), n)))
    rows = tuple((str(r.layer), _enclosed(r.amplitude), str(r.layer + 1), below_one(r.delta), below_one(r.delta_two))
                 for r in records)
    notes = ("b_n: the least amplitudes with lambda(Omega_n)/(2 b_n)^N <= kappa when the range is all of"
             " [-1 - b_{n-1}, 1 + b_{n-1}]^N; kappa bounds the square of the norm.",
             "delta: Dobrushin's coefficient is at most this for |phi| <= 1; constant noise b > 1 makes it less than 1,"
             " so growing noise is not needed for memory to decay.")
    return Table(f"Noise amplitudes for ||M_n||^2 <= {share}, N = {n}", AMPLITUDE_COLUMNS, rows, notes, tuple(records))


def _enclosed(pair: tuple[Fraction, Fraction]) -> str:
    low, high = lower_text(pair[0]), upper_text(pair[1])
    return low if low == high else high


def _whole(value: Any, name: str, most: int) -> int:
    try:
        found = int(str(value))
    except ValueError:
        found = 0
    if not 1 <= found <= most:
        raise InputError(explain(name, f"an integer from 1 to {most}", repr(value), "Write 4, say."))
    return found


def _kappa(value: Any) -> Fraction:
    from theory.exact.rationals import exact

    found = exact(value, "kappa")
    if not 0 < found <= 1:
        raise InputError(explain("kappa", "a number in (0, 1]", str(value), "Write 0.5, say."))
    return found


def _root(value: Fraction, order: int) -> tuple[Fraction, Fraction]:
    """value^(1/order) >= 1 between neighbouring multiples of 2^-BITS, equal if exact, by bisection."""
    unit = 1 << BITS
    low, high = unit, -(-value.numerator*unit//value.denominator)

    def power(k: int) -> bool:
        return Fraction(k, unit)**order <= value

    while high - low > 1:
        middle = (low + high)//2
        low, high = (middle, high) if power(middle) else (low, middle)
    low = high if power(high) else low
    exact_root = Fraction(low, unit)**order == value
    return Fraction(low, unit), Fraction(low if exact_root else low + 1, unit)


def _down(value: Fraction) -> Fraction:
    return Fraction(value.numerator*(1 << BITS)//value.denominator, 1 << BITS)


def _up(value: Fraction) -> Fraction:
    return -_down(-value)


def _tanh_delta(amplitude: Fraction, width: int) -> Fraction:
    """1 - (1 - 1/b)_+^N, rounded up."""
    rest = max(Fraction(0), 1 - 1/amplitude) if amplitude else Fraction(0)
    return 1 - _down(rest**width) if width <= 64 else 1 - rest**width


def finite(value: float | None) -> bool:
    """Whether there is a number that can be drawn."""
    return value is not None and value == value and abs(value) != inf
