"""Names in a text: entities of the gazetteer, the level of a governorate, zones of control."""

from __future__ import annotations

from typing import Any

from maabar.reader.anaphor import with_anaphors
from maabar.reader.claim import Mention
from maabar.reader.gazetteer import ARTICLES, DIRECTIONS, GENERIC, Gazetteer, key
from maabar.reader.text import fold_word
from maabar.reader.word import Sentence, bare, cuts

GOVERNORATE = {"محافظه": "governorate", "مدينه": "city", "ريف": "countryside", "باديه": "desert",
               "ريفي": "countryside", "ارياف": "countryside"}  # fmt: skip


HEADS = frozenset(
    [
        "مدينه",
        "بلده",
        "قريه",
        "حي",
        "مخيم",
        "محافظه",
        "ريف",
        "بلدتي",
        "قريتي",
        "بلدات",
        "قري",
        "مدن",
        "منطقه",
        "ناحيه",
        "باديه",
        "town",
        "village",
        "city",
        "camp",
        "neighbourhood",
        "neighborhood",
        "district",
        "of",
    ]
)


ADJECTIVES = frozenset(map(fold_word, ["الإيراني", "الإيرانية", "اللبناني", "العراقي", "العراقية", "الأفغاني", "الأفغانية", "الباكستاني", "الباكستانية", "السوري", "السورية", "الروسي", "الروسية", "المحلية", "الإرهابي", "الإرهابية", "الفلسطيني", "الكردية", "النفطي", "العسكري", "الحدودي", "النهري"]))  # fmt: skip


HOLD = frozenset(
    map(fold_word, ["سيطرة", "نفوذ", "لسيطرة", "السيطرة", "سيطرته", "نفوذه", "لنفوذ", "بسيطرة"])
)


def _kin(adjective: str) -> str:
    """Every number and gender of an adjective of nationality."""
    endings = ("", "ة", "ان", "ين", "ون", "تان", "تين")
    return " ".join(article + adjective + end for article in ("", "ال") for end in endings) + " "


NATIONAL = {
    fold_word(a): force for force, adjectives in {
        "russian-forces": _kin("روسي") + "روسيا russian",
        "turkish-forces": _kin("تركي") + "turkish",
        "us-forces": _kin("أمريكي") + _kin("أميركي") + "american",
        "israel": _kin("إسرائيلي") + "israeli",
        "irgc": "إيراني إيرانية إيرانيان إيرانيين إيرانيون iranian",
    }.items() for a in adjectives.split()
}  # fmt: skip


FORCEFUL = frozenset(b for w in ["قوة", "وحدة", "وحدات", "عناصر", "تعزيزات", "دورية", "دوريات", "قاعدة", "طائرات", "طائرة", "غارات", "غارة", "قصف", "قوات", "رتل", "أرتال", "مدرعات", "آليات", "مروحيات", "دعم", "الدعم", "حماية", "الحماية", "إسناد", "ضربات", "ضربة", "نقطة", "نقاط", "قافلة", "ضباط", "جنود", "جوية", "جوي", "مسيرة", "مدفعي", "مروحية", "مروحيتان", "مروحيتين", "طائرتان", "طائرتين", "مقاتلات", "مقاتلة", "مسيرتان", "دوريتان", "دوريتين", "ضابط", "ضابطان", "ضابطين", "جندي", "جنديان", "جنديين", "خبراء", "مستشارون", "مستشارين", "عسكريون", "عسكريين", "مدفعية", "طيران", "قاعدتان", "توغل", "هجوم"] for b in (fold_word(w), "ال" + fold_word(w)))  # fmt: skip


FORCEFUL_EN = frozenset(
    [
        "units",
        "column",
        "columns",
        "convoy",
        "convoys",
        "vehicles",
        "commanders",
        "instructors",
        "advisers",
        "artillery",
        "base",
        "bases",
        "forces",
        "patrol",
        "patrols",
        "troops",
        "airstrike",
        "airstrikes",
        "strike",
        "strikes",
        "officers",
        "reinforcements",
        "helicopters",
        "shelling",
        "soldiers",
        "and",
        "raid",
        "raids",
    ]
)


ZONE_WORDS_EN = frozenset({"held", "controlled", "run"})


def mentions(sentences: list[Sentence], gazetteer: Gazetteer, raw: str) -> list[list[Mention]]:
    """Names in each sentence, in order; anaphors look back over the whole text."""
    recent: list[Mention] = []
    found: list[list[Mention]] = []
    for sentence in sentences:
        here = _named(sentence, gazetteer, raw)
        here = with_anaphors(sentence, here, recent, gazetteer, raw)
        found.append(here)
        recent = (recent + here)[-40:]
    return found


