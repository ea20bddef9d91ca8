"""From a scenario to the tables that the engine reads: the only place that converts units.

Every input field of the registry names the path at which it stands in the scenario; `build` walks
the registry, writes what is fixed, and makes a table of priors to be drawn per replicate, each
keyed by a hash of its path.
"""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from maabar.engine import prior as kinds
from maabar.engine.state import PRIOR, VETO, World, offsets, readable, shape, views
from maabar.scenario.path import matches
from maabar.scenario.quantity import Choice, Quantity
from maabar.variables import EVENTS, WORLD, Variable

EARTH_KM = 6371.0
SET, SCALE, STRIKE, SIEGE, RELEASE = range(5)
_KIND = {kind.name: number for number, kind in enumerate(EVENTS)}
_GROUP_KINDS = {"local": 0, "company": 1, "core": 2}
_CLASSES = {"local": 0, "foreign": 1, "core": 2}


class Names(NamedTuple):
    """What the indices mean.

    Parameters
    ----------
    ids : dict
        Dim -> ids in the order of the indices.
    titles : dict
        Dim -> id -> ``{"en": ..., "ar": ...}``.
    end_place : tuple of tuple of int
        Place index of both ends of every crossing.
    """

    ids: dict[str, tuple[str, ...]]
    titles: dict[str, dict[str, dict[str, str]]]
    end_place: tuple[tuple[int, int], ...]


class _Row(NamedTuple):
    """One act of the timeline, ready for the table."""

    act: int
    days: tuple[int, int]
    until: int
    key: int
    target: int = -1
    label: int = -1
    place: int = -1
    part: int = 0
    parts: int = 1
    actor: int = -1
    crossing: int = -1
    exists: bool = True
    value: tuple[str, Any] = ("", None)
    killed: tuple[str, Any] = ("", None)
    civilians: tuple[str, Any] = ("", None)


def build(scenario: Any, *, own: Sequence[float] = ()) -> tuple[Any, Names]:
    """Tables and names of a scenario.

    Parameters
    ----------
    scenario : maabar.scenario.schema.Scenario
    own : sequence of float
        Parameters of a user's own mechanisms, in `world.own`; `state.own` has as many rows.

    Returns
    -------
    World, Names

    Examples
    --------
    >>> from maabar.scenario.load import load
    >>> world, names = build(load("two-crossings"))
    >>> len(names.ids["crossing"])
    2
    """
    return _Builder(scenario, own).build()


