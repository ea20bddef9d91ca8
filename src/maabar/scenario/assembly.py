"""From the files of a folder to a scenario, and everything that is wrong on the way.

Read, fill in priors, apply changes, judge each entity by itself (so that one bad entity hides no
other finding), then judge how they hang together.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from maabar.errors import Finding
from maabar.scenario import rule
from maabar.scenario.behaviour import DEFAULTS
from maabar.scenario.change import Change, assignment
from maabar.scenario.claims import AliasFile, ClaimFile, FactFile, SourceFile
from maabar.scenario.coverage import MECHANISMS, unfounded
from maabar.scenario.document import Document, read
from maabar.scenario.overlay import apply
from maabar.scenario.part import Part
from maabar.scenario.quantity import Prior, Quantity
from maabar.scenario.reference import KEBAB, SINGULAR, Known, did_you_mean, kebab_cure
from maabar.scenario.schema import SECTIONS, Scenario
from maabar.scenario.shape import filled, of_model
from maabar.scenario.verdict import MOST, Ledger

ROOT = of_model(Scenario)
EVIDENCE: dict[str, type[Part]] = {
    "sources": SourceFile,
    "claims": ClaimFile,
    "facts": FactFile,
    "aliases": AliasFile,
}
"""Files beside scenario.yaml, each of which may be absent, in the order in which they are read."""


class Assembled(NamedTuple):
    """A scenario, if it can be used, and every finding."""

    scenario: Scenario | None
    findings: tuple[Finding, ...]


class _Anything(Collection[str]):
    """Ids that cannot be known, because their file could not be read."""

    def __contains__(self, one: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def assemble(
    folder: Path, changes: Sequence[str | Path | Change] = (), *, allow_unsourced: bool = False
) -> Assembled:
    """Read the scenario in a folder and apply changes to it.

    Parameters
    ----------
    folder : Path
        Holds scenario.yaml and the files beside it.
    changes : sequence
        Ids of files in `changes/`, files, ``PATH=VALUE@DATE``, or changes.
    allow_unsourced : bool
        Numbers without source or reason become warnings.

    Returns
    -------
    Assembled
        Never raises on bad content.
    """
    ledger = Ledger(read(folder / "scenario.yaml"), ROOT)
    evidence, others, read_data = _evidence(folder)
    findings = [finding for other in others for finding in other.findings]
    if not isinstance(ledger.data, Mapping):
        if not ledger.findings:
            ledger.add("E014", (), "a list or a word", "a mapping", "write `format: 1` and so on")
        return Assembled(None, (*ledger.findings, *findings))
    read_data["scenario"] = ledger.data

    data = filled(ROOT, ledger.data)
    data["behaviour"] = _behaviour(data.get("behaviour", {}))
    ledger.data = data
    applied, removed = [], set[str]()
    for said in changes:
        change, document, change_findings = _change(folder, said)
        findings += change_findings
        if change:
            done = apply(ROOT, data, change, document)
            ledger.elsewhere |= done.lines
            findings += done.findings
            removed |= done.removed
            applied.append(change)

    known = Known(
        {section: _keys(data.get(section)) for section in SINGULAR},
        _ids(evidence, "claims", "facts"),
        _ids(evidence, "sources"),
        allow_unsourced,
    )
    parts, whole = _parts(ledger, data, known)
    more: dict[str, Any] = {
        "folder": folder,
        "source_hash": _hash(read_data, applied),
        "report": getattr(evidence.get("claims"), "document", None),
        **{name: getattr(evidence.get(name), name, {}) for name in EVIDENCE},
        "changes_applied": tuple(applied),
        "removed": frozenset(removed),
    }
    scenario = Scenario.model_construct(**parts, **more)
    if whole or _datable(scenario):
        for remark in rule.remarks(scenario, ROOT, data):
            ledger.add(*remark)
    if allow_unsourced:
        for path, one in scenario.parameters.items():
            if one.unsourced:
                cure = "add `from:` or `assumed:`"
                ledger.add("E017", rule.steps_of(scenario, path), "", "", cure, "warning")
    findings += ledger.findings
    if any(finding.severity == "error" for finding in findings):
        return Assembled(None, _sorted(findings))
    scenario = _settled(scenario)
    before = len(ledger.findings)
    for remark in rule.settled(scenario, ROOT):
        ledger.add(*remark)
    findings += ledger.findings[before:]
    findings += _unfounded(scenario, others)
    usable = not any(finding.severity == "error" for finding in findings)
    return Assembled(scenario if usable else None, _sorted(findings))


def _evidence(folder: Path) -> tuple[dict[str, Any], list[Ledger], dict[str, Any]]:
    """The files beside scenario.yaml: their models, ledgers and data."""
    models: dict[str, Any] = {}
    ledgers: list[Ledger] = []
    read_data: dict[str, Any] = {}
    for name, model in EVIDENCE.items():
        path = folder / f"{name}.yaml"
        if not path.exists():
            continue
        ledger = Ledger(read(path), of_model(model))
        ledgers.append(ledger)
        read_data[name] = ledger.data
        if ledger.data is None:
            models[name] = _Anything()
            continue
        try:
            known = Known(sources=_ids(models, "sources"))
            models[name] = model.model_validate(ledger.data, context=known)
        except ValidationError as error:
            ledger.judge(error)
            models[name] = _keys(ledger.data.get(name)) if isinstance(ledger.data, Mapping) else ()
        else:
            for remark in rule.links(models[name]) if isinstance(models[name], ClaimFile) else ():
                ledger.add(*remark)
    return models, ledgers, read_data


def _unfounded(scenario: Scenario, others: Sequence[Ledger]) -> list[Finding]:
    """Claims whose stand-ins do not exist."""
    ledger = next((one for one in others if "claims" in one.root.keys), None)
    if ledger is None:
        return []
    before = len(ledger.findings)
    for claim, said, expected in unfounded(scenario):
        options = (*scenario.parameters, *(row.id for row in scenario.timeline), *MECHANISMS)
        cure = did_you_mean(said, options, "correct `by`, or say `context` or `not modelled`")
        ledger.add("E052", ("claims", claim, "modelled"), said, expected, cure, "warning")
    return ledger.findings[before:]


def _ids(evidence: Mapping[str, Any], *names: str) -> Collection[str]:
    """Ids in these files; those of a file that could not be judged as they stand there."""
    found = [getattr(evidence.get(name), name, evidence.get(name, ())) for name in names]
    anything = next((ids for ids in found if isinstance(ids, _Anything)), None)
    return anything if anything is not None else {one for ids in found for one in ids}


def _keys(section: Any) -> Collection[str]:
    return tuple(section) if isinstance(section, Mapping) else ()


def _behaviour(said: Any) -> Any:
    """The parameters of behaviour, those left out with their priors."""
    if not isinstance(said, Mapping):
        return said
    whole = {}
    for mechanism, priors in DEFAULTS.items():
        given = said.get(mechanism, {})
        if not isinstance(given, Mapping):
            whole[mechanism] = given
            continue
        whole[mechanism] = {name: _prior(prior) for name, prior in priors.items()} | dict(given)
    return whole | {name: one for name, one in said.items() if name not in DEFAULTS}


def _prior(row: Mapping[str, Any]) -> Prior:
    return _PRIORS[id(row)]


def _change(
    folder: Path, said: str | Path | Change
) -> tuple[Change | None, Document, list[Finding]]:
    """A change by its id, file, text or itself."""
    if isinstance(said, Change):
        return said, Document("change", None, {}, ()), []
    shipped = {path.stem: path for path in sorted((folder / "changes").glob("*.yaml"))}
    if str(said) in shipped:
        document = read(shipped[str(said)])
    elif isinstance(said, str) and not Path(said).is_file() and (written := assignment(said)):
        document = written.document._replace(data=written.data)
    elif Path(said).suffix in (".yaml", ".yml"):
        document = read(Path(said))
    else:
        cure = did_you_mean(str(said), shipped, f"shipped: {', '.join(shipped) or 'none'}")
        expected = "a shipped change, a file, or PATH=VALUE@DATE"
        finding = Finding("E001", "command line", 0, "", str(said), expected, cure)
        return None, Document("command line", None, {}, ()), [finding]
    ledger = Ledger(document, of_model(Change))
    if document.data is None:
        return None, document, ledger.findings
    try:
        return Change.model_validate(document.data), document, ledger.findings
    except ValidationError as error:
        ledger.judge(error)
        return None, document, ledger.findings


def _parts(ledger: Ledger, data: Mapping[str, Any], known: Known) -> tuple[dict[str, Any], bool]:
    """Every part of the scenario that can be read, and whether that is all of them."""
    before = len(ledger.findings)
    good: dict[str, Any] = {}
    for section, inner in ((name, ROOT.below(name)) for name in SECTIONS):
        assert inner is not None
        said = data.get(section)
        entities = inner.inner if inner.form in ("map", "rows") else None
        if entities is None or entities.form != "part" or not isinstance(said, Mapping | tuple):
            continue
        if isinstance(said, tuple) != (inner.form == "rows"):
            continue
        kept: list[tuple[Any, Any]] = []
        for key, one in said.items() if isinstance(said, Mapping) else enumerate(said):
            if isinstance(key, str) and not KEBAB.fullmatch(key):
                ledger.add("E015", (section, key), key, "words joined by -", kebab_cure(key))
            if len(ledger.findings) >= MOST:
                break
            try:
                kept.append((key, entities.model.model_validate(one, context=known)))
            except ValidationError as error:
                ledger.judge(error, (section, key))
        good[section] = dict(kept) if isinstance(said, Mapping) else tuple(one for _, one in kept)
    try:
        scenario = Scenario.model_validate({**data, **good}, context=known)
    except ValidationError as error:
        ledger.judge(error)
        dates = {key: data.get(key) for key in ("warm_up_from", "observe_from", "days")}
        forms = {name: slot.form for name in SECTIONS if (slot := ROOT.below(name))}
        nothing: dict[str, Any] = {"map": {}, "rows": ()}
        empty = {name: nothing.get(form) for name, form in forms.items()}
        return {**empty, **dates, **good}, False
    whole = len(ledger.findings) == before
    return {name: getattr(scenario, name) for name in SECTIONS}, whole


def _datable(scenario: Scenario) -> bool:
    """Whether the rules can be asked about a scenario that is not whole."""
    warm, observe, days = scenario.warm_up_from, scenario.observe_from, scenario.days
    dates = isinstance(observe, datetime.date) and isinstance(warm, datetime.date | None)
    return dates and type(days) is int and days > 0


def _settled(scenario: Scenario) -> Scenario:
    """Fill in what follows from the medians: those of `same_as`, headquarters, homes, flags."""
    parameters = scenario.parameters

    def median(quantity: Quantity) -> float:
        if quantity.source is None:
            return quantity.median
        source = parameters[quantity.source]
        assert isinstance(source, Quantity)
        return quantity.times * median(source)

    for one in parameters.values():
        if isinstance(one, Quantity) and one.source:
            one.settle(median(one))
    groups = {}
    releases = [row.prison_release for row in scenario.timeline if row.prison_release]
    founded = {release.group: release.at for release in releases}
    for name, group in scenario.groups.items():
        places = group.fighters
        most = max(places, key=lambda place: places[place].median) if places else founded[name]
        hq = group.hq or most
        groups[name] = group.model_copy(update={"hq": hq, "home": group.home or hq})
    return scenario.model_copy(update={"groups": groups})


def _hash(read_data: Mapping[str, Any], applied: Sequence[Change]) -> str:
    """sha256 of all that was read, whatever its comments and layout."""
    changes = [change.model_dump(mode="json", by_alias=True) for change in applied]
    whole = {**{name: read_data[name] for name in sorted(read_data)}, "changes": changes}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _sorted(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(set(findings), key=lambda one: (one.file, one.line, one.code, one.path)))


_PRIORS = {
    id(row): Prior.model_validate(
        {
            key: tuple(value) if isinstance(value, list | tuple) else value
            for key, value in row.items()
            if key not in ("unit", "means")
        }
    )
    for priors in DEFAULTS.values()
    for row in priors.values()
}