def _named(sentence: Sentence, gazetteer: Gazetteer, raw: str) -> list[Mention]:
    words = sentence.words
    plain = [key(w.text) for w in words]
    found: list[Mention] = []
    i = 0
    while i < len(words):
        best = _longest(sentence, plain, i, gazetteer)
        if best is None:
            force = _national(words, i)
            if force and force in gazetteer:
                found.append(Mention(force, "actor", "name", (words[i].start, words[i].end),
                                     raw[words[i].start : words[i].end], False,
                                     gazetteer.kind(force)))  # fmt: skip
            i += 1
            continue
        ident, first, last, skip = best
        entity = gazetteer.entities[ident]
        if entity.head and not _headed(words, first):
            i += 1
            continue
        ident, first, last = _governed(words, ident, first, last, gazetteer)
        if found and words[first].start < found[-1].span[1]:
            first = i
        while (
            last < len(words) and entity.sort == "actor" and not words[last].pause
            and words[last].text in ADJECTIVES and entity.kind not in ("population", "country")
        ):  # fmt: skip
            last += 1
        start = words[first].start + (skip if first == i else 0)
        end = words[last - 1].end
        zone = entity.sort == "actor" and _zone(words, first, last)
        form = entity.kind if entity.kind in ("population", "source", "collective") else "name"
        if entity.kind in ("unspecified", "unidentified"):
            form = "population"
        if entity.kind in ("facility_class", "vague"):
            form = "class"
        found.append(Mention(ident, entity.sort, form, (start, end), raw[start:end], zone,
                             gazetteer.kind(ident)))  # fmt: skip
        i = max(last, i + 1)
        i = _elliptic(words, i, found, gazetteer, raw)
    return found


ELLIPTIC = {
    fold_word(a): i for i, ws in {
        "russian-backed-militias": "والروسية وروسية", "local-militias": "والمحلية ومحلية",
        "iranian-militias": "والإيرانية وإيرانية", "regime-militias": "والموالية_",
    }.items() for a in ws.split()
}  # fmt: skip


def _elliptic(
    words: list[Any], i: int, found: list[Mention], gazetteer: Gazetteer, raw: str
) -> int:
    """Militias named by a further adjective only ("the Iranian, Russian and local militias")."""
    while i < len(words) and found and gazetteer.kind(found[-1].id) == "collective":
        ident = ELLIPTIC.get(words[i].text, "")
        if ident not in gazetteer:
            break
        start, end = words[i].start + 1, words[i].end
        found.append(Mention(ident, "actor", "collective", (start, end), raw[start:end], False,
                             "collective"))  # fmt: skip
        i += 1
    return i


def _national(words: list[Any], i: int) -> str:
    """A force named by its nationality alone ("Russian reinforcements")."""
    force = NATIONAL.get(words[i].text, "")
    if not force:
        return ""
    if words[i].text.isascii():
        after = words[i + 1].text if i + 1 < len(words) else ""
        return _flying(force, after in AIRBORNE_EN) if after in FORCEFUL_EN | AIRBORNE_EN else ""
    heads = bare(words[i - 1].text) if i else frozenset()
    if i and words[i - 1].text.lstrip("ب") in _BEING:  # "drones, probably Israeli"
        heads = frozenset(b for w in words[max(0, i - 5) : i - 1] for b in bare(w.text))
    flying = heads & AIRBORNE or (heads & RAIDS and force != "israel")
    return _flying(force, bool(flying)) if heads & (FORCEFUL | AIRBORNE) else ""


def _flying(force: str, airborne: bool) -> str:
    """The air force where aircraft are Russian or Turkish."""
    return AIR_FORCES.get(force, force) if airborne else force


_BEING = frozenset(map(fold_word, ["أنها", "أنه", "أنهما"]))
AIR_FORCES = {
    "israel": "israeli-air-force",
    "russian-forces": "russian-air-force",
    "turkish-forces": "turkish-air-force",
}
RAIDS = frozenset(map(fold_word, ["غارة", "غارات", "غارتين", "غارتان"]))
AIRBORNE = frozenset(map(fold_word, ["مروحية", "مروحيات", "مروحيتان", "مروحيتين", "طائرة", "طائرات", "طائرتان", "طائرتين", "مقاتلات", "مقاتلة", "مسيرة", "مسيرات", "مسيرتان", "حوامات"]))  # fmt: skip
AIRBORNE_EN = frozenset(
    {"jets", "warplanes", "helicopters", "drones", "drone", "aircraft", "planes"}
)


def _longest(
    sentence: Sentence, plain: list[str], i: int, gazetteer: Gazetteer
) -> tuple[str, int, int, int] | None:
    """Longest name at word i: (id, first, last, raw characters of clitics to leave outside)."""
    words = sentence.words
    word = words[i]
    latin = word.text[0].isascii()
    if latin:
        return _latin(sentence, plain, i, gazetteer)
    best: tuple[str, int, int, int] | None = None
    for cut in cuts(word.text):
        if cut.article and not cut.prefix:
            continue
        trial = [key(cut.rest), *plain[i + 1 : i + 8]]
        for ident, length in gazetteer.find(trial, 0):
            entity = gazetteer.entities[ident]
            if (
                length == 1
                and (cut.prefix or cut.conjunction)
                and len(cut.rest) < 4
                and (entity.kind not in ("armed_group",))
            ):
                continue
            if any(w.pause for w in words[i + 1 : i + length]):
                continue
            if best is None or i + length > best[2]:
                fused = cut.prefix == "ل" and word.text.lstrip("وف").startswith("لل")
                outside = int(cut.conjunction) + (1 if cut.prefix and not fused else 0)
                best = (ident, i, i + length, outside)
            break
    return best


