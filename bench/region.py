"""Larger scenarios: a shipped one, lengthened tile by tile along the river under new ids.

Tile 0 is the region itself; each further tile lies beside it and has copies of the crossings, of
the places at their ends and of the markets and roads of those.  Markets in which nobody lives (the
interior) stay one and grow with the river.  Patrons, strikers, labels and goods are shared, and the
timeline speaks of tile 0 alone.  Copies of groups hold what their originals hold, in tiles of their
own.

python bench/region.py SCENARIO GROUPS CROSSINGS FOLDER     # writes FOLDER/scenario.yaml
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from maabar.scenario.document import read
from maabar.scenario.load import find

GAP_DEGREES = 0.05
COPIED = ("places", "markets", "roads", "crossings")
BESIDE = ("claims.yaml", "facts.yaml", "sources.yaml")


def write(scenario: str | Path, groups: int, crossings: int, folder: str | Path) -> Path:
    """Write a scenario of another size.

    Parameters
    ----------
    scenario : str or Path
        A shipped id or a folder.
    groups : int
        At least as many as surely hold a crossing; fewer than there are leaves out others.
    crossings : int
        At least as many as there are.  Each tile brings two places with every new crossing.
    folder : str or Path
        Made where there is none.

    Returns
    -------
    Path
        The folder.

    Examples
    --------
    >>> write("two-crossings", 24, 25, "build/two-crossings-24-25")  # doctest: +SKIP
    """
    source, target = find(scenario), Path(folder)
    said = read(source / "scenario.yaml").data
    target.mkdir(parents=True, exist_ok=True)
    for name in BESIDE:
        if (source / name).exists():
            shutil.copy(source / name, target / name)
    grown = _Region(said, groups, crossings).scenario()
    with (target / "scenario.yaml").open("w", encoding="utf-8") as file:
        yaml.dump(grown, file, _Plain, allow_unicode=True, sort_keys=False)
    return target


class _Plain(yaml.CSafeDumper):
    """Writes out what occurs twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class _Region:
    """A scenario as it is read, and the size that it shall have."""

    def __init__(self, said: dict[str, Any], groups: int, crossings: int) -> None:
        if crossings < len(said["crossings"]):
            raise ValueError(f"there are {len(said['crossings'])} crossings already")
        self.said = said
        self.crossings = crossings
        holders = [
            end["holder"] for one in said["crossings"].values() for end in one["ends"].values()
        ]
        sure = {holder["value"] for holder in holders if holder.get("value")}
        if groups < len(sure):
            raise ValueError(f"{len(sure)} groups hold crossings")
        order = list(said["groups"])
        kept = sorted(order, key=lambda name: (name not in sure, order.index(name)))[:groups]
        self.groups = [name for name in order if name in kept]
        self.copies = [
            self.groups[: groups - first] for first in range(0, groups, len(self.groups))
        ]
        self.tiles = [self._tile(first) for first in range(0, crossings, len(said["crossings"]))]

    def _tile(self, first: int) -> dict[str, set[str]]:
        """What is copied into a tile, by section."""
        said = self.said
        here = list(said["crossings"])[: self.crossings - first]
        places = {place for name in here for place in said["crossings"][name]["ends"]}
        if len(here) == len(said["crossings"]):
            places = set(said["places"])
        markets = {said["places"][place]["market"] for place in places}
        roads = {
            name for name, road in said.get("roads", {}).items() if markets & {*road["between"]}
        }
        return dict(zip(COPIED, (places, markets, roads, set(here)), strict=True))

    # -- ids ---------------------------------------------------------------------------------

    def _in(self, tile: int, section: str, name: str) -> str:
        """The copy of an id in a tile; itself where it was not copied."""
        return _numbered(name, tile) if name in self.tiles[tile][section] else name

    def _group(self, copy: int, name: str) -> str | None:
        """The copy of a group; itself where there is none; None where it was left out."""
        if name not in self.groups:
            return None
        return _numbered(name, copy if name in self.copies[copy] else 0)

    def _copy_in(self, tile: int) -> int:
        """The copy of the groups that holds a tile."""
        return tile % len(self.copies)

    def _stands(self, copy: int, name: str) -> list[int]:
        """Tiles in which a copy of a group stands; the first for those that a last copy lacks."""
        tiles = range(len(self.tiles))
        if copy >= len(tiles):
            return [copy % len(tiles)]
        absent = {n for n, names in enumerate(self.copies) if name not in names and copy == 0}
        return [tile for tile in tiles if self._copy_in(tile) in {copy, *absent}]

    # -- sections ----------------------------------------------------------------------------

    def scenario(self) -> dict[str, Any]:
        """The whole."""
        said = {name: one for name, one in self.said.items() if name != "pacts"}
        made: dict[str, Callable[[int, dict[str, Any]], dict[str, Any]]] = {
            "places": self._place,
            "markets": self._market,
            "roads": self._road,
            "crossings": self._crossing,
        }
        for section, copied in made.items():
            said[section] = {
                self._in(tile, section, name): self._tied(tile, copied(tile, one))
                for tile, has in enumerate(self.tiles)
                for name, one in self.said.get(section, {}).items()
                if tile == 0 or name in has[section]
            }
        for name in {*self.said["markets"]} - self.tiles[0]["markets"]:
            said["markets"][name] = self._interior(said["markets"][name])
        said["groups"] = {
            _numbered(name, copy): self._of_group(copy, name)
            for copy, names in enumerate(self.copies)
            for name in names
        }
        men = sum(len(one["fighters"]) for one in said["groups"].values())
        more = men / sum(len(one["fighters"]) for one in self.said["groups"].values())
        said["patrons"] = {
            name: {**one, "capacity_fighters": _times(one["capacity_fighters"], more)}
            for name, one in self.said["patrons"].items()
        }
        said["timeline"] = [row for row in self.said.get("timeline", []) if self._possible(row)]
        pacts = [
            [g for g in pact["members"] if g in self.groups] for pact in self.said.get("pacts", [])
        ]
        said["pacts"] = [
            {**pact, "members": [_numbered(name, copy) for name in members]}
            for pact, members in zip(self.said.get("pacts", []), pacts, strict=True)
            for copy, names in enumerate(self.copies)
            if len(members) > 1 and {*members} <= {*names}
        ]
        return said

    def _place(self, tile: int, place: dict[str, Any]) -> dict[str, Any]:
        east = [one["lon"] for one in self.said["places"].values()]
        shift = tile * (max(east) - min(east) + GAP_DEGREES)
        market = self._in(tile, "markets", place["market"])
        return _renamed(place, tile) | {"lon": round(place["lon"] + shift, 2), "market": market}

    def _market(self, tile: int, market: dict[str, Any]) -> dict[str, Any]:
        return _renamed(market, tile)

    def _interior(self, market: dict[str, Any]) -> dict[str, Any]:
        """A market that all tiles share."""
        goods = {
            name: {**one, "demand_day": _times(one["demand_day"], len(self.tiles))}
            for name, one in market["goods"].items()
        }
        return {**market, "goods": goods}

    def _road(self, tile: int, road: dict[str, Any]) -> dict[str, Any]:
        between = [self._in(tile, "markets", name) for name in road["between"]]
        return _renamed(road, tile) | {"between": between}

    def _crossing(self, tile: int, crossing: dict[str, Any]) -> dict[str, Any]:
        copy = self._copy_in(tile)
        ends = {}
        for place, end in crossing["ends"].items():
            inland = [self._in(tile, "roads", name) for name in end.get("inland", [])]
            ends[self._in(tile, "places", place)] = {
                **end, "holder": self._holder(copy, end["holder"]), "inland": inland,
            }  # fmt: skip
        return _renamed(crossing, tile) | {"ends": ends}

    def _holder(self, copy: int, holder: dict[str, Any]) -> dict[str, Any]:
        """Who holds an end; what those left out had goes to the others in proportion."""
        if "choice" not in holder:
            return {**holder, "value": holder["value"] and self._group(copy, holder["value"])}
        left = {
            self._group(copy, name) if name != "null" else name: share
            for name, share in holder["choice"].items()
            if name in ("null", *self.groups)
        }
        whole = sum(left.values())
        return {**holder, "choice": {name: share / whole for name, share in left.items()}}

    def _of_group(self, copy: int, name: str) -> dict[str, Any]:
        """A copy of a group, in the places of its tiles."""
        group, tiles = self.said["groups"][name], self._stands(copy, name)
        fighters = {
            self._in(tile, "places", place): men
            for tile in tiles
            for place, men in group["fighters"].items()
        }
        seat = {
            key: self._in(tiles[0], "places", group[key]) for key in ("hq", "home") if key in group
        }
        return _renamed(group, copy) | {"fighters": fighters} | seat

    def _possible(self, row: dict[str, Any]) -> bool:
        """Whether a row of the timeline speaks of groups that are there."""
        named = [act["group"] for act in row.values() if isinstance(act, dict) and act.get("group")]
        return all(name in self.groups for name in named)

    def _tied(self, tile: int, part: Any) -> Any:
        """A part of a tile with `same_as` pointing into that tile."""
        if isinstance(part, tuple):
            return [self._tied(tile, one) for one in part]
        if not isinstance(part, Mapping):
            return part
        part = {key: self._tied(tile, one) for key, one in part.items()}
        section, _, rest = part.get("same_as", "").partition(".")
        if section in COPIED:
            name, *keys = rest.split(".")
            part["same_as"] = ".".join((section, self._in(tile, section, name), *keys))
        return part


def _numbered(name: str, number: int) -> str:
    return f"{name}-{number + 1}" if number else name


def _renamed(entity: dict[str, Any], number: int) -> dict[str, Any]:
    """A copy with a number behind its name, where it has one."""
    if not number or "name" not in entity:
        return dict(entity)
    return {
        **entity, "name": {lang: f"{one} {number + 1}" for lang, one in entity["name"].items()}
    }  # fmt: skip


def _times(amount: dict[str, Any], factor: float) -> dict[str, Any]:
    """A quantity multiplied by a number."""
    if factor == 1:
        return amount
    if "same_as" in amount:
        return {**amount, "times": amount.get("times", 1.0) * factor}
    scaled = {
        key: [factor * one for one in amount[key]] if key == "range" else factor * amount[key]
        for key in ("value", "range", "median")
        if key in amount
    }
    return amount | scaled


if __name__ == "__main__":
    name, groups, crossings, folder = sys.argv[1:]
    print(write(name, int(groups), int(crossings), folder))
