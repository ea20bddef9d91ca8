"""Names in a text: entities of the gazetteer, zones, anaphors, and proposals for unknown names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

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
ZONES = frozenset(
    map(fold_word, ["مناطق", "منطقة", "نطاق", "الأجزاء", "أراضي", "الأراضي", "المناطق"])
)
HOLD = frozenset(
    map(fold_word, ["سيطرة", "نفوذ", "لسيطرة", "السيطرة", "سيطرته", "نفوذه", "لنفوذ", "بسيطرة"])
)
DEMONSTRATIVES = frozenset(
    map(fold_word, ["هذه", "هذا", "تلك", "ذلك", "هؤلاء", "these", "those", "this", "that"])
)
ANAPHORS = {
    fold_word(w): tuple(kinds.split()) for w, kinds in {
        "الميليشيا": "armed_group collective", "الميليشيات": "collective armed_group",
        "التنظيم": "armed_group", "الفرقة": "state_force", "اللواء": "armed_group",
        "الحرس": "foreign_force state_force", "الفوج": "armed_group", "الدفاع": "armed_group",
        "الحزب": "armed_group", "الحركة": "armed_group", "الفيلق": "armed_group",
        "الفصائل": "armed_group collective", "المرصد": "source", "الفرع": "state_force",
        "الإدارة": "government", "المجلس": "armed_group administration",
        "الشركة": "armed_group company", "القوات": "armed_group state_force foreign_force",
        "المجموعة": "armed_group", "الجيش": "state_force foreign_force",
        "المعبر": "crossing facility_class", "المعابر": "facility_class", "المخيم": "camp facility", "المطار": "facility",
        "الحقل": "facility", "القاعدة": "facility", "الحي": "quarter",
        "الشيوخ": "population", "الوجهاء": "population", "المصدر": "source",
    }.items()
} | {
    "group": ("armed_group",), "militia": ("armed_group",), "guards": ("foreign_force",),
    "militias": ("collective", "armed_group"), "camp": ("camp", "facility"), "crossing": ("crossing",), "brigade": ("armed_group",),
    "division": ("state_force",), "regiment": ("armed_group",), "airport": ("facility",),
    "base": ("facility",), "council": ("armed_group", "administration"),
}  # fmt: skip
RIVERS = {"النهر", "river"}
NATIONAL = {
    fold_word(a): force for force, adjectives in {
        "russian-forces": "روسي روسية الروسي الروسية روسيا russian",
        "turkish-forces": "تركي تركية التركي التركية turkish",
        "us-forces": "أمريكي أمريكية الأمريكي الأمريكية أميركي أميركية الأميركية american",
        "israel": "إسرائيلي إسرائيلية الإسرائيلي الإسرائيلية israeli",
        "irgc": "إيراني إيرانية iranian",
    }.items() for a in adjectives.split()
}  # fmt: skip
FORCEFUL = frozenset(b for w in ["تعزيزات", "دورية", "دوريات", "قاعدة", "طائرات", "طائرة", "غارات", "غارة", "قصف", "قوات", "رتل", "أرتال", "مدرعات", "آليات", "مروحيات", "دعم", "الدعم", "حماية", "الحماية", "إسناد", "ضربات", "ضربة", "نقطة", "نقاط", "قافلة", "ضباط", "جنود", "جوية", "جوي", "مسيرة", "مدفعي"] for b in (fold_word(w), "ال" + fold_word(w)))  # fmt: skip
FORCEFUL_EN = frozenset(
    [
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
OPEN_HEADS = {
    fold_word(w): kind for w, kind in {
        "ميليشيا": "armed_group", "لواء": "armed_group", "كتيبة": "armed_group",
        "كتائب": "armed_group", "سرايا": "armed_group", "فصيل": "armed_group",
        "حركة": "armed_group", "بلدة": "town", "قرية": "village", "قبيلة": "tribe",
        "عشيرة": "tribe", "حاجز": "checkpoint", "معبر": "crossing", "حقل": "facility",
        "شبكة": "source", "مرصد": "source", "وكالة": "source", "حي": "quarter",
        "مخيم": "camp",
    }.items()
}  # fmt: skip
ZONE_WORDS_EN = frozenset({"held", "controlled", "run"})


def mentions(sentences: list[Sentence], gazetteer: Gazetteer, raw: str) -> list[list[Mention]]:
    """Names in each sentence, in order; anaphors look back over the whole text."""
    recent: list[Mention] = []
    found: list[list[Mention]] = []
    for sentence in sentences:
        here = _named(sentence, gazetteer, raw)
        here = _with_anaphors(sentence, here, recent, gazetteer, raw)
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
        return force if after in FORCEFUL_EN else ""
    return force if i and bool(bare(words[i - 1].text) & FORCEFUL) else ""


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
            if length == 1 or not any(w.capital for w in words[first:last]):
                if entity.id not in _COMMON:
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


def _with_anaphors(
    sentence: Sentence, here: list[Mention], recent: Iterable[Mention], gazetteer: Gazetteer,
    raw: str,
) -> list[Mention]:  # fmt: skip
    taken = [m.span for m in here]
    found = list(here)
    earlier = list(recent)
    for i, word in enumerate(sentence.words):
        for cut in cuts(word.text):
            name = key(cut.rest)
            kinds = ANAPHORS.get(name)
            river = cut.rest in RIVERS
            if not kinds and not river:
                continue
            if word.text[0].isascii() and (i == 0 or sentence.words[i - 1].text not in
                                           ("the", "this", "that", "these")) and (
                cut.rest != "militias"
            ):  # fmt: skip
                continue
            shift = int(cut.conjunction) + int(bool(cut.prefix and cut.prefix != "ل"))
            start, end = word.start + shift, word.end
            if any(a < end and start < b for a, b in taken):
                break
            pointing = i > 0 and bool(bare(sentence.words[i - 1].text) & DEMONSTRATIVES)
            before = [m for m in earlier + found if m.span[1] <= start]
            ident = "euphrates" if river else _refers(name, kinds or (), before, gazetteer,
                                                      pointing)  # fmt: skip
            if not ident:
                break
            if pointing:
                start = sentence.words[i - 1].start
                if sentence.words[i - 1].text[0] == "و":
                    start += 1
            sort = "place" if river else gazetteer.entities[ident].sort
            found.append(Mention(ident, sort, "anaphor", (start, end), raw[start:end], False,
                                 gazetteer.kind(ident)))  # fmt: skip
            taken.append((start, end))
            break
    return sorted(found, key=lambda m: m.span)


def _refers(
    name: str, kinds: tuple[str, ...], before: list[Mention], gazetteer: Gazetteer, pointing: bool
) -> str:
    """The entity that a definite head noun takes up: the one spoken of most, then last."""
    plain = name.removeprefix("ال")
    if name in _MILITIAS:  # the plural takes up a collective only
        before = [m for m in before if gazetteer.kind(m.id) == "collective"
                  or (not pointing and _iranian(m.id, gazetteer))]  # fmt: skip
    counts: dict[str, float] = {}
    for age, mention in enumerate(reversed(before)):
        if name in _MILITIAS and gazetteer.kind(mention.id) != "collective":
            continue
        heads = gazetteer.heads.get(mention.id, frozenset())
        if not mention.zone and (plain in heads or name in heads):
            written = plain in key(fold_word(mention.text))
            counts[mention.id] = counts.get(mention.id, 0) + 1 + written + 1 / (2 + age)
    if counts:
        return max(counts, key=lambda ident: counts[ident])
    if pointing or (name in _LOOSE and name not in _MILITIAS):
        for mention in reversed(before):
            if (
                mention.id in gazetteer
                and not mention.zone
                and (gazetteer.entities[mention.id].kind in kinds)
            ):
                return mention.id
    if name in _MILITIAS and any(_iranian(m.id, gazetteer) for m in before):
        return "iranian-militias"
    return _FALLBACK.get(name, "")


def _iranian(ident: str, gazetteer: Gazetteer) -> bool:
    entity = gazetteer.entities.get(ident)
    return entity is not None and (ident == "irgc" or entity.within in ("iran", "irgc"))


_LOOSE = frozenset(map(key, ("التنظيم", "الميليشيات", "الفصائل", "الميليشيا", "militia", "group")))
_MILITIAS = frozenset({"الميليشيات", "militias"})
_FALLBACK = {key(fold_word(w)): i for w, i in (
    ("التنظيم", "isis"), ("الميليشيات", "armed-militias"), ("militias", "armed-militias"), ("المعبر", "crossings"))}  # fmt: skip


def proposals(
    sentences: list[Sentence], named: list[list[Mention]], raw: str
) -> list[dict[str, Any]]:
    """Unknown names after open heads ("militia X", "town of X"): proposed, never entities."""
    found: list[dict[str, Any]] = []
    seen: set[str] = set()
    for sentence, known in zip(sentences, named, strict=True):
        spans = [m.span for m in known]
        words = sentence.words
        for i, word in enumerate(words[:-1]):
            head = next((OPEN_HEADS[key(c.rest)] for c in cuts(word.text)
                         if key(c.rest) in OPEN_HEADS and not c.article), "")  # fmt: skip
            after = words[i + 1]
            if not head or after.pause or any(a < after.end and word.start < b for a, b in spans):
                continue
            if not (after.quoted or after.text.startswith("ال")) or not re.fullmatch(
                r"[\u0600-\u06ff]{3,20}", after.text
            ):
                continue
            last = i + 1
            if after.quoted:
                while (
                    last + 1 < len(words)
                    and not re.search('["”»]', raw[words[last].end : words[last + 1].start])
                    and last - i < 4
                ):
                    last += 1
            text = raw[after.start : words[last].end]
            if text not in seen:
                seen.add(text)
                found.append({"kind": head, "text": text, "span": [after.start, words[last].end],
                              "head": raw[word.start : word.end]})  # fmt: skip
    return found
