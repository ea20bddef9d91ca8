"""A quantity: a number or a prior, with where it comes from.

``{value}``, ``{range: [lo, hi]}`` (uniform), ``{median, spread}`` (lognormal) or
``{same_as: PATH, times}``, each with `from` (ids of claims or facts) or `assumed` (the reason).  A
`Choice` is the same for an id and a `Switch` for yes or no.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    Field,
    PrivateAttr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from maabar.scenario.part import Part
from maabar.scenario.reference import EvidenceId, known, problem

Kind = Literal["value", "range", "lognormal", "same_as"]

_FORMS = "{value}, {range: [lo, hi]}, {median, spread} or {same_as, times}"


class Sourced(Part):
    """Something that says where it comes from."""

    from_: tuple[EvidenceId, ...] = Field(
        (), alias="from", description="ids of the claims or facts that it comes from"
    )
    assumed: str | None = Field(
        None,
        min_length=3,
        validate_default=True,
        description="the reason, where nothing is sourced",
    )

    @field_validator("assumed")
    @classmethod
    def _has_source(cls, assumed: str | None, info: ValidationInfo) -> str | None:
        if (
            assumed
            or info.data.get("from_", True)
            or (info.context and info.context.allow_unsourced)
        ):
            return assumed
        cure = 'add `from: [ID]` or `assumed: "the reason"`, or pass --allow-unsourced'
        raise problem("E017", "", "a source or a reason", cure)

    @property
    def unsourced(self) -> bool:
        """Neither source nor reason: let through by ``--allow-unsourced``."""
        return not (self.from_ or self.assumed)

    @property
    def supplied(self) -> bool:
        """Whether the schema supplied it, because the scenario left it out."""
        return isinstance(self, Prior | Standing)


class Quantity(Sourced):
    """A number or the prior of one.

    Examples
    --------
    >>> pay = Quantity.model_validate({"range": (50, 100), "assumed": "as in towns nearby"})
    >>> pay.kind, pay.a, pay.b, pay.median
    ('range', 50.0, 100.0, 75.0)
    """

    value: float | None = Field(None, description="a number")
    range: tuple[float, float] | None = Field(None, description="lowest and highest, uniform")
    median_: float | None = Field(None, alias="median", description="median of a lognormal")
    spread: float | None = Field(None, description="its geometric standard deviation, above 1")
    same_as: str | None = Field(None, description="path of the quantity that it moves with")
    times: float = Field(1.0, description="factor on `same_as`")
    _resolved: float | None = PrivateAttr(None)

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, said: Any) -> Any:
        if isinstance(said, int | float) and not isinstance(said, bool):
            return {"value": said}
        if isinstance(said, dict | Quantity):
            return said
        raise problem("E018", _shown(said), _FORMS, _number_cure(said))

    @field_validator("range")
    @classmethod
    def _ordered(cls, range: tuple[float, float] | None) -> tuple[float, float] | None:
        if range and range[0] > range[1]:
            low, high = sorted(range)
            said = f"[{range[0]:g}, {range[1]:g}]"
            raise problem("E021", said, "[lowest, highest]", f"write [{low:g}, {high:g}]")
        return range

    @field_validator("median_")
    @classmethod
    def _above_nought(cls, median: float | None) -> float | None:
        if median is not None and median <= 0:
            raise problem("E019", f"{median:g}", "above 0", "use `value` or `range`")
        return median

    @field_validator("spread")
    @classmethod
    def _above_one(cls, spread: float | None) -> float | None:
        if spread is not None and spread <= 1:
            cure = "write the geometric standard deviation, 2 for a factor of two"
            raise problem("E022", f"{spread:g}", "above 1", cure)
        return spread

    @model_validator(mode="after")
    def _one_form(self) -> Quantity:
        said = [
            name
            for name, given in (
                ("value", self.value),
                ("range", self.range),
                ("median", self.median_),
                ("spread", self.spread),
                ("same_as", self.same_as),
            )
            if given is not None
        ]
        if said not in (["value"], ["range"], ["median", "spread"], ["same_as"]):
            cure = f"keep one of {', '.join(said)}" if said else "say the number"
            if said in (["median"], ["spread"]):
                cure = f"add {'spread' if said == ['median'] else 'median'}"
            raise problem("E018", ", ".join(said) or "no number", _FORMS, cure)
        if "times" in self.model_fields_set and said != ["same_as"]:
            raise problem("E018", f"{said[0]}, times", _FORMS, "delete `times`")
        return self

    @property
    def kind(self) -> Kind:
        """Which of the forms it has."""
        if self.same_as is not None:
            return "same_as"
        if self.range is not None:
            return "range"
        return "value" if self.value is not None else "lognormal"

    @property
    def a(self) -> float:
        """The value, the lowest, or the median; for `same_as` the factor."""
        if self.same_as is not None:
            return self.times
        if self.range is not None:
            return self.range[0]
        return self.value if self.value is not None else self.median_ or math.nan

    @property
    def b(self) -> float:
        """The highest or the spread; the same as `a` where there is neither."""
        if self.range is not None:
            return self.range[1]
        return self.spread if self.spread is not None else self.a

    @property
    def source(self) -> str | None:
        """Path of the quantity that it moves with, if any."""
        return self.same_as

    @property
    def median(self) -> float:
        """Median of the prior; of a `same_as` once its scenario is loaded.

        Raises
        ------
        ValueError
            For a `same_as` outside a loaded scenario.
        """
        if self.range is not None:
            return (self.range[0] + self.range[1]) / 2
        if self.same_as is None:
            return self.a
        if self._resolved is None:
            raise ValueError(f"the median of `same_as: {self.same_as}` is known once loaded")
        return self._resolved

    def settle(self, median: float) -> None:
        """Take down the median of a `same_as`, known once its scenario is loaded."""
        self._resolved = median

    def scaled(self, factor: float) -> Quantity:
        """The same prior times a factor."""
        given = self.model_dump(by_alias=True, exclude_none=True, exclude_unset=True)
        if self.same_as is not None:
            given["times"] = self.times * factor
        for name in ("value", "median"):
            if name in given:
                given[name] *= factor
        if self.range is not None:
            given["range"] = tuple(sorted(end * factor for end in self.range))
        return Quantity.model_construct(**Quantity._by_name(given))

    @staticmethod
    def _by_name(given: dict[str, Any]) -> dict[str, Any]:
        names = {"from": "from_", "median": "median_"}
        return {names.get(key, key): value for key, value in given.items()}


class Prior(Quantity):
    """A quantity that the schema supplies where a scenario says nothing."""


class Choice(Sourced):
    """An id, or weights of several where sources disagree; None stands for nobody."""

    value: str | None = Field(None, description="an id")
    choice: dict[str, float] | None = Field(None, description="weight of each id")

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, said: Any) -> Any:
        if isinstance(said, str):
            return {"value": said}
        if isinstance(said, dict | Choice):
            return said
        raise problem("E018", _shown(said), "{value: ID} or {choice: {ID: weight}}", "name an id")

    @field_validator("choice")
    @classmethod
    def _drawable(cls, choice: dict[str, float] | None) -> dict[str, float] | None:
        if choice is None or (min(choice.values(), default=-1) >= 0 and sum(choice.values()) > 0):
            return choice
        said = ", ".join(f"{key}: {weight:g}" for key, weight in choice.items())
        raise problem("E025", said, "weights of 0 or more, one above 0", "correct the weights")

    @model_validator(mode="after")
    def _one_form(self) -> Choice:
        if ("value" in self.model_fields_set) == (self.choice is not None):
            said = "both" if self.choice is not None else "neither"
            raise problem("E018", said, "either `value` or `choice`", "keep one of them")
        return self

    @property
    def options(self) -> tuple[tuple[str | None, float], ...]:
        """Each id (None: nobody) with its share; the shares sum to 1."""
        if self.choice is None:
            return ((self.value, 1.0),)
        total = sum(self.choice.values())
        return tuple(
            (None if key in _NOBODY else key, weight / total) for key, weight in self.choice.items()
        )


class Switch(Sourced):
    """Yes or no."""

    value: bool = Field(description="true or false")

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, said: Any) -> Any:
        return {"value": said} if isinstance(said, bool) else said


class Standing(Switch):
    """A switch that the schema supplies where a scenario says nothing."""


_NOBODY = ("null", "~", "")


class Within:
    """Judges that no draw of a quantity can leave `low` to `high`."""

    def __init__(self, low: float, high: float = math.inf, *, above: bool = False) -> None:
        self.low, self.high, self.above = low, high, above

    @property
    def words(self) -> str:
        """What is possible, in words."""
        if self.high < math.inf:
            return f"{self.low:g} to {self.high:g}"
        return f"above {self.low:g}" if self.above else f"{self.low:g} or more"

    def __call__(self, quantity: Quantity) -> Quantity:
        code = "E020" if (self.low, self.high) == (0, 1) else "E019"
        if quantity.kind == "same_as":
            return quantity
        if quantity.kind == "lognormal":
            if self.high < math.inf:
                cure = "use `range`, whose ends are sharp"
                raise problem(code, "a lognormal, which has no highest value", self.words, cure)
            return quantity
        low, high = quantity.a, quantity.b
        if low < self.low or high > self.high or (self.above and low == self.low):
            said = f"{low:g}" if low == high else f"[{low:g}, {high:g}]"
            cure = f"write a number that is {self.words}"
            if self.words == "0 to 1" and 1 < high <= 100 and low >= 0:
                cure = f"a share of {high:g} % is {high / 100:g}"
            raise problem(code, said, self.words, cure)
        return quantity


class _OptionsIn:
    def __init__(self, section: str, nobody: bool = False) -> None:
        self.section, self.nobody = section, nobody

    def __call__(self, choice: Choice, info: ValidationInfo) -> Choice:
        for option, _ in choice.options:
            if option is not None:
                known(self.section, option, info)
            elif not self.nobody:
                raise problem("E016", "nobody", "an id", f"name one of {self.section}")
        return choice


Number = Quantity
Amount = Annotated[Quantity, AfterValidator(Within(0))]
Positive = Annotated[Quantity, AfterValidator(Within(0, above=True))]
Share = Annotated[Quantity, AfterValidator(Within(0, 1))]
PatronChoice = Annotated[Choice, AfterValidator(_OptionsIn("patrons"))]
HolderChoice = Annotated[Choice, AfterValidator(_OptionsIn("groups", nobody=True))]


def _shown(said: Any) -> str:
    text = "nothing" if said is None else str(said)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _number_cure(said: Any) -> str:
    try:
        return f"write {float(said):g} without quotes"
    except (TypeError, ValueError):
        return "write a number, or {value: NUMBER, assumed: REASON}"
