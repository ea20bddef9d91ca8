"""Events of a run: as Arrow tables with ids, and as the dated story of one replicate."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from maabar.errors import UseError
from maabar.results.store import Store
from maabar.sentence import counted, date, name, number, percent, say
from maabar.variables import EVENTS, TERMS

ACTORS = ("group", "striker", "patron", "label")
KINDS = {kind.name: kind for kind in EVENTS}
REASONS = 2  # terms that a sentence names
PARTS = ("men", "arms", "headquarters")
POSTURES = (
    "positions moved",
    "weapons moved into homes",
    "moved beside the patron's points",
    "men moved into homes",
    "moved into the open",
    "headquarters moved",
)


def tables(chunk: Any, ids: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The events and causes of a chunk as Arrow tables, with ids in place of indices.

    Parameters
    ----------
    chunk : Chunk
        As the engine made it.
    ids : mapping
        Dim to ids.

    Returns
    -------
    dict
        ``events`` (replicate, row, day, kind, actor, target, place, crossing, end, amount, term_0
        ...) and ``causes`` (replicate, row, cause, weight).
    """
    import pyarrow as pa

    def chosen(index: np.ndarray, names: Sequence[str]) -> Any:
        # What is masked is set as well: it must not decide how the file is packed.
        known = np.where(index < 0, 0, index)
        return pa.DictionaryArray.from_arrays(
            pa.array(known, pa.int32(), mask=index < 0), pa.array(names, pa.string())
        )

    events, causes = chunk.events, chunk.causes
    # An id may stand in several dims; a dictionary must hold it once.
    place = {one: at for at, one in enumerate(dict.fromkeys(i for dim in ACTORS for i in ids[dim]))}
    places = {dim: np.array([place[one] for one in ids[dim]], int) for dim in ACTORS}

    def anybody(column: str) -> Any:
        found = np.full(len(events), -1)
        for row, kind in enumerate(EVENTS):
            own = places.get(getattr(kind, column))
            if own is not None:
                mine = (events["kind"] == row) & (events[column] >= 0)
                found[mine] = own[events[column][mine]]
        return chosen(found, list(place))

    columns = {
        "replicate": pa.array(events["replicate"], pa.int64()),
        "row": pa.array(events["row"], pa.int32()),
        "day": pa.array(events["day"], pa.int32()),
        "kind": chosen(events["kind"], [kind.name for kind in EVENTS]),
        "actor": anybody("actor"),
        "target": anybody("target"),
        "place": chosen(events["place"], ids["place"]),
        "crossing": chosen(events["crossing"], ids["crossing"]),
        "end": chosen(events["end"], ids["end"]),
        "amount": pa.array(events["amount"], pa.float64()),
    }
    for k in range(TERMS):
        columns[f"term_{k}"] = pa.array(events[f"term_{k}"], pa.float32())
    return {
        "events": pa.table(columns),
        "causes": pa.table(
            {
                "replicate": pa.array(causes["replicate"], pa.int64()),
                "row": pa.array(causes["row"], pa.int32()),
                "cause": pa.array(causes["cause"], pa.int32()),
                "weight": pa.array(causes["weight"], pa.float32()),
            }
        ),
    }


def read(store: Store, replicate: int) -> tuple[list[dict[str, Any]], dict[int, list[int]]]:
    """The events of one replicate, and the rows that caused each of them.

    Raises
    ------
    UseError
        Where the run has no such replicate.
    RunError
        Where it is not stored yet.
    """
    import pyarrow.compute as pc

    plan = store.plan
    if not 0 <= replicate < plan.replicates:
        raise UseError(
            f"no replicate {replicate} in {store.path}: it has 0 to {plan.replicates - 1}"
        )
    number = replicate // plan.chunk

    def mine(folder: str) -> Any:
        table = store.table(folder, number)
        return table.filter(pc.equal(table["replicate"], replicate))

    because: dict[int, dict[int, float]] = {}
    for row in mine("causes").to_pylist():
        because.setdefault(row["row"], {})[row["cause"]] = row["weight"]
    causes = {row: sorted(weight, key=lambda one: -weight[one]) for row, weight in because.items()}
    return mine("events").to_pylist(), causes


def story(store: Store, replicate: int, lang: str = "en") -> list[dict[str, Any]]:
    """One replicate as dated sentences.

    Parameters
    ----------
    store : Store
        A run.
    replicate : int
        Counted from 0.
    lang : {"en", "ar"}
        Language of the sentences.

    Returns
    -------
    list of dict
        In order: ``row, day, date, kind, actor, target, place, crossing, amount, causes,
        sentence``.
    """
    provenance = store.provenance
    start = datetime.date.fromisoformat(provenance["observe_from"])
    teller = Teller(provenance["ids"], provenance["titles"], lang)
    events, causes = read(store, replicate)
    rows = []
    for event in events:
        day = start + datetime.timedelta(days=event["day"])
        said = {
            key: event[key]
            for key in ("row", "day", "kind", "actor", "target", "place", "crossing", "amount")
        }
        rows.append(
            said
            | {
                "date": day.isoformat(),
                "causes": causes.get(event["row"], []),
                "sentence": teller.sentence(event),
            }
        )
    return rows


