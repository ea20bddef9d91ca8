"""A scenario read back in plain words, in English or Arabic.

Who pays whom, who is where with how many, who holds which crossing, what happens from outside, and
which of all this is sourced, assumed, or supplied by the program.
"""

from __future__ import annotations

from typing import NamedTuple

from maabar import sentence
from maabar.scenario.behaviour import DEFAULTS
from maabar.scenario.entity import Crossing, Group, Patron, Striker
from maabar.scenario.quantity import Choice, Quantity, Switch
from maabar.scenario.schema import Scenario
from maabar.scenario.story import Story


class Section(NamedTuple):
    """A heading and what is said under it."""

    title: str
    lines: tuple[str, ...]


def describe(scenario: Scenario, *, lang: str = "en") -> str:
    """A scenario in plain words.

    Parameters
    ----------
    scenario : Scenario
        As loaded.
    lang : {"en", "ar"}
        Language.

    Returns
    -------
    str
        Headings with indented sentences.

    Examples
    --------
    >>> from maabar.scenario.load import load
    >>> print(describe(load("two-crossings")).splitlines()[0])
    Two crossings
    """
    title = getattr(scenario.title, lang)
    text = [title, *([getattr(scenario.about, lang)] if scenario.about else [])]
    for section in sections(scenario, lang=lang):
        text += ["", section.title, *(f"  {line}" for line in section.lines)]
    return "\n".join(text)


def sections(scenario: Scenario, *, lang: str = "en") -> list[Section]:
    """A scenario in plain words, section by section; sections with nothing to say are left out.

    Parameters
    ----------
    scenario : Scenario
        As loaded.
    lang : {"en", "ar"}
        Language.
    """
    teller = _Teller(scenario, lang)
    told = [
        ("time", teller.time()),
        ("changes", teller.changes()),
        ("patrons", [teller.patron(one) for one in scenario.patrons.values()]),
        ("groups", [teller.group(one) for one in scenario.groups.values()]),
        ("strikers", [teller.striker(one) for one in scenario.strikers.values()]),
        ("crossings", [teller.crossing(one) for one in scenario.crossings.values()]),
        ("roads", teller.roads()),
        ("trade", teller.goods()),
        ("places", teller.places()),
        ("pacts", teller.pacts()),
        ("timeline", [teller.row(row) for row in scenario.timeline]),
        ("behaviour", teller.behaviour()),
        ("sourced", teller.sourced()),
        ("assumed", teller.assumed()),
        ("supplied", teller.supplied()),
    ]
    return [Section(teller.say(f"heading:{name}"), tuple(lines)) for name, lines in told if lines]


