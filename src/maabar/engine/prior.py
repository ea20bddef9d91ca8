"""Priors are drawn into a thread's copy of the world, each keyed by the path of its parameter."""

from __future__ import annotations

import math

from maabar.engine import process
from maabar.engine.kernel import kernel
from maabar.engine.rng import uniform

FIXED, UNIFORM, LOGNORMAL, COPY, OPTION = 0, 1, 2, 3, 4
_NEWTON = 3
_TABLE_A = (2.515517, 0.802853, 0.010328)
_TABLE_D = (1.432788, 0.189269, 0.001308)


@kernel
def normal(u):
    """Standard normal quantile: Abramowitz & Stegun 26.2.23, sharpened by Newton steps.

    Source: doi:10.1119/1.15378 (reprint), formula 26.2.23.
    """
    tail = min(u, 1.0 - u)
    t = math.sqrt(-2.0 * math.log(tail))
    a0, a1, a2 = _TABLE_A
    d1, d2, d3 = _TABLE_D
    z = t - (a0 + t * (a1 + t * a2)) / (1.0 + t * (d1 + t * (d2 + t * d3)))
    for _ in range(_NEWTON):
        density = math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
        if density > 0:
            z += (0.5 * math.erfc(z / math.sqrt(2.0)) - tail) / density
    return -z if u < 0.5 else z


@kernel
def draw_priors(world, key):
    """Scatter one draw of every prior into the world's buffer; copies come after their sources."""
    for n in range(world.prior.shape[0]):
        kind = world.prior[n].kind
        offset = world.prior[n].offset
        u = uniform(key, 0, process.PRIOR, world.prior[n].key, 0)
        if kind == UNIFORM:
            value = world.prior[n].a + u * (world.prior[n].b - world.prior[n].a)
            world.raw[offset] = value * world.prior[n].scale
        elif kind == LOGNORMAL:
            value = world.prior[n].a * math.exp(math.log(world.prior[n].b) * normal(u))
            world.raw[offset] = value * world.prior[n].scale
        elif kind == COPY:
            world.raw[offset] = world.raw[world.prior[n].source] * world.prior[n].scale
        elif world.prior[n].a <= u < world.prior[n].b:
            world.words[offset] = int(world.prior[n].value)