class _Builder:
    def __init__(self, scenario: Any, own: Sequence[float]) -> None:
        self.scenario = scenario
        self.own = own
        self.ids = _ids(scenario)
        self.index = {
            dim: {name: number for number, name in enumerate(names)}
            for dim, names in self.ids.items()
        }
        self.priors: list[tuple[Any, ...]] = []
        self.at_path: dict[str, list[tuple[int, float]]] = {}
        self.start = scenario.warm_up_from or scenario.observe_from

    def build(self) -> tuple[Any, Names]:
        self.ends = self._ends()
        sizes = self._sizes(rows=0)
        at = offsets(WORLD, sizes)
        raw = np.zeros(at[""])
        self.table = views(WORLD, sizes, raw)
        self._fill_inputs(sizes, at)
        rows = list(self._timeline())
        sizes = self._sizes(rows=len(rows))
        raw = self._with_timeline(sizes, at, raw, rows)
        self._fill_derived()
        table = np.array(self.priors, PRIOR) if self.priors else np.zeros(0, PRIOR)
        world = World(
            **views(WORLD, sizes, raw), prior=readable(table), veto=readable(np.zeros(0, VETO))
        )
        names = Names(self.ids | {"row": tuple(str(n) for n in range(len(rows)))}, _titles(
            self.scenario, self.ids), tuple(self.ends))  # fmt: skip
        return world, names

    def _sizes(self, rows: int) -> dict[str, int]:
        sizes = {dim: len(names) for dim, names in self.ids.items()}
        return sizes | {"end": 2, "row": rows, "own": max(1, len(self.own))}

    def _ends(self) -> list[tuple[int, int]]:
        banks = list(self.scenario.banks)
        ends = []
        for crossing in self.scenario.crossings.values():
            first, second = sorted(
                crossing.ends,
                key=lambda place: banks.index(
                    self.scenario.markets[self.scenario.places[place].market].bank
                ),
            )
            ends.append((self.index["place"][first], self.index["place"][second]))
        return ends

    # -- inputs ------------------------------------------------------------------------------

    def _fill_inputs(self, sizes: dict[str, int], at: dict[str, int]) -> None:
        for name, spec in WORLD.items():
            width = len(spec.fields)
            extent = shape(spec, sizes)
            for position, field in enumerate(spec.fields):
                for row, index in enumerate(product(*(range(n) for n in extent))):
                    offset = at[name] + row * width + position
                    if field.kind == "input":
                        self._fill(field, offset, self._keys(spec.dims, index))

    def _keys(self, dims: tuple[str, ...], index: tuple[int, ...]) -> dict[str, str]:
        keys = {}
        for dim, number in zip(dims, index, strict=False):
            if dim == "end":
                keys[dim] = self.ids["place"][self.ends[index[0]][number]]
            elif dim in self.ids:
                keys[dim] = self.ids[dim][number]
        return keys

    def _fill(self, field: Variable, offset: int, keys: dict[str, str]) -> None:
        template = field.path or _exists_path(field, keys)
        said, path = None, template.format(**keys) if template else ""
        if path:
            said = self.scenario.at(path)
            self.at_path.setdefault(path, []).append((offset, field.scale))
        if said is None and field.fallback:
            path = field.fallback.format(**keys)
            said = self.scenario.at(path)
            self.at_path.setdefault(path, []).append((offset, field.scale))
        self._put(field, offset, path, said)

    def _put(self, field: Variable, offset: int, path: str, said: Any) -> None:
        if said is None:
            self._write(field, offset, field.default)
        elif isinstance(said, Choice):
            self._choose(field, offset, path, said)
        elif isinstance(said, Quantity):
            self._draw(offset, path, said, field.scale)
        elif isinstance(said, bool):
            self._write(field, offset, float(said))
        else:
            self._write(field, offset, self.index[field.refers][said])

    def _write(self, field: Variable, offset: int, value: float) -> None:
        if field.dtype == "i8":
            self.table["words"][offset] = int(value)
        else:
            self.table["raw"][offset] = value

    def _choose(self, field: Variable, offset: int, path: str, choice: Choice) -> None:
        """An id, or one prior row for each option with its slice of the unit interval."""
        low = 0.0
        for option, share in choice.options:
            number = -1 if option is None else self.index[field.refers][option]
            if share == 1:
                self._write(field, offset, number)
            elif share > 0:
                high = low + share
                self.priors.append(
                    (kinds.OPTION, offset, hash_of(path), low, high, float(number), 0, 1.0)
                )
                low = high

    def _draw(self, offset: int, path: str, quantity: Quantity, scale: float) -> None:
        """A fixed number, or a row of the table of priors; what moves together has one key."""
        while quantity.kind == "same_as":
            path = str(quantity.source)
            scale *= quantity.times
            quantity = self.scenario.at(path)
        if quantity.kind == "value":
            self.table["raw"][offset] = quantity.a * scale
            return
        kind = kinds.UNIFORM if quantity.kind == "range" else kinds.LOGNORMAL
        self.priors.append((kind, offset, hash_of(path), quantity.a, quantity.b, 0.0, 0, scale))

    # -- derived -----------------------------------------------------------------------------

    def _fill_derived(self) -> None:
        scenario, index, table = self.scenario, self.index, self.table
        banks = list(scenario.banks)
        table["run"]["observe_day"] = (scenario.observe_from - self.start).days
        for name, label in scenario.labels.items():
            for shown in label.may_show:
                table["label_label"]["may_show"][index["label"][name], index["label"][shown]] = 1
        for name, market in scenario.markets.items():
            m = index["market"][name]
            table["market"]["bank"][m] = banks.index(market.bank)
            for good in market.goods:
                table["market_good"]["traded"][m, index["good"][good]] = 1
        for name, place in scenario.places.items():
            market = index["market"][place.market]
            table["place"]["bank"][index["place"][name]] = table["market"]["bank"][market]
        for name, good in scenario.goods.items():
            table["good"]["concealable"][index["good"][name]] = good.concealable
        table["place_place"]["km"][:] = _distances(scenario)
        table["own"]["value"][: len(self.own)] = self.own
        self._derive_groups()
        self._derive_pairs()

    def _derive_groups(self) -> None:
        scenario, index, table = self.scenario, self.index, self.table["group"]
        for name, group in scenario.groups.items():
            g = index["group"][name]
            table["kind"][g] = _GROUP_KINDS[group.kind]
            table["recruits"][g] = _CLASSES[group.recruits]
            table["bloc"][g] = g
            takers = scenario.patrons if group.may_join is None else group.may_join
            for patron in takers:
                self.table["group_patron"]["may_join"][g, index["patron"][patron]] = 1
        for pact in scenario.pacts:
            members = [index["group"][name] for name in pact.members]
            blocs = {int(table["bloc"][g]) for g in members}
            for g in range(len(table)):
                if int(table["bloc"][g]) in blocs:
                    table["bloc"][g] = min(blocs)
                    table["bound"][g] = max(table["bound"][g], float(pact.enforced))

    def _derive_pairs(self) -> None:
        scenario, index, table = self.scenario, self.index, self.table
        pairs = table["pair"]
        last: dict[int, int] = {}
        pairs["first"] = -1
        for x, name in enumerate(self.ids["crossing"]):
            r = index["pair"][_pair_of(scenario, name)]
            for e, place in enumerate(self.ends[x]):
                table["crossing_end"]["place"][x, e] = place
                self._derive_posts(x, e, scenario.crossings[name].ends[self.ids["place"][place]])
            table["crossing"]["pair"][x] = r
            table["crossing"]["next"][x] = -1
            if r in last:
                table["crossing"]["next"][last[r]] = x
            else:
                pairs["first"][r] = x
                markets = [table["place"]["market"][place] for place in self.ends[x]]
                pairs["a"][r], pairs["b"][r] = markets
            last[r] = x
        for name, road in scenario.roads.items():
            r = index["pair"][name]
            pairs["road"][r] = 1
            pairs["a"][r], pairs["b"][r] = (index["market"][m] for m in road.between)
        seats = [_seat(scenario, name) for name in self.ids["market"]]
        for r in range(len(pairs)):
            pairs["through_a"][r] = index["place"].get(seats[pairs["a"][r]], 0)
            pairs["through_b"][r] = index["place"].get(seats[pairs["b"][r]], 0)

    def _derive_posts(self, x: int, e: int, end: Any) -> None:
        for name in end.inland:
            for patron in self.scenario.roads[name].posts:
                self.table["crossing_end_patron"]["post"][x, e, self.index["patron"][patron]] = 1

    # -- timeline ----------------------------------------------------------------------------

    def _with_timeline(
        self, sizes: dict[str, int], at: dict[str, int], raw: np.ndarray, rows: list[_Row]
    ) -> np.ndarray:
        """The buffer with the timeline's rows; what stands behind them moves."""
        wider = offsets(WORLD, sizes)
        longer = np.zeros(wider[""])
        before = at["timeline"]
        longer[:before] = raw[:before]
        self.table = views(WORLD, sizes, longer)
        names = [field.name for field in WORLD["timeline"].fields]
        for r, row in enumerate(rows):
            record = self.table["timeline"]
            record["exists"][r] = row.exists
            record["act"][r] = row.act
            record["first_day"][r], record["last_day"][r] = row.days
            record["until"][r] = row.until
            for name in ("target", "label", "place", "part", "parts", "actor", "crossing", "key"):
                record[name][r] = getattr(row, name)
            record["value"][r] = -1.0
            for name in ("value", "killed", "civilians"):
                path, said = getattr(row, name)
                offset = wider["timeline"] + r * len(names) + names.index(name)
                if isinstance(said, Quantity):
                    self.at_path.setdefault(path, []).append((offset, 1.0))
                    self._draw(offset, path, said, 1.0)
                elif said is not None:
                    self.table["raw"][offset] = float(said)
        return longer

    def _day(self, date: datetime.date) -> int:
        return (date - self.start).days

    def _timeline(self) -> Iterator[_Row]:
        for row in self.scenario.timeline:
            first, last = row.days
            base = _Row(
                act=-1,
                days=(self._day(first), self._day(last)),
                until=-1 if row.until is None else self._day(row.until),
                key=hash_of(f"timeline.{row.id}"),
                exists=row.exists,
            )
            yield from getattr(self, f"_{row.act}")(base, f"timeline.{row.id}.{row.act}", row)
        for name, striker in self.scenario.strikers.items():
            for number, (first, last) in enumerate(striker.recorded):
                if last < self.start:
                    continue
                yield _Row(
                    act=SET,
                    days=(max(0, self._day(first)),) * 2,
                    until=self._day(last) + 1,
                    key=hash_of(f"strikers.{name}.recorded.{number}"),
                    target=self._active(name),
                    value=("", 0.0),
                )

    def _active(self, striker: str) -> int:
        names = [field.name for field in WORLD["striker"].fields]
        start = offsets(WORLD, self._sizes(rows=0))["striker"]
        return start + self.index["striker"][striker] * len(names) + names.index("active")

    def _strike(self, base: _Row, path: str, row: Any) -> Iterator[_Row]:
        strike = row.strike
        for part in range(strike.count):
            yield base._replace(
                act=STRIKE,
                target=self.index["striker"][strike.by],
                label=self.index["label"][strike.on],
                place=-1 if strike.at is None else self.index["place"][strike.at],
                part=part,
                parts=strike.count,
                value=(f"{path}.killed", strike.killed),
            )

    def _siege(self, base: _Row, path: str, row: Any) -> Iterator[_Row]:
        siege = row.siege
        yield base._replace(
            act=SIEGE,
            place=self.index["place"][siege.place],
            value=(f"{path}.attacks_per_day", siege.attacks_per_day),
            killed=(f"{path}.killed_per_attack", siege.killed_per_attack),
            civilians=(f"{path}.civilians_per_attack", siege.civilians_per_attack),
        )

    def _prison_release(self, base: _Row, path: str, row: Any) -> Iterator[_Row]:
        release = row.prison_release
        yield base._replace(
            act=RELEASE,
            target=self.index["group"][release.group],
            place=self.index["place"][release.at],
            value=(f"{path}.men", release.men),
        )

    def _numbers(self, base: _Row, path: str, act: int, kind: str, **more: Any) -> Iterator[_Row]:
        """One row for every number that stands at a path, which may hold wildcards."""
        part = 0
        for known, places in self.at_path.items():
            if matches(path, known):
                for offset, scale in places:
                    value = more["value"]
                    if act == SET and scale != 1 and not isinstance(value[1], Quantity):
                        value = (value[0], value[1] * scale)
                    yield base._replace(
                        act=act,
                        target=offset,
                        label=_KIND[kind],
                        part=part,
                        **{**more, "value": value},
                    )
                    part += 1

    def _closure(self, base: _Row, path: str, row: Any) -> Iterator[_Row]:
        yield from self._opened(base, row.closure.crossings, "closure", 0.0)

    def _opening(self, base: _Row, path: str, row: Any) -> Iterator[_Row]:
        yield from self._opened(base, row.opening.crossings, "opening", 1.0)

    def _opened(self, base: _Row, names: Sequence[str], kind: str, value: float) -> Iterator[_Row]:
        for name in names:
            x = self.index["crossing"][name]
            yield from self._numbers(
                base, f"crossings.{name}.open", SET, kind,
                value=("", value), crossing=x, place=self.ends[x][0],
            )  # fmt: skip

    def _pay_change(self, base: _Row, path: str, row: Any) -> Iterator[_Row]:
        change = row.pay_change
        actor = -1
        if change.patron is not None:
            where = f"patrons.{change.patron}.pay_usd_month.{change.class_}"
            actor = self.index["patron"][change.patron]
        else:
            where = f"groups.{change.group}.pay_usd_month"
        act, value = _to_or_times(change, path)
        yield from self._numbers(base, where, act, "pay change", value=value, actor=actor)

    def _toll_change(self, base: _Row, path: str, row: Any) -> Iterator[_Row]:
        change = row.toll_change
        where = f"crossings.{change.crossing}.ends.{change.end}"
        x = self.index["crossing"][change.crossing]
        place = self.index["place"][change.end]
        part = 0
        for name in ("levy_usd_tonne", "levy_usd_person", "toll_cap_usd_tonne", "fee_cap_usd"):
            said = getattr(change, name)
            if said is not None:
                for one in self._numbers(
                    base, f"{where}.{name}", SET, "toll change",
                    value=(f"{path}.{name}", said), crossing=x, place=place,
                ):  # fmt: skip
                    yield one._replace(part=part)
                    part += 1
        if change.levy_to is not None:
            taker = float(self.index["patron"][change.levy_to])
            for one in self._numbers(
                base, f"{where}.levy_to", SET, "toll change",
                value=("", taker), crossing=x, place=place,
            ):  # fmt: skip
                yield one._replace(part=part)
                part += 1

    def _wage_change(self, base: _Row, path: str, row: Any) -> Iterator[_Row]:
        act, value = _to_or_times(row.wage_change, path)
        for place in row.wage_change.places:
            yield from self._numbers(
                base, f"places.{place}.outside_wage_usd_month", act, "change", value=value
            )

    def _aid(self, base: _Row, path: str, row: Any) -> Iterator[_Row]:
        value = (f"{path}.basket_times", row.aid.basket_times)
        for market in row.aid.markets:
            yield from self._numbers(base, f"markets.{market}.aid", SCALE, "change", value=value)

    def _set(self, base: _Row, path: str, row: Any) -> Iterator[_Row]:
        act = SET if row.set.value is not None else SCALE
        value = row.set.value if row.set.value is not None else row.set.times
        if row.set.path.startswith("crossings.") and row.set.path.endswith(".open"):
            names = [
                x for x in self.ids["crossing"] if matches(row.set.path, f"crossings.{x}.open")
            ]
            yield from self._opened(base, names, "opening" if value else "closure", float(value))
        else:
            yield from self._numbers(base, row.set.path, act, "change", value=("", float(value)))