class _Teller(Story):
    """Says what a scenario holds, section by section."""

    def time(self) -> list[str]:
        scenario = self.scenario
        observe = sentence.date(scenario.observe_from, self.lang)
        days = sentence.counted(scenario.days, "day", self.lang)
        lines = [self.say("time:days", observe=observe, days=days)]
        if scenario.warm_up_from:
            warm = sentence.date(scenario.warm_up_from, self.lang)
            lines.append(self.say("time:warm", warm=warm))
        rate = self.words(scenario.currency.per_usd)
        lines.append(self.say("time:money", rate=rate, code=self.code))
        said = list(scenario.parameters.values())
        counts = {
            "all": len(said),
            "sourced": sum(bool(one.from_) for one in said),
            "assumed": sum(_is_assumed(one) for one in said),
            "supplied": sum(one.supplied for one in said),
            "unsourced": sum(one.unsourced for one in said),
        }
        return [*lines, self.say("time:counts", **counts)]

    def changes(self) -> list[str]:
        return [
            self.say("line:change", id=one.id, asks=getattr(one.asks, self.lang))
            for one in self.scenario.changes_applied
        ]

    def patron(self, patron: Patron) -> str:
        name = getattr(patron.name, self.lang)
        if not patron.exists:
            return self.say("group:gone", name=name)
        pay = [
            self.say(f"patron:{one}", money=self.money(money))
            for one in ("local", "foreign", "core")
            if (money := getattr(patron.pay_usd_month, one)) is not None
        ]
        return self.say(
            "patron:one",
            name=name,
            label=self.name("labels", patron.label),
            pay=self.say("quantity:and").join(pay),
            capacity=self.words(patron.capacity_fighters),
            cut=self.share(patron.cut),
            levy=self.share(patron.levy),
            guard=self.money(patron.guard_usd_month, own=False),
            oversight=self.money(patron.oversight_usd_month, own=False),
        )

    def group(self, group: Group) -> str:
        name = getattr(group.name, self.lang)
        if not group.exists:
            return self.say("group:gone", name=name)
        money = self.money(group.pay_usd_month) if group.pay_usd_month else ""
        founder = join = flag = ""
        if group.founder:
            founder = self.say("group:founder", patron=self.choice("patrons", group.founder))
        if group.flag:
            flag = self.say("group:flag", label=self.name("labels", group.flag))
        if group.may_join and group.kind != "core":
            join = self.say("group:join", patrons=self.names("patrons", group.may_join, "or"))
        fighters = [
            self.say("group:place", place=self.name("places", place), count=self.words(count))
            for place, count in group.fighters.items()
        ]
        return self.say(
            "group:one",
            name=name,
            kind=self.say(f"group:{group.kind}", money=money),
            patron=self.choice("patrons", group.patron),
            founder=founder,
            fighters=self.say("quantity:and").join(fighters),
            hq=self.name("places", group.hq or ""),
            flag=flag,
            join=join,
        )

    def striker(self, striker: Striker) -> str:
        name = getattr(striker.name, self.lang)
        if not striker.exists:
            return self.say("group:gone", name=name)
        hostility = [
            self.say("striker:label", label=self.name("labels", one), weight=self.words(weight))
            for one, weight in striker.hostility.items()
        ]
        beside = [
            self.say("striker:beside", patron=self.name("patrons", one), share=self.share(share))
            for one, share in striker.restraint_beside.items()
        ]
        said = self.say(
            "striker:one",
            name=name,
            on=self.words(striker.strikes_per_day.on),
            off=self.words(striker.strikes_per_day.off),
            killed=self.words(striker.killed_per_strike),
            hostility=self.say("quantity:and").join(hostility) or self.say("quantity:nobody"),
            homes=self.share(striker.restraint_homes),
            beside="".join(beside),
        )
        for window in striker.recorded:
            first, last = (sentence.date(day, self.lang) for day in window)
            said += self.say("striker:recorded", first=first, last=last)
        return said

    def crossing(self, crossing: Crossing) -> str:
        first, second = crossing.ends
        name = "–".join(self.name("places", place) for place in crossing.ends)
        if not crossing.exists:
            return self.say("group:gone", name=name)
        more = [self.terms(place, end) for place, end in crossing.ends.items()]
        return self.say(
            "crossing:one",
            first=self.name("places", first),
            second=self.name("places", second),
            holder_first=self.choice("groups", crossing.ends[first].holder),
            holder_second=self.choice("groups", crossing.ends[second].holder),
            capacity=self.words(crossing.capacity_tonnes_day),
            haulage=self.money(crossing.haulage_usd_tonne, own=False),
            travellers=self.words(crossing.travellers_day),
            closed="" if crossing.open.value else self.say("crossing:closed"),
            more="".join(more),
        )

    def roads(self) -> list[str]:
        lines = []
        for road in self.scenario.roads.values():
            first, second = (self.name("markets", market) for market in road.between)
            haulage = self.money(road.haulage_usd_tonne, own=False)
            patrons = self.names("patrons", road.posts)
            posts = self.say("road:posts", patrons=patrons) if road.posts else ""
            closed = "" if road.open else self.say("road:closed")
            values = {"first": first, "second": second, "haulage": haulage}
            lines.append(self.say("road:one", **values, posts=posts, closed=closed))
        return lines

    def goods(self) -> list[str]:
        lines = []
        for name, good in self.scenario.goods.items():
            prices = [
                self.say(
                    "trade:price",
                    market=self.name("markets", market),
                    price=self.words(one.goods[name].price_usd),
                )
                for market, one in self.scenario.markets.items()
                if name in one.goods
            ]
            unit, weight = getattr(good.unit, self.lang), self.words(good.weight_kg)
            said = {"name": getattr(good.name, self.lang), "unit": unit, "weight": weight}
            lines.append(
                self.say("trade:good", **said, prices=self.say("quantity:and").join(prices))
            )
        return lines

    def places(self) -> list[str]:
        lines = [
            self.say(
                "place:one",
                name=getattr(place.name, self.lang),
                bank=self.name("banks", self.scenario.markets[place.market].bank),
                market=self.name("markets", place.market),
                population=self.words(place.population),
                wage=self.money(place.outside_wage_usd_month),
            )
            for place in self.scenario.places.values()
        ]
        travellers = self.scenario.travellers
        if self.scenario.crossings:
            fee, west = self.money(travellers.fee_scale_usd), self.share(travellers.westbound_share)
            bank, emigrant = next(iter(self.scenario.banks)), self.share(travellers.emigrant_share)
            values = {"fee": fee, "west": west, "emigrant": emigrant}
            lines.append(self.say("travellers:one", bank=self.name("banks", bank), **values))
        return lines

    def pacts(self) -> list[str]:
        return [
            self.say(
                "pact:one",
                groups=self.names("groups", pact.members),
                enforced=self.say("pact:enforced") if pact.enforced else "",
            )
            for pact in self.scenario.pacts
        ]

    def said(self, one: Quantity | Choice | Switch) -> str:
        """Any parameter in a word or two."""
        if isinstance(one, Quantity) and one.source:
            return f"{sentence.number(one.times)} × {one.source}"
        if isinstance(one, Quantity):
            return self.words(one)
        if isinstance(one, Switch):
            return self.say(f"quantity:{'yes' if one.value else 'no'}")
        return self.say("quantity:or").join(option or "-" for option, _ in one.options)

    def behaviour(self) -> list[str]:
        lines = []
        for mechanism, parameters in self.scenario.behaviour.items():
            for name, quantity in parameters.items():
                row = DEFAULTS[mechanism][name]
                unit = "" if row["unit"] == "1" else f" {row['unit']}"
                reason = quantity.assumed or ", ".join(quantity.from_)
                values = {"path": f"{mechanism}.{name}", "words": self.words(quantity)}
                values |= {"unit": unit, "means": row["means"], "reason": reason}
                lines.append(self.say("line:number", **values))
        return lines

    def sourced(self) -> list[str]:
        paths: dict[str, list[str]] = {}
        for path, one in self.scenario.parameters.items():
            for evidence in one.from_:
                paths.setdefault(evidence, []).append(path)
        return [
            self.say("line:evidence", id=one, paths=", ".join(paths[one])) for one in sorted(paths)
        ]

    def assumed(self) -> list[str]:
        return [
            self.say("line:reason", path=path, words=self.said(one), reason=one.assumed)
            for path, one in self.scenario.parameters.items()
            if _is_assumed(one)
        ]

    def supplied(self) -> list[str]:
        """Priors of entities that the program supplies, each once, with the reason."""
        said: dict[str, Quantity | Choice | Switch] = {}
        for path, one in self.scenario.parameters.items():
            section, name, *rest = path.split(".")
            if one.supplied and section != "behaviour":
                every = name if section == "travellers" else "*"
                said[".".join((section, every, *rest))] = one
        return [
            self.say("line:reason", path=path, words=self.said(one), reason=one.assumed)
            for path, one in said.items()
        ]


def _is_assumed(one: Quantity | Choice | Switch) -> bool:
    return bool(one.assumed) and not one.from_ and not one.supplied
