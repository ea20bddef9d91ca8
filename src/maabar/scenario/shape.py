"""The shape of the schema at any path: what may stand there, its unit, limits and meaning.

Filling in priors, resolving paths, "did you mean" and the reference of the format all read it.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import AfterValidator
from pydantic.fields import FieldInfo

from maabar.scenario.part import Part
from maabar.scenario.quantity import Choice, Quantity, Switch, Within

Form = Literal["part", "map", "rows", "leaf"]


class Slot(NamedTuple):
    """A place in the schema.

    Parameters
    ----------
    form : {"part", "map", "rows", "leaf"}
        A mapping with known fields, one with ids as keys, a list, or a value.
    model : type
        Class of the part or value; of a map or list that of the items.
    inner : Slot, optional
        Of a map or list, the slot of its items.
    field : FieldInfo, optional
        The pydantic field.
    within : Within, optional
        Limits of a quantity.
    unit : str
        Unit of a quantity; empty for others.
    means : str
        One sentence.
    """

    form: Form
    model: Any
    inner: Any = None
    field: FieldInfo | None = None
    within: Within | None = None
    unit: str = ""
    means: str = ""

    def below(self, key: str | int) -> Slot | None:
        """The slot of a key or item; None where there can be none."""
        if self.form == "part":
            field = fields(self.model).get(str(key))
            return of_field(field) if field else None
        return self.inner if self.form in ("map", "rows") else None

    @property
    def keys(self) -> list[str]:
        """Fields of a part."""
        return list(fields(self.model)) if self.form == "part" else []


def fields(model: type[Part]) -> dict[str, FieldInfo]:
    """Fields by the name that a file uses, without those that a file cannot give."""
    return {
        field.alias or name: field
        for name, field in model.model_fields.items()
        if not field.exclude
    }


def of_model(model: type[Part]) -> Slot:
    """The slot of a whole model."""
    return Slot("part", model)


def of_field(field: FieldInfo) -> Slot:
    """The slot of a field."""
    extra = field.json_schema_extra
    unit = str(extra.get("unit", "")) if isinstance(extra, dict) else ""
    annotation: Any = field.annotation
    if field.metadata:
        annotation = Annotated[(annotation, *field.metadata)]
    slot = _of(annotation)
    inner = slot.inner and slot.inner._replace(unit=unit, means=field.description or "")
    return slot._replace(field=field, unit=unit, means=field.description or "", inner=inner)


def _of(annotation: Any, within: Within | None = None) -> Slot:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        for extra in arguments[1:]:
            if isinstance(extra, AfterValidator) and isinstance(extra.func, Within):
                within = extra.func
        return _of(arguments[0], within)
    if origin in (Union, types.UnionType):
        return _of(next(one for one in arguments if one is not type(None)), within)
    if origin is dict:
        inner = _of(arguments[1])
        return Slot("map", inner.model, inner)
    if origin is tuple and arguments[-1] is Ellipsis:
        inner = _of(arguments[0])
        return Slot("rows", inner.model, inner)
    if isinstance(annotation, type) and issubclass(annotation, Part):
        leaf = issubclass(annotation, Quantity | Choice | Switch)
        return Slot("leaf" if leaf else "part", annotation, within=within)
    return Slot("leaf", annotation)


def slot_at(root: Slot, steps: tuple[str | int, ...]) -> Slot | None:
    """The slot at the end of some steps; None where there can be none."""
    slot: Slot | None = root
    for step in steps:
        slot = slot.below(step) if slot else None
    return slot


def filled(slot: Slot, data: Any) -> Any:
    """Data with every prior in place that the schema supplies, as new dicts.

    Parameters
    ----------
    slot : Slot
        Where the data stand.
    data : Any
        As read; anything that does not fit is passed on as it is.
    """
    if slot.form == "map" and isinstance(data, Mapping):
        return {key: filled(slot.inner, one) for key, one in data.items()}
    if slot.form != "part" or not isinstance(data, Mapping):
        return data
    complete = dict(data)
    for key, field in fields(slot.model).items():
        inner = of_field(field)
        default = field.default
        if key in complete:
            complete[key] = filled(inner, complete[key])
        elif isinstance(default, Quantity | Switch) or default == ():
            complete[key] = default
        elif default == {} or (inner.form == "part" and isinstance(default, Part)):
            complete[key] = filled(inner, {})
    return complete
