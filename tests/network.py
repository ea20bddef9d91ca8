"""Small scenarios made on the spot: markets on two banks, joined as a test wants them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml


def name(text: str) -> dict[str, str]:
    """The same name twice; tests do not read Arabic."""
    return {"en": text, "ar": f"اسم {text}"}


def number(value: float) -> dict[str, Any]:
    """A number that a test made up."""
    return {"value": float(value), "assumed": "made up for a test"}


def scenario(
    *,
    west: int,
    east: int,
    crossings: Sequence[tuple[int, int]],
    roads: Sequence[tuple[str, str]] = (),
    prices: dict[str, float],
    demand: dict[str, float],
    holders: Sequence[tuple[int, int | None]] | None = None,
    groups: int = 2,
    haulage: float = 10.0,
    flow: float = 100.0,
    toll_caps: tuple[float | None, float | None] = (None, None),
    elasticities: tuple[float, float] = (0.5, 0.6),
) -> dict[str, Any]:
    """A scenario with one good of a tonne a unit.

    Parameters
    ----------
    west, east : int
        Markets on each bank, ``w0 ...`` and ``e0 ...``, each with one place.
    crossings : sequence of (int, int)
        Market numbers that each crossing joins.
    holders : sequence of (int, int)
        Group numbers at both ends of each crossing; group 0 and 1 unless said.
    toll_caps : tuple
        Cap at the first and at the second ends; None for none.
    """
    markets = [f"w{n}" for n in range(west)] + [f"e{n}" for n in range(east)]
    held = holders or [(0, 1)] * len(crossings)
    places = {}
    for n, market in enumerate(markets):
        bank_shift = 0.0 if market.startswith("w") else 0.05
        places[f"p-{market}"] = {
            "name": name(market), "lat": 35.0 + 0.05 * n, "lon": 40.0 + bank_shift,
            "market": market, "population": number(10_000),
        }  # fmt: skip
    ends = []
    extra: dict[str, Any] = {}
    for n, (w, e) in enumerate(crossings):
        pair = []
        for bank, market in (("w", w), ("e", e)):
            place = f"p-{bank}{market}-{n}"
            extra[place] = dict(places[f"p-{bank}{market}"]) | {"population": number(1000)}
            pair.append(place)
        ends.append(pair)
    every = list(extra)
    fighters = {place: number(50) for place in every} or {f"p-{markets[0]}": number(50)}
    return {
        "format": 1, "id": "network", "title": name("network"),
        "observe_from": "2030-01-01", "days": 10,
        "currency": {"code": "TST", "per_usd": number(1)},
        "banks": {"west": {"name": name("west")}, "east": {"name": name("east")}},
        "labels": {"plain": {"name": name("plain")}},
        "patrons": {
            "crown": {
                "name": name("crown"), "label": "plain", "pay_usd_month": {"local": number(50)},
                "capacity_fighters": number(1e6),
            }
        },
        "groups": {
            f"g{n}": {
                "name": name(f"g{n}"), "kind": "local",
                "patron": {"value": "crown", "assumed": "made up for a test"},
                "fighters": fighters,
            }
            for n in range(groups)
        },
        "places": places | extra,
        "markets": {
            market: {
                "name": name(market), "bank": "west" if market.startswith("w") else "east",
                "goods": {
                    "grain": {
                        "price_usd": number(prices[market]), "demand_day": number(demand[market])
                    }
                },
            }
            for market in markets
        },
        "roads": {
            f"{a}-{b}": {"between": [a, b], "haulage_usd_tonne": number(haulage)} for a, b in roads
        },
        "goods": {
            "grain": {
                "name": name("grain"), "unit": name("tonne"), "weight_kg": number(1000),
                "concealable": False, "flow_units_day": number(flow),
                "demand_elasticity": number(elasticities[0]),
                "supply_elasticity": number(elasticities[1]), "road_ease": number(2),
            }
        },
        "crossings": {
            f"x{n}": {
                "ends": {
                    place: {
                        "holder": {
                            "value": None if held[n][e] is None else f"g{held[n][e]}",
                            "assumed": "made up for a test",
                        },
                        **({} if toll_caps[e] is None else {"toll_cap_usd_tonne": number(toll_caps[e])}),
                    }
                    for e, place in enumerate(pair)
                },
                "capacity_tonnes_day": number(1e9), "haulage_usd_tonne": number(haulage),
                "travellers_day": number(0),
            }
            for n, pair in enumerate(ends)
        },
    }  # fmt: skip


def write(folder: Path, said: dict[str, Any]) -> Path:
    """The scenario as a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = json.loads(json.dumps(said))  # no object twice, hence no anchors
    text = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False)
    text = text.replace("'2030-01-01'", "2030-01-01")
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    return folder
