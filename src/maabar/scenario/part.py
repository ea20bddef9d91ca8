"""The frozen models that every part of a scenario is made of."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    """A frozen part of a scenario in which every field is known."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, populate_by_name=True, allow_inf_nan=False
    )


class Name(Part):
    """A name or a sentence in both languages."""

    en: str = Field(min_length=1, description="in English")
    ar: str = Field(min_length=1, description="in Arabic")


def measured(unit: str, means: str, default: Any = ...) -> Any:
    """A field with a unit; it may be left out where there is a default."""
    return Field(default, description=means, json_schema_extra={"unit": unit})
