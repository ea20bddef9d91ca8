"""3. Threat: gamma-Poisson beliefs about strikes per thousand visible fighters and day.

``a <- d a + (1 - d) a0 + hits``, ``b <- d b + (1 - d) b0 + visible / 1000``, ``rate = a / b``,
``d = 2^(-1 / half-life)``
"""

from __future__ import annotations

from types import SimpleNamespace

from .fear import visible
from .replicate import Replicate


def threat(r: Replicate) -> None:
    """Everyone watches who is struck and where, and forgets; shock fades."""
    count_exposure(r)
    rate = r.b.threat_prior_rate
    for v in r.strikers:
        for label in r.labels:
            hostility = r.w.striker_label[v][label].hostility
            belief = r.s.striker_label[v][label]
            far = r.b.threat_far_weight * r.s.striker[v].far_today * hostility
            update(r, belief, rate * hostility, belief.today + far, belief.seen)
        for p in r.places:
            near = [r.w.place_near[p][q].near for q in r.places]
            around = r.s.striker_place[v]
            hits = sum(weight * one.today for weight, one in zip(near, around, strict=True))
            seen = sum(weight * one.seen for weight, one in zip(near, around, strict=True))
            update(r, around[p], rate, hits, seen)
    for group in r.s.group:
        group.shock *= 2 ** (-1 / r.b.threat_shock_half_life)


def update(
    r: Replicate, belief: SimpleNamespace, prior: float, hits: float, exposure: float
) -> None:
    """One day of learning and forgetting."""
    d = 2 ** (-1 / r.b.threat_half_life)
    b0 = r.b.threat_prior_exposure
    belief.hits = d * belief.hits + (1 - d) * prior * b0 + hits
    belief.exposure = d * belief.exposure + (1 - d) * b0 + exposure
    belief.rate = belief.hits / belief.exposure


def count_exposure(r: Replicate) -> None:
    """What each striker sees today in thousands of fighters, by flag, by true label and by place."""
    for v in r.strikers:
        for belief in (*r.s.striker_label[v], *r.s.striker_place[v]):
            belief.seen = 0.0
        deceived = r.w.striker[v].deceived
        for g in r.groups:
            if r.s.group[g].patron < 0:
                continue
            for p in r.places_of(g):
                seen = sum(visible(r, v, g, p)) / 1000
                r.s.striker_label[v][r.s.group[g].flag].seen += deceived * seen
                r.s.striker_label[v][r.label_of(g)].seen += (1 - deceived) * seen
                r.s.striker_place[v][p].seen += seen
