"""Definite nouns that take up a name: "the militia", "these forces", "the river"."""

from __future__ import annotations

from collections.abc import Iterable

from maabar.reader.claim import Mention
from maabar.reader.gazetteer import Gazetteer, key, keys
from maabar.reader.text import fold_word
from maabar.reader.word import Sentence, bare, cuts

DEMONSTRATIVES = frozenset(
    map(fold_word, ["هذه", "هذا", "تلك", "ذلك", "هؤلاء", "these", "those", "this", "that"])
)


ANAPHORS = {
    fold_word(w): tuple(kinds.split()) for w, kinds in {
        "الميليشيا": "armed_group collective", "الميليشيات": "collective armed_group",
        "التنظيم": "armed_group", "الفرقة": "state_force", "اللواء": "armed_group",
        "الحرس": "foreign_force state_force", "الفوج": "armed_group", "الدفاع": "armed_group",
        "الرابعة": "state_force", "الفصيل": "armed_group", "السرايا": "armed_group", "الحزب": "armed_group", "الحركة": "armed_group", "الفيلق": "armed_group",
        "الكتائب": "armed_group", "الكتيبة": "armed_group", "العشيرة": "tribe", "القبيلة": "tribe",
        "الوزارة": "government state_force", "الحشد": "armed_group", "الوحدات": "armed_group",
        "الجماعة": "armed_group", "التجمع": "armed_group", "التشكيل": "armed_group",
        "الفصائل": "armed_group collective", "المرصد": "source", "الفرع": "state_force",
        "الإدارة": "government", "المجلس": "armed_group administration",
        "الشركة": "armed_group company", "القوات": "armed_group state_force foreign_force",
        "المجموعة": "armed_group", "الجيش": "state_force foreign_force",
        "المعبر": "crossing facility_class", "المعابر": "facility_class", "المخيم": "camp facility", "المطار": "facility",
        "الحقل": "facility", "القاعدة": "facility", "الحي": "quarter",
        "الشيوخ": "population", "الوجهاء": "population", "المصدر": "source",
    }.items()
} | {key(w): kinds for w, kinds in {
    "group": ("armed_group",), "militia": ("armed_group",), "guards": ("foreign_force",),
    "militias": ("collective", "armed_group"), "camp": ("camp", "facility"), "crossing": ("crossing",), "brigade": ("armed_group",),
    "division": ("state_force",), "regiment": ("armed_group",), "airport": ("facility",),
    "base": ("facility",), "council": ("armed_group", "administration"),
}.items()}  # fmt: skip


_ORDINALS = frozenset(map(fold_word, ["الساعة", "المرة", "للمرة", "السنة", "الدفعة", "المرحلة"]))
RIVERS = {"النهر", "river"}


def with_anaphors(
    sentence: Sentence, here: list[Mention], recent: Iterable[Mention], gazetteer: Gazetteer,
    raw: str,
) -> list[Mention]:  # fmt: skip
    taken = [m.span for m in here]
    found = list(here)
    earlier = list(recent)
    for i, word in enumerate(sentence.words):
        if latter := _latter(sentence, i, earlier + found, gazetteer, raw):
            found.append(latter)
            taken.append(latter.span)
            continue
        for cut in cuts(word.text):
            name = key(cut.rest)
            kinds = ANAPHORS.get(name)
            if i and sentence.words[i - 1].text in _ORDINALS:
                continue
            river = cut.rest in RIVERS
            if not kinds and not river:
                continue
            if word.text[0].isascii() and (i == 0 or sentence.words[i - 1].text not in
                                           ("the", "this", "that", "these", "same")) and (
                cut.rest != "militias"
            ):  # fmt: skip
                continue
            if word.text.isascii() and _names(sentence, i):
                continue
            shift = int(cut.conjunction) + int(bool(cut.prefix and cut.prefix != "ل"))
            start, end = word.start + shift, word.end
            if any(a < end and start < b for a, b in taken):
                break
            pointing = i > 0 and bool(bare(sentence.words[i - 1].text) & DEMONSTRATIVES)
            before = [m for m in earlier + found if m.span[1] <= start]
            ident = "euphrates" if river else _headed_band(name, before, gazetteer, raw) or _refers(
                name, kinds or (), before, gazetteer, pointing)  # fmt: skip
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


def _names(sentence: Sentence, i: int) -> bool:
    """Whether a quoted name follows: no group told of before."""
    following = sentence.words[i + 1 : i + 2]
    return bool(following) and following[0].quoted and following[0].text != "s"


