"""Aliasing of sine neurons against balls of another library."""

from __future__ import annotations

from flint import arb

from theory.etr_training.sine_aliasing import CLAIM


def test_shifted_weights_agree_at_thirds():
    """Weights 1/2 and 1/2 + 6 pi s have one sine at all k/3."""
    for k in range(-7, 8):
        x = arb(k) / 3
        for s in (1, -2, 5):
            assert ((x / 2 + 1).sin() - ((arb(1) / 2 + 6 * arb.pi() * s) * x + 1).sin()).contains(0)


def test_other_inputs_tell_them_apart():
    """At 1/6 the shift by 6 pi is half of a turn."""
    x = arb(1) / 6
    assert not ((x / 2 + 1).sin() - ((arb(1) / 2 + 6 * arb.pi()) * x + 1).sin()).contains(0)


def test_the_claim_keeps_its_parts():
    """States of the neurons, and outputs."""
    assert len(CLAIM.conclusion[2]) == 2
    assert {control.name for control in CLAIM.controls} == {"half_of_a_turn", "other_denominators"}
