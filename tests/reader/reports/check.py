"""Verify that every label of the reports agrees with its text, the schema and ``ids.yaml``."""

import hashlib
import sys
from pathlib import Path

import yaml

HERE = Path(__file__).parent
ROLES = {
    "RELOCATE": "actor object origin destination place",
    "MOVE_WEAPONS": "actor object origin destination quantity place route",
    "REINFORCE": "actor object origin destination place",
    "BASE_ESTABLISHED": "actor object place",
    "MOVEMENT": "actor object origin destination place",
    "WITHDRAWAL": "actor object origin destination",
    "TAKEOVER": "actor object place from_actor",
    "CONTROL": "actor place",
    "PRESENCE": "actor object place",
    "STRIKE": "actor target object origin place",
    "ATTACK": "actor target object place",
    "CLASH": "party place",
    "SIEGE": "actor target place",
    "CASUALTIES": "actor victim quantity place",
    "DETENTION": "actor victim place",
    "RELEASE": "actor object place",
    "RESTRICT": "actor object victim place",
    "AFFILIATION": "actor patron group place",
    "AFFILIATION_CHANGE": "actor from_patron to_patron place",
    "SUPPORT": "provider recipient place",
    "FOUNDING": "actor created place",
    "COMPOSITION": "actor member origin",
    "LEADERSHIP": "person organization",
    "RECRUITMENT": "actor recruit origin place",
    "MEETING": "participant mediator place",
    "AGREEMENT": "party topic place mediator",
    "SMUGGLING_FLOW": "actor commodity origin destination route place",
    "SMUGGLING_OPERATION": "actor place counterpart_zone",
    "REVENUE": "beneficiary means quantity payer origin place",
    "COMPETITION": "actor object place",
    "RAISE_FLAG": "actor symbol honoree place",
    "MOTIVE": "actor about",
    "ASSESSMENT": "about",
    "CONDITION": "experiencer object against place",
}
TIERS = {"explicit", "presupposed", "inferred"}
MODALITIES = {"asserted", "presupposed", "purpose", "attempted", "expected", "implied"}


def spans(node):
    """Yield every (text, span) pair under a label node."""
    if isinstance(node, dict):
        if "span" in node:
            yield node.get("quote", node.get("text", node.get("cue"))), node["span"]
        for child in node.values():
            yield from spans(child)
    elif isinstance(node, list):
        for child in node:
            yield from spans(child)


def violates(claim: dict, trap: dict) -> bool:
    """Tell whether a claim is what the trap says must not be read out of its span."""
    ban = trap["must_not"]
    (start, end), (first, last) = trap["span"], claim["trigger"]["span"]
    actors = {filler["id"] for fillers in claim["args"].values() for filler in fillers}
    return (
        start <= first
        and last <= end
        and claim["type"] in ban["type"]
        and ban.get("modality", claim["modality"]) == claim["modality"]
        and ban.get("polarity", claim["polarity"]) == claim["polarity"]
        and ban.get("actor", next(iter(actors), None)) in actors
    )


def faults(path: Path, ids: set[str]):
    """Yield what is wrong with one label file."""
    labels = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    raw = (path.parent / labels["document"]["file"]).read_bytes()
    text = raw.decode("utf-8")
    document = labels["document"]
    if document["sha256"] != hashlib.sha256(raw).hexdigest() or document["chars"] != len(text):
        yield "text and checksum differ"
    if not 80 <= document["words"] == len(text.split()) <= 250:
        yield f"{document['words']} words"
    for quote, (start, end) in spans(labels):
        if text[start:end] != quote:
            yield f"span [{start}, {end}] is not {quote!r}"
    names = {claim["id"] for claim in labels["claims"]}
    for claim in labels["claims"]:
        here = f"{claim['id']} {claim['type']}"
        start, end = claim["span"]
        for role, fillers in claim["args"].items():
            if role not in ROLES[claim["type"]].split():
                yield f"{here}: role {role}"
            for filler in fillers:
                known = filler["id"].removeprefix("claim:") in names or filler["id"] in ids
                if not known:
                    yield f"{here}: unknown id {filler['id']}"
                if ("span" in filler) == bool(filler.get("implicit")):
                    yield f"{here}: {role} needs a span or implicit"
                elif "span" in filler:
                    outside = not (start <= filler["span"][0] and filler["span"][1] <= end)
                    if outside != filler.get("outside_span", False):
                        yield f"{here}: outside_span of {filler['text']!r}"
        if claim["tier"] not in TIERS or claim["modality"] not in MODALITIES:
            yield f"{here}: tier or modality"
        if (claim["tier"] == "presupposed") != (claim["modality"] == "presupposed"):
            yield f"{here}: tier and modality disagree"
        if claim["polarity"] not in {"positive", "negative"} or claim["attribution"] not in ids:
            yield f"{here}: polarity or attribution"
        if not start <= claim["trigger"]["span"][0] < claim["trigger"]["span"][1] <= end:
            yield f"{here}: trigger outside the claim"
    for mention in labels["mentions"]:
        if mention["id"] not in ids:
            yield f"{mention['mid']}: unknown id {mention['id']}"
    for trap in labels["traps"]:
        if not set(trap["must_not"]["type"]) <= set(ROLES):
            yield f"trap {trap['quote']!r}: type"
        for claim in labels["claims"]:
            if violates(claim, trap):
                yield f"trap {trap['quote']!r} forbids {claim['id']}"


def main() -> int:
    """Check both folders, print the faults and the totals."""
    groups = yaml.load((HERE / "ids.yaml").read_text("utf-8"), yaml.CSafeLoader)
    ids = {"unspecified", "narrator"}.union(*groups.values())
    wrong = 0
    for folder in (
        "dev",
        "dev2",
        "dev3",
        "dev4",
        "dev5",
        "dev6",
        "dev7",
        "dev8",
        "dev9",
        "test3",
        "test",
    ):
        paths = sorted((HERE / folder).glob("*.yaml"))
        found = [(p.name, fault) for p in paths for fault in faults(p, ids)]
        for name, fault in found:
            print(f"{folder}/{name}: {fault}")
        wrong += len(found)
        print(f"{folder}: {len(paths)} reports, {len(found)} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
