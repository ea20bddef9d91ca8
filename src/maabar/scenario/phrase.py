"""Words for the parts of a scenario: names, numbers, money, choices, in English or Arabic."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from maabar import sentence
from maabar.scenario.quantity import Choice, Quantity
from maabar.scenario.schema import Scenario


class Phrase:
    """Words for the parts of one scenario in one language.

    Parameters
    ----------
    scenario : Scenario
        As loaded.
    lang : {"en", "ar"}
        Language.
    """

    def __init__(self, scenario: Scenario, lang: str) -> None:
        self.scenario = scenario
        self.lang = lang
        self.rate = scenario.currency.per_usd.median
        self.code = scenario.currency.code

    def say(self, path: str, /, **values: object) -> str:
        return sentence.say(f"scenario:{path}", self.lang, **values)

    def name(self, section: str, one: str) -> str:
        entity = getattr(self.scenario, section).get(one)
        return str(getattr(entity.name, self.lang)) if entity is not None and entity.name else one

    def names(self, section: str, ids: Iterable[str], joint: str = "and") -> str:
        joined = self.say(f"quantity:{joint}").join(self.name(section, one) for one in ids)
        return joined or self.say("quantity:nobody")

    def words(
        self,
        quantity: Quantity,
        factor: float = 1.0,
        show: Callable[[float], str] = sentence.number,
    ) -> str:
        """A quantity as a person would say it; one that moves with another by its own numbers."""
        while quantity.source:
            source = self.scenario.parameters[quantity.source]
            assert isinstance(source, Quantity)
            quantity, factor = source, factor * quantity.times
        if quantity.kind == "range":
            low, high = show(quantity.a * factor), show(quantity.b * factor)
            return low if low == high else self.say("quantity:range", low=low, high=high)
        median = show(quantity.median * factor)
        if quantity.kind == "lognormal":
            spread = sentence.number(quantity.b)
            return self.say("quantity:lognormal", median=median, spread=spread)
        return str(median)

    def share(self, quantity: Quantity) -> str:
        return self.words(quantity, show=sentence.percent)

    def money(self, quantity: Quantity, own: bool = True) -> str:
        usd = self.words(quantity)
        if not own:
            return self.say("quantity:money", usd=usd)
        local = self.words(quantity, self.rate)
        return self.say("quantity:both", usd=usd, own=local, code=self.code)

    def choice(self, section: str, choice: Choice) -> str:
        said = []
        for one, share in choice.options:
            name = self.say("quantity:nobody") if one is None else self.name(section, one)
            percent = sentence.percent(share)
            said.append(
                name if share == 1 else self.say("quantity:chance", name=name, share=percent)
            )
        return self.say("quantity:or").join(said)

    def terms(self, place: str, end: Any) -> str:
        """Levies and caps of an end, or of a row that changes them."""
        said, name = "", self.name("places", place)
        for term in ("levy_usd_tonne", "levy_usd_person", "toll_cap_usd_tonne", "fee_cap_usd"):
            if (money := getattr(end, term)) is not None:
                said += self.say(f"crossing:{term}", place=name, money=self.money(money))
        if end.levy_to:
            patron = self.name("patrons", end.levy_to)
            said += self.say("crossing:levy_to", place=name, patron=patron)
        return said
