"""Rows of the timeline as dated sentences."""

from __future__ import annotations

from typing import Any

from maabar import sentence
from maabar.scenario.phrase import Phrase
from maabar.scenario.timeline import Row


class Story(Phrase):
    """Says what happens from outside, row by row."""

    def row(self, row: Row) -> str:
        what = getattr(self, f"_{row.act}")(getattr(row, row.act))
        first, last = (sentence.date(day, self.lang) for day in row.days)
        day = sentence.date(row.until, self.lang) if row.until else ""
        until = self.say("row:until", day=day) if row.until else ""
        said = self.say(
            "row:between" if row.between else "row:on",
            first=first,
            last=last,
            what=what,
            until=until,
        )
        return said if row.exists else self.say("row:gone", what=said)

    def _strike(self, strike: Any) -> str:
        at = self.say("row:at", place=self.name("places", strike.at)) if strike.at else ""
        count = self.say("row:count", count=strike.count) if strike.count > 1 else ""
        killed = ""
        if strike.killed:
            killed = self.say("row:killed", killed=self.words(strike.killed))
        by, on = self.name("strikers", strike.by), self.name("labels", strike.on)
        return self.say("row:strike", by=by, on=on, at=at, count=count, killed=killed)

    def _closure(self, closure: Any, kind: str = "closure") -> str:
        names = [
            "–".join(self.name("places", place) for place in self.scenario.crossings[one].ends)
            for one in closure.crossings
        ]
        return self.say(f"row:{kind}", crossings=self.say("quantity:and").join(names))

    def _opening(self, opening: Any) -> str:
        return self._closure(opening, "opening")

    def _pay_change(self, change: Any) -> str:
        section, one = ("patrons", change.patron) if change.patron else ("groups", change.group)
        paid = self.say(f"row:{change.class_ or 'own'}")
        payer = self.name(section, one)
        return self.say("row:pay_change", payer=payer, paid=paid, change=self.becomes(change))

    def becomes(self, change: Any) -> str:
        """A new sum of money a month, or a factor."""
        if change.to is not None:
            return self.say("row:to", money=self.money(change.to))
        return self.say("row:times", factor=self.words(change.times))

    def _toll_change(self, change: Any) -> str:
        ends = self.scenario.crossings[change.crossing].ends
        name = "–".join(self.name("places", place) for place in ends)
        return self.say("row:toll_change", crossing=name, terms=self.terms(change.end, change))

    def _siege(self, siege: Any) -> str:
        return self.say(
            "row:siege",
            place=self.name("places", siege.place),
            attacks=self.words(siege.attacks_per_day),
            killed=self.words(siege.killed_per_attack),
            civilians=self.words(siege.civilians_per_attack),
        )

    def _prison_release(self, release: Any) -> str:
        group, place = self.name("groups", release.group), self.name("places", release.at)
        return self.say("row:prison_release", men=self.words(release.men), group=group, place=place)

    def _wage_change(self, change: Any) -> str:
        everywhere = "*" in change.places
        places = self.say("row:everywhere") if everywhere else self.names("places", change.places)
        return self.say("row:wage_change", change=self.becomes(change), places=places)

    def _aid(self, aid: Any) -> str:
        everywhere = "*" in aid.markets
        markets = self.say("row:everywhere") if everywhere else self.names("markets", aid.markets)
        return self.say("row:aid", factor=self.words(aid.basket_times), markets=markets)

    def _set(self, change: Any) -> str:
        said = sentence.number(change.value) if change.value is not None else ""
        if change.times is not None:
            said = self.say("row:times", factor=sentence.number(change.times))
        return self.say("row:set", path=change.path, change=said)