LATTER = frozenset(map(fold_word, ["الأخيرة", "الأخير", "للأخيرة", "للأخير"]))
NOT_ACTING = frozenset({"source", "population", "person", "country"})


def _latter(
    sentence: Sentence, i: int, before: list[Mention], gazetteer: Gazetteer, raw: str
) -> Mention | None:
    """ "The latter": the armed actor named last, where the word is no adjective."""
    word = sentence.words[i]
    previous = sentence.words[i - 1].text if i else ""
    arabic = word.text.lstrip("وفب") in LATTER and not previous.startswith(
        ("ال", "وال", "بال", "لل")
    )
    following = sentence.words[i + 1].text if i + 1 < len(sentence.words) else "ال"
    those = word.text.lstrip("وف") == "هولاء" and not following.startswith("ال")
    arabic = arabic or those
    if not arabic and not (word.text == "latter" and previous == "the"):
        return None
    named = [m for m in before if m.kind == "actor" and not m.zone and m.span[1] <= word.start
             and m.subkind not in NOT_ACTING]  # fmt: skip
    if not named:
        return None
    last = max(named, key=lambda m: m.span)
    start = word.start + (word.text[0] in "وفب") * (not word.text.isascii())
    span = (start, word.end)
    return Mention(
        last.id, "actor", "anaphor", span, raw[slice(*span)], False, gazetteer.kind(last.id)
    )


def _refers(
    name: str, kinds: tuple[str, ...], before: list[Mention], gazetteer: Gazetteer, pointing: bool
) -> str:
    """The entity that a definite head noun takes up: the one spoken of most, then last."""
    plain = name.removeprefix("ال")
    if name in _MILITIAS:  # the plural takes up a collective only
        before = [m for m in before if gazetteer.kind(m.id) == "collective"
                  or (not pointing and _iranian(m.id, gazetteer))]  # fmt: skip
    if name in _BANDS and (band := _latest_band(before, gazetteer)):
        return band
    counts: dict[str, float] = {}
    for age, mention in enumerate(reversed(before)):
        if name in _MILITIAS and gazetteer.kind(mention.id) != "collective":
            continue
        heads = gazetteer.heads.get(mention.id, frozenset())
        if not mention.zone and (plain in heads or name in heads):
            written = plain in key(fold_word(mention.text))
            leads = keys(mention.text)[:1] == (
                plain,
            )  # "Hezbollah", not "the brigades of Hezbollah"
            counts[mention.id] = counts.get(mention.id, 0) + 1 + written + leads + 1 / (2 + age)
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


def _headed_band(name: str, before: list[Mention], gazetteer: Gazetteer, raw: str) -> str:
    """The group that was called so: "the faction" is that of "the faction X"."""
    if name not in _BANDS:
        return ""
    stem = name.removeprefix("ال")[:5]  # of the singular and the plural
    for mention in reversed(before):
        lead = raw[max(0, mention.span[0] - 12) : mention.span[0]] + mention.text
        called = any(word.startswith(stem) for word in keys(lead))
        if called and not mention.zone and gazetteer.kind(mention.id) == "armed_group":
            return mention.id
    return ""


def _latest_band(before: list[Mention], gazetteer: Gazetteer) -> str:
    """The armed group spoken of most, then last: "the faction", "the militia" is of no state."""
    weight: dict[str, float] = {}
    for age, mention in enumerate(reversed(before)):
        if gazetteer.kind(mention.id) == "armed_group" and not mention.zone:
            weight[mention.id] = weight.get(mention.id, 0.0) + 1 + 3 / (1 + age)
    return max(weight, key=lambda ident: weight[ident]) if weight else ""


_BANDS = frozenset(map(key, map(fold_word, ("الميليشيا", "الفصيل", "المجموعة", "الجماعة"))))


def _iranian(ident: str, gazetteer: Gazetteer) -> bool:
    entity = gazetteer.entities.get(ident)
    return entity is not None and (ident == "irgc" or entity.within in ("iran", "irgc"))


_LOOSE = frozenset(map(key, ("التنظيم", "الميليشيات", "الفصائل", "الميليشيا", "militia", "group")))


_MILITIAS = frozenset({"الميليشيات", "militias"})


_FALLBACK = {key(fold_word(w)): i for w, i in (
    ("التنظيم", "isis"), ("الميليشيات", "armed-militias"), ("militias", "armed-militias"), ("المعبر", "crossings"))}  # fmt: skip