def lines(rows: Sequence[Mapping[str, Any]], lang: str = "en") -> list[str]:
    """The story as lines of text: row, date, sentence, and the rows that came before it."""
    told = []
    for row in rows:
        day = date(datetime.date.fromisoformat(row["date"]), lang)
        line = say("clause:event", lang, row=row["row"], date=day, sentence=row["sentence"])
        if row["causes"]:
            line += say("clause:after", lang, rows=_join(map(str, row["causes"]), "comma", lang))
        told.append(line)
    return told


def _join(words: Any, how: str, lang: str) -> str:
    return say(f"clause:{how}", lang).join(words)


class Teller:
    """Puts events into words.

    Parameters
    ----------
    ids : mapping
        Dim to ids.
    titles : mapping
        Dim to id to title in both languages.
    lang : {"en", "ar"}
        Language.
    """

    def __init__(
        self,
        ids: Mapping[str, Sequence[str]],
        titles: Mapping[str, Mapping[str, Mapping[str, str]]],
        lang: str,
    ) -> None:
        self.ids = ids
        self.titles = titles
        self.lang = lang

    def name(self, dim: str, identity: str | None) -> str:
        """Title of an id."""
        if identity is None:
            return say("clause:somewhere" if dim == "place" else "clause:nobody", self.lang)
        return name(self.titles[dim], identity, self.lang)

    def nth(self, dim: str, index: float) -> str:
        """Title by index."""
        at = int(index)
        return self.name(dim, self.ids[dim][at] if 0 <= at < len(self.ids[dim]) else None)

    def count(self, amount: float, noun: str) -> str:
        """A number with its noun."""
        return counted(amount, noun, self.lang)

    def harm(self, fighters: float, civilians: float) -> str:
        """Who was killed."""
        clauses = [
            say(f"clause:{clause}", self.lang, **{noun: self.count(dead, noun[:-1])})
            for clause, noun, dead in (
                ("killed", "fighters", fighters),
                ("civilians", "civilians", civilians),
            )
            if dead > 0
        ] or [say("clause:none", self.lang)]
        return say("clause:harm", self.lang, clauses=_join(clauses, "and", self.lang))

    def reasons(self, kind: str, terms: Mapping[str, float]) -> str:
        """The terms that spoke most for a decision, in USD a fighter and month."""
        if kind == "realignment":
            spoke = {
                term: terms[term] for term in ("pay", "fear", "income", "levy", "guard", "distance")
            }
        elif kind in POSTURES:
            spoke = {
                "fear spared": terms["fear left"] - terms["fear chosen"],
                "cost spared": terms["cost left"] - terms["cost chosen"],
            }
        elif kind == "flag raised":
            spoke = {"fear spared": terms["fear left"] - terms["fear chosen"]}
        else:
            return ""
        first = sorted(
            (term for term in spoke if spoke[term] >= 0.05), key=lambda term: -spoke[term]
        )
        if not first:
            return ""
        words = [
            say(
                "clause:term",
                self.lang,
                term=say(f"term:{term}", self.lang),
                amount=number(spoke[term]),
            )
            for term in first[:REASONS]
        ]
        reasons = _join(words, "comma", self.lang) + say("clause:unit", self.lang)
        return say("clause:reason", self.lang, reasons=reasons)

    def sentence(self, event: Mapping[str, Any]) -> str:
        """One event as a sentence."""
        kind, amount = KINDS[event["kind"]], event["amount"]
        terms = {term: event[f"term_{k}"] for k, term in enumerate(kind.terms)}
        words = {
            "actor": self.name(kind.actor, event["actor"]),
            "target": self.name(kind.target, event["target"]),
            "place": self.name("place", event["place"]),
            "crossing": self.name("crossing", event["crossing"]),
            "amount": number(amount),
            "before": number(terms.get("before", 0.0)),
        }
        entry = kind.name
        match kind.name:
            case "strike" | "attack":
                words["harm"] = self.harm(amount, terms["civilians killed"])
            case "clash":
                words["harm"] = self.harm(amount, terms["civilians killed"])
                entry = "clash won" if terms["won"] else "clash"
            case "takeover":
                entry = "takeover from" if event["target"] else "takeover"
            case "weapons moved into homes":
                words["weapons"] = self.count(amount, "weapon")
            case "men moved into homes":
                words["men"] = self.count(amount, "man")
            case "moved beside the patron's points" | "moved into the open":
                words["part"] = say(f"part:{PARTS[int(amount)]}", self.lang)
            case "headquarters moved":
                words["site"] = say(f"site:{'homes' if amount else 'open'}", self.lang)
            case "flag raised":
                words["left"] = self.nth("label", amount)
            case "realignment":
                words["left"] = self.nth("patron", amount)
            case "agreement":
                words["groups"] = self.count(amount, "group")
            case "withdrawal":
                words["places"] = self.count(event["term_4"], "place")
                entry = "withdrawal to" if event["term_5"] else "withdrawal"
            case "prison release":
                words["prisoners"] = self.count(amount, "prisoner")
            case "unpaid":
                words["amount"] = percent(amount)
        return say(f"event:{entry}", self.lang, **words) + self.reasons(kind.name, terms)
