"""The workload of `bench/peer.py` in Mesa, AgentPy and Starsim; run by it in another environment.

Groups, crossings and places are agents; prints ``seconds cash arms`` for every replicate.

python bench/framework.py mesa|agentpy|starsim FIRST COUNT
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np

GROUPS, PLACES, CROSSINGS, DAYS = 12, 20, 15, 365


class _Group:
    def setup(self) -> None:
        self.cash = self.arms = self.strength = 1.0

    def decide(self) -> None:
        for crossing in self.model.crossings:
            u = self.model.random.random()
            if u < crossing.open * (1 - crossing.risk):
                q = 0.02 * self.strength * (1 - u)
                self.cash += q * crossing.price
                self.arms += 0.1 * q
                crossing.flow += q
            else:
                self.cash -= 0.001
                self.arms *= 0.9995

    def grow(self) -> None:
        self.strength = 0.95 * self.strength + 0.05 * (
            1 + self.cash / (1 + abs(self.cash)) + 0.2 * self.arms
        )
        self.cash *= 0.999


class _Crossing:
    def setup(self, number: int) -> None:
        self.open, self.price, self.risk, self.flow = 0.5 + 0.02 * number, 1.0, 0.1, 0.0

    def update(self) -> None:
        self.price = 0.99 * self.price + 0.01 * (1 + 0.5 * self.flow)
        self.risk = min(0.9, 0.98 * self.risk + 0.02 * (0.1 + 0.05 * self.flow))
        self.flow = 0.0


class _Place:
    def setup(self, number: int) -> None:
        self.owner, self.tension = number % GROUPS, 0.2

    def contest(self) -> None:
        u1, u2 = self.model.random.random(), self.model.random.random()
        groups = self.model.groups
        other = (self.owner + 1 + int(u1 * (GROUPS - 1))) % GROUPS
        a, o = groups[other], groups[self.owner]
        if u2 < 0.05 * a.arms / (a.arms + o.arms + 1e-9):
            self.owner, self.tension = other, min(1.0, self.tension + 0.1)
            a.arms *= 0.99
            o.arms *= 0.98
        else:
            self.tension *= 0.995
        groups[self.owner].cash += 0.005 * (1 - self.tension)


def mesa(seed: int) -> tuple[float, float]:
    """Mesa: agents in agent sets, totals by its data collector."""
    import mesa as framework

    class Group(_Group, framework.Agent):
        pass

    class Crossing(_Crossing, framework.Agent):
        pass

    class Place(_Place, framework.Agent):
        pass

    class Model(framework.Model):
        def __init__(self) -> None:
            super().__init__(seed=seed)
            self.groups = [Group(self) for _ in range(GROUPS)]
            self.crossings = [Crossing(self) for _ in range(CROSSINGS)]
            self.places = [Place(self) for _ in range(PLACES)]
            for kind in (self.groups, self.crossings, self.places):
                for n, one in enumerate(kind):
                    one.setup(*([] if kind is self.groups else [n]))
            self.totals = framework.DataCollector(
                {
                    "cash": lambda model: sum(one.cash for one in model.groups),
                    "arms": lambda model: sum(one.arms for one in model.groups),
                }
            )

        def step(self) -> None:
            self.agents_by_type[Group].do("decide")
            self.agents_by_type[Crossing].do("update")
            self.agents_by_type[Place].do("contest")
            self.agents_by_type[Group].do("grow")
            self.totals.collect(self)

    model = Model()
    for _ in range(DAYS):
        model.step()
    found = model.totals.model_vars
    return found["cash"][-1], found["arms"][-1]


def agentpy(seed: int) -> tuple[float, float]:
    """AgentPy: agents in agent lists, totals by `record`."""
    import agentpy as framework

    class Group(_Group, framework.Agent):
        pass

    class Crossing(framework.Agent):
        def setup(self) -> None:
            _Crossing.setup(self, (self.id - GROUPS - 1) % CROSSINGS)

        update = _Crossing.update

    class Place(framework.Agent):
        def setup(self) -> None:
            _Place.setup(self, (self.id - GROUPS - CROSSINGS - 1) % PLACES)

        contest = _Place.contest

    class Model(framework.Model):
        def setup(self) -> None:
            self.groups = framework.AgentList(self, GROUPS, Group)
            self.crossings = framework.AgentList(self, CROSSINGS, Crossing)
            self.places = framework.AgentList(self, PLACES, Place)

        def step(self) -> None:
            self.groups.decide()
            self.crossings.update()
            self.places.contest()
            self.groups.grow()

        def update(self) -> None:
            self.record("cash", sum(one.cash for one in self.groups))
            self.record("arms", sum(one.arms for one in self.groups))

    found = Model({"steps": DAYS, "seed": seed}).run(display=False)
    last = found.variables.Model.iloc[-1]
    return float(last["cash"]), float(last["arms"])


def starsim(seed: int) -> tuple[float, float]:
    """Starsim: groups are its agents, their traits arrays; totals by its results."""
    import starsim as framework

    class Trade(framework.Module):
        def __init__(self) -> None:
            super().__init__()
            self.define_states(
                framework.FloatArr("cash", default=1.0),
                framework.FloatArr("arms", default=1.0),
                framework.FloatArr("strength", default=1.0),
            )
            self.draws = np.random.default_rng(seed)
            self.open = 0.5 + 0.02 * np.arange(CROSSINGS)
            self.price, self.risk = np.ones(CROSSINGS), np.full(CROSSINGS, 0.1)
            self.owner, self.tension = np.arange(PLACES) % GROUPS, np.full(PLACES, 0.2)

        def init_results(self) -> None:
            super().init_results()
            self.define_results(
                framework.Result("total_cash", dtype=float),
                framework.Result("total_arms", dtype=float),
            )

        def step(self) -> None:
            cash, arms, strength = self.cash.values, self.arms.values, self.strength.values
            flow = np.zeros(CROSSINGS)
            u = self.draws.random((CROSSINGS, GROUPS))
            for c in range(CROSSINGS):
                goes = u[c] < self.open[c] * (1 - self.risk[c])
                q = np.where(goes, 0.02 * strength * (1 - u[c]), 0.0)
                cash += np.where(goes, q * self.price[c], -0.001)
                arms[:] = np.where(goes, arms + 0.1 * q, arms * 0.9995)
                flow[c] = q.sum()
            self.price = 0.99 * self.price + 0.01 * (1 + 0.5 * flow)
            self.risk = np.minimum(0.9, 0.98 * self.risk + 0.02 * (0.1 + 0.05 * flow))
            for p, (u1, u2) in enumerate(self.draws.random((PLACES, 2))):
                o = self.owner[p]
                a = (o + 1 + int(u1 * (GROUPS - 1))) % GROUPS
                if u2 < 0.05 * arms[a] / (arms[a] + arms[o] + 1e-9):
                    self.owner[p], self.tension[p] = a, min(1.0, self.tension[p] + 0.1)
                    arms[a] *= 0.99
                    arms[o] *= 0.98
                else:
                    self.tension[p] *= 0.995
                cash[self.owner[p]] += 0.005 * (1 - self.tension[p])
            strength[:] = 0.95 * strength + 0.05 * (1 + cash / (1 + np.abs(cash)) + 0.2 * arms)
            cash *= 0.999
            self.cash[:], self.arms[:], self.strength[:] = cash, arms, strength

        def update_results(self) -> None:
            super().update_results()
            self.results["total_cash"][self.ti] = self.cash.values.sum()
            self.results["total_arms"][self.ti] = self.arms.values.sum()

    trade = Trade()
    sim = framework.Sim(
        n_agents=GROUPS, modules=trade, start="2022-01-01", dt=framework.days(1),
        dur=framework.days(DAYS - 1), verbose=0, copy_inputs=False,
    )  # fmt: skip
    sim.run()
    assert len(trade.results["total_cash"]) == DAYS
    return float(trade.results["total_cash"][-1]), float(trade.results["total_arms"][-1])


def main() -> None:
    """Print a line for every replicate."""
    call: Callable[[int], tuple[float, float]] = globals()[sys.argv[1]]
    first, count = int(sys.argv[2]), int(sys.argv[3])
    call(10_000)
    for seed in range(first, first + count):
        start = time.perf_counter()
        cash, arms = call(seed)
        print(time.perf_counter() - start, cash, arms)


if __name__ == "__main__":
    main()