def _latin(
    sentence: Sentence, plain: list[str], i: int, gazetteer: Gazetteer
) -> tuple[str, int, int, int] | None:
    words = sentence.words
    kept, places = [], []
    for j in range(i, min(i + 14, len(words))):
        if words[j].pause and j > i:
            break
        joined = j + 1 < len(words) and words[j + 1].glued
        article = words[j].text in ARTICLES and (joined or words[j].text in ("al", "el"))
        if article and (j > i or joined or words[i].text in ("al", "el")):
            if j == i:
                continue
            continue
        kept.append(plain[j])
        places.append(j)
        if len(kept) > 7:
            break
    if not kept or places[0] > i + 1:
        return None
    if words[i].text == "the" and len(kept) > 1 and kept[0] == key("the"):
        return None
    for ident, length in gazetteer.find(kept, 0):
        entity = gazetteer.entities[ident]
        first, last = places[0], places[length - 1] + 1
        named = entity.kind not in GENERIC and entity.kind not in ("vague",)
        if named and not (words[first].capital or words[first].text[0].isdigit()):
            plain_words = length == 1 or not any(w.capital for w in words[first:last])
            if plain_words and entity.id not in _COMMON:
                continue
        return ident, i, last, 0
    return None


_COMMON = {"syrian-regime", "coalition", "euphrates", "new-government", "opposition-factions",
           "sdf-commandos", "syrian-army", "deir-ez-zor-civil-council", "hat-units",
           "euphrates-east-bank", "euphrates-west-bank", "euphrates-opposite-bank",
           "central-prison", "border-guards", "kurdish-forces"}  # fmt: skip


def _headed(words: list[Any], i: int) -> bool:
    before = words[i - 1].text if i else ""
    return bool(bare(before) & HEADS) if before else False


def _governed(
    words: list[Any], ident: str, first: int, last: int, gazetteer: Gazetteer
) -> tuple[str, int, int]:
    """City, governorate or countryside of a governorate's name, as the head word says."""
    entity = gazetteer.entities[ident]
    if not entity.governorate:
        return ident, first, last
    if words[first].text[0].isascii():
        return _governed_latin(words, ident, first, last)
    if not first or words[first].pause:
        return ident, first, last
    level = next((GOVERNORATE[b] for b in bare(words[first - 1].text) if b in GOVERNORATE), "")
    if not level:
        return ident, first, last
    if level != "countryside":
        return (ident if ident == "damascus" and level == "city" else f"{ident}-{level}",
                first - 1, last)  # fmt: skip
    if last < len(words) and not words[last].pause:
        direction = DIRECTIONS.get(words[last].text.removeprefix("ال"))
        if direction:
            return f"{ident}-{direction}-{level}", first - 1, last + 1
    return f"{ident}-{level}", first - 1, last


def _governed_latin(words: list[Any], ident: str, first: int, last: int) -> tuple[str, int, int]:
    after = words[last].text if last < len(words) and not words[last].pause else ""
    near = [w.text for w in words[max(0, first - 4) : first]]
    heading = next((d for d in DIRECTIONS.values() if d in near), "")
    if after in ("city", "governorate", "province"):
        level = "city" if after == "city" else "governorate"
        return f"{ident}-{level}", first, last + 1
    if after == "countryside":
        start = first - 1 if heading and near[-1:] == [heading] else first
        mid = f"{heading}-" if heading else ""
        return f"{ident}-{mid}countryside", start, last + 1
    if near[-1:] == ["of"] and "countryside" in near:
        back = first - (len(near) - near.index(heading) if heading else 2)
        return f"{ident}-{heading + '-' if heading else ''}countryside", max(back, 0), last
    if near[-2:] == ["city", "of"]:
        return f"{ident}-city", first - 2, last
    return ident, first, last


def _zone(words: list[Any], first: int, last: int) -> bool:
    """Whether the actor only names an area ("areas under the control of X")."""
    if words[first].text[0].isascii():
        after = words[last].text if last < len(words) else ""
        if after in ZONE_WORDS_EN and words[last].glued:
            return True
        near = [w.text for w in words[max(0, first - 5) : first]]
        if after in ("areas", "territory", "territories", "zones", "area", "zone"):
            return True
        return ("control" in near or "controlled" in near or "held" in near) and bool(
            {"areas", "area", "territory", "territories", "towns", "zones", "bank"} & set(near)
        )
    before = [w.text for w in words[max(0, first - 2) : first]]
    if not before:
        return False
    if bare(before[-1]) & HOLD:
        return True
    return bool(bare(before[-1]) & {"مناطق", "نطاق", "اراضي"})


def zone_of(mention: Mention) -> str:
    """Id of the area that a zone mention stands for."""
    if mention.id in ("syrian-regime", "syrian-army"):
        return "regime-zone"
    return "iran-zone" if mention.id in ("iranian-militias", "iran") else f"{mention.id}-zone"