def hash_of(path: str) -> int:
    """Key of a parameter's draws: a 32-bit hash of its path.

    Examples
    --------
    >>> hash_of("patrons.russia.pay_usd_month.local") < 2**32
    True
    """
    return zlib.crc32(path.encode())


def _to_or_times(change: Any, path: str) -> tuple[int, tuple[str, Any]]:
    if change.to is not None:
        return SET, (f"{path}.to", change.to)
    return SCALE, (f"{path}.times", change.times)


def _exists_path(field: Variable, keys: dict[str, str]) -> str:
    """Where an entity says that it exists."""
    if field.name != "exists" or len(keys) != 1:
        return ""
    dim = next(iter(keys))
    return f"{dim}s.{{{dim}}}.exists"


def _pair_of(scenario: Any, crossing: str) -> str:
    markets = {scenario.places[place].market for place in scenario.crossings[crossing].ends}
    order = list(scenario.banks)
    return "--".join(sorted(markets, key=lambda m: order.index(scenario.markets[m].bank)))


def _ids(scenario: Any) -> dict[str, tuple[str, ...]]:
    river = dict.fromkeys(_pair_of(scenario, name) for name in scenario.crossings)
    return {
        "group": tuple(scenario.groups),
        "patron": tuple(scenario.patrons),
        "striker": tuple(scenario.strikers),
        "label": tuple(scenario.labels),
        "place": tuple(scenario.places),
        "market": tuple(scenario.markets),
        "good": tuple(scenario.goods),
        "pair": (*river, *scenario.roads),
        "crossing": tuple(scenario.crossings),
        "end": tuple(scenario.banks),
    }


