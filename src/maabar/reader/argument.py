"""Arguments: a mention as one, the people that a common noun names, and who of them is armed."""

from __future__ import annotations

from maabar.reader.claim import Argument, Mention
from maabar.reader.clause import Line, spans
from maabar.reader.gazetteer import shipped
from maabar.reader.mention import zone_of
from maabar.reader.text import fold_word
from maabar.reader.unit import ARMED, UNNAMED, Unit
from maabar.reader.word import bare

POPULATIONS = {  # a bare head noun to the population that it names
    "civilians": "مدني مدنيين مدنيون مدنيا مدنيان طفل أطفال طفلا طفلة طفلين امرأة نساء مارة "
    "عاملين عاملان عامل عمال رجل فتاة مدنيا civilian civilians woman women "
    "child children man boy girl worker workers",
    "residents": "أهالي أهال سكان مواطن مواطنين أبناء شخص شخصين أشخاص "
    "شخصا شخصان رجال قاطنون قاطنين residents people locals resident men person",
    "families": "عائلة عائلات عوائل أسرة أسر ذوو ذوي families family households",
    "youths": "شاب شبان شابا شابين شابان شباب فتية youths youth",
    "detainees": "معتقلين معتقلا محتجزين موقوفين أسرى detainees prisoners",
    "drivers": "سائق سائقين سائقها سائقه سائقون driver drivers",
    "smugglers": "مهرب مهربين smuggler smugglers",
    "traders": "تاجر تجار trader traders",
    "farmers": "مزارع مزارعين farmer farmers",
    "minors": "قاصر قاصرين minors teenagers",
    "teachers": "معلم معلمين teacher teachers",
    "criminals": "مطلوب مطلوبين مطلوبون عصابة شبكة لصوص suspects",
    "journalist": "صحفي إعلامي journalist",
    "displaced": "نازح نازحين نازحون",
    "protesters": "محتجون محتجين متظاهرون متظاهرين غاضبون غاضبين معتصمون معتصمين protesters demonstrators",
}


POPULATION_OF = {
    fold_word(word): ident for ident, words in POPULATIONS.items() for word in words.split()
}


NOBODY = Argument("unspecified")


def argument(mention: Mention) -> Argument:
    """A mention as an argument; the holder of a zone becomes the zone."""
    ident = zone_of(mention) if mention.zone else mention.id
    return Argument(ident, mention.span, mention.text)


def population(line: Line, unit: Unit) -> Argument | None:
    """People named by a common noun, as the population of the gazetteer."""
    for i in range(unit.first, unit.last):
        word = line.words[i]
        for b in bare(word.text):
            if b == "عامل" and word.text.startswith("ال"):  # "the one that works in", no worker
                continue
            if b in POPULATION_OF and not (word.marbuta and word.text.endswith(b + "ه")):
                start, end = spans(line, unit.first, min(unit.last, i + 1))
                return Argument(POPULATION_OF[b], (start, end), "")
    return None


def sided(mention: Mention) -> bool:
    """Whether a mention may be of a side: an armed or governing actor that is named."""
    return armed(mention) and not mention.zone and mention.id not in UNNAMED


def armed(mention: Mention | None) -> bool:
    """Whether a mention is of an armed or governing actor."""
    return mention is not None and mention.subkind in ARMED


def armed_id(ident: str) -> bool:
    """Whether an id is of an armed or governing actor."""
    return shipped().kind(ident) in ARMED


def texted(a: Argument, text: str) -> Argument:
    """An argument with the words of the report at its span."""
    return Argument(a.id, a.span, text[slice(*a.span)]) if a.span else a


def add(found: dict[str, list[Argument]], role: str, arg: Argument) -> None:
    """Put one more into a role, once."""
    found.setdefault(role, [])
    if all(a.id != arg.id for a in found[role]):
        found[role].append(arg)