def _titles(scenario: Any, ids: dict[str, tuple[str, ...]]) -> dict[str, dict[str, dict[str, str]]]:
    sections = {
        "group": scenario.groups,
        "patron": scenario.patrons,
        "striker": scenario.strikers,
        "label": scenario.labels,
        "place": scenario.places,
        "market": scenario.markets,
        "good": scenario.goods,
        "end": scenario.banks,
    }
    titles = {
        dim: {name: {"en": one.name.en, "ar": one.name.ar} for name, one in entities.items()}
        for dim, entities in sections.items()
    }
    places = titles["place"]
    titles["crossing"] = {
        name: {"en": one.name.en, "ar": one.name.ar}
        if one.name is not None
        else {lang: " - ".join(places[place][lang] for place in one.ends) for lang in ("en", "ar")}
        for name, one in scenario.crossings.items()
    }
    markets = titles["market"]
    titles["pair"] = {}
    for name in ids["pair"]:
        ends = scenario.roads[name].between if name in scenario.roads else name.split("--")
        titles["pair"][name] = {
            lang: " - ".join(markets[m][lang] for m in ends) for lang in ("en", "ar")
        }
    return titles


def _distances(scenario: Any) -> np.ndarray:
    """Great-circle distances between all places, km (haversine)."""
    lat = np.radians([place.lat for place in scenario.places.values()])
    lon = np.radians([place.lon for place in scenario.places.values()])
    dlat = lat[:, None] - lat[None, :]
    dlon = lon[:, None] - lon[None, :]
    a = np.sin(dlat / 2) ** 2 + np.cos(lat)[:, None] * np.cos(lat)[None, :] * np.sin(dlon / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(a)))


def _seat(scenario: Any, market: str) -> str:
    """The most populous place of a market; "" where it has none."""
    places = {
        name: place.population.median
        for name, place in scenario.places.items()
        if place.market == market
    }
    return max(places, key=lambda name: places[name], default="") if places else ""
