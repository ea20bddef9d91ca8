"""The lexicon: which lemma a word may be a form of, and which frames the lemma takes.

Arabic paradigms come from `morphology`; English ones from the few spelling rules here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from maabar.reader.morphology import Form, nominal, paradigm
from maabar.reader.text import fold_word
from maabar.reader.word import cuts


@dataclass(frozen=True)
class Frame:
    """A type and the conditions under which a lemma has it."""

    type: str  # "" where the lemma then makes no claim
    subtype: str = ""
    negative: bool = False  # the frame itself denies (pay cut, flag lowered)
    conditions: tuple[tuple[str, frozenset[str]], ...] = ()


@dataclass(frozen=True)
class Lemma:
    """A dictionary entry: its frames, or its duty as a light, modal or speech verb."""

    name: str
    frames: tuple[Frame, ...] = ()
    duty: str = ""
    noun: bool = False


@dataclass(frozen=True)
class Reading:
    """A word read as a form of a lemma, with the clitics it carries."""

    lemma: Lemma
    form: Form
    conjunction: bool = False
    prefix: str = ""
    article: bool = False


def parse_frame(text: str) -> Frame:
    """Read "TYPE/subtype~ key:a|b ..." of the lexicon files.

    Examples
    --------
    >>> frame = parse_frame("SUPPORT/salary~ c:salary|support")
    >>> frame.type, frame.subtype, frame.negative
    ('SUPPORT', 'salary', True)
    """
    head, *rest = text.split()
    kind, _, subtype = head.rstrip("~").partition("/")
    conditions = []
    for part in rest:
        name, _, options = part.partition(":")
        words = [o for o in options.split("|") if o]
        folded = map(fold_word, words) if name in "wpx" else words
        conditions.append((name, frozenset(folded)))
    return Frame("" if kind == "-" else kind, subtype, head.endswith("~"), tuple(conditions))


def _frames(entry: dict[str, Any]) -> tuple[Frame, ...]:
    said = entry.get("is", ())
    return tuple(map(parse_frame, [said] if isinstance(said, str) else said))


def _read(name: str) -> dict[str, Any]:
    text = (resources.files("maabar.reader") / name).read_text("utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


class Lexicon:
    """Folded forms to what they may be, for both languages."""

    def __init__(self) -> None:
        self.forms: dict[str, list[tuple[Lemma, Form]]] = {}
        arabic = _read("lexicon.yaml")
        self.lemmas = 0
        for name, entry in arabic["lemmas"].items():
            lemma = Lemma(name, _frames(entry), noun="r" not in entry)
            self.lemmas += 1
            for noun in entry.get("n", ()):
                self._add(lemma, nominal_once(noun))
            if "r" in entry:
                table = paradigm(entry["r"], entry.get("f", 1), tuple(entry.get("m", ())),
                                 strong=entry.get("strong", False))  # fmt: skip
                self._table(lemma, table)
        for duty, roots in arabic["verbs"].items():
            for said in roots:
                *radicals, form = said.split() if said[-1].isdigit() else [*said.split(), "1"]
                lemma = Lemma(said, duty=duty)
                masdar = _MASDARS.get(said, ())
                table = paradigm(" ".join(radicals), int(form), masdar)
                if duty == "other":
                    table = _told(table, nouns=form in "56" or bool(masdar))
                self._table(lemma, table)
                for noun in _NOUNS.get(said, ()):
                    self._add(lemma, nominal_once(noun))
        english = _read("english.yaml")
        for name, entry in english["lemmas"].items():
            lemma = Lemma(name, _frames(entry), noun="v" not in entry)
            self.lemmas += 1
            for verb in _listed(entry.get("v")):
                self._add(lemma, conjugate(verb))
            for noun in entry.get("n", ()):
                self._add(lemma, [(noun.replace("-", ""), Form("noun"))])
                self._add(lemma, [(noun, Form("noun"))])
        for duty, verbs in _ENGLISH_DUTIES.items():
            for verb in verbs.split(","):
                self._add(Lemma(verb, duty=duty), conjugate(verb.strip()))

    def _table(self, lemma: Lemma, table: dict[str, list[Form]]) -> None:
        for text, forms in table.items():  # folded by paradigm()
            if len(text) > 1:
                self.forms.setdefault(text, []).extend([(lemma, form) for form in forms])

    def _add(self, lemma: Lemma, pairs: Iterable[tuple[str, Form]]) -> None:
        for text, form in pairs:
            folded = fold_word(text)
            if len(folded) > 1:
                entry = self.forms.setdefault(folded, [])
                if (lemma, form) not in entry:
                    entry.append((lemma, form))

    @lru_cache(maxsize=60_000)  # noqa: B019  one lexicon lives as long as the program
    def readings(self, word: str) -> tuple[Reading, ...]:
        """What a folded word may be; nouns take articles and prepositions, verbs the future sa-."""
        if word.isascii():
            return tuple(Reading(le, fo) for le, fo in self.forms.get(word, ()))
        found: list[Reading] = []
        for cut in cuts(word):
            for lemma, form in self.forms.get(cut.rest, ()):
                verbal = form.kind in ("past", "present")
                if verbal and (cut.article or cut.prefix in ("ب", "ك")):
                    continue
                if verbal and cut.prefix == "ل" and form.kind == "past":
                    continue
                found.append(Reading(lemma, form, cut.conjunction, cut.prefix, cut.article))
            if cut.rest[-1] == "ا" and len(cut.rest) > 4:  # "muhaddidan": a participle as adverb
                found += [
                    Reading(lemma, form, cut.conjunction, cut.prefix, cut.article)
                    for lemma, form in self.forms.get(cut.rest[:-1], ())
                    if form.kind == "agent" and lemma.duty
                ]
            if cut.rest[0] == "س" and not cut.article and not cut.prefix:
                found += [
                    Reading(lemma, form, cut.conjunction, "س")
                    for lemma, form in self.forms.get(cut.rest[1:], ())
                    if form.kind == "present"
                ]
        return tuple(found)


def _told(table: dict[str, list[Form]], nouns: bool) -> dict[str, list[Form]]:
    """Of a verb that only bounds clauses the finite forms; masdars where they are spelt alike."""
    kept = {"past", "present"} | ({"masdar"} if nouns else set())
    return {w: [f for f in forms if f.kind in kept] for w, forms in table.items()}


def nominal_once(noun: str) -> list[tuple[str, Form]]:
    """A noun as listed, with pronouns and the accusative, but no made plural."""
    pairs = list(nominal(noun, "masdar", plural=(noun,)))
    return [(text, Form("noun", form.gender, form.number, False, form.suffix))
            for text, form in pairs]  # fmt: skip


def _listed(said: Any) -> list[str]:
    return [] if not said else [said] if isinstance(said, str) else list(said)


def conjugate(verb: str) -> list[tuple[str, Form]]:
    """Forms of an English verb: "strike struck struck" or a regular base.

    Examples
    --------
    >>> [text for text, form in conjugate("ferry")]
    ['ferry', 'ferries', 'ferried', 'ferried', 'ferrying']
    """
    base, *irregular = verb.split()
    consonant_y = base.endswith("y") and base[-2] not in "aeiou"
    short = (
        (base[-1] in "bdgmnprt" or base in _DOUBLING)
        and base != "open"
        and base[-2] in "aeiou"
        and base[-3:-2] not in tuple("aeiou")
    )
    double = base + base[-1] if short and (len(base) <= 4 or base in _DOUBLING) else base
    third = (
        base[:-1] + "ies"
        if consonant_y
        else base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "go")) else "s")
    )
    if irregular:
        past, participle = irregular[0], irregular[-1]
    elif consonant_y:
        past = participle = base[:-1] + "ied"
    else:
        past = participle = base + "d" if base.endswith("e") else double + "ed"
    stem = base[:-1] if base.endswith("e") and not base.endswith("ee") else double
    stem = base[:-2] + "y" if base.endswith("ie") else stem
    return [(base, Form("present", number="p")), (third, Form("present", number="s")),
            (past, Form("past")), (participle, Form("participle")),
            (stem + "ing", Form("gerund"))]  # fmt: skip


_DOUBLING = frozenset(
    {
        "quarrel",
        "travel",
        "cancel",
        "signal",
        "patrol",
        "control",
        "enrol",
        "withdraw_",
        "transfer",
        "pull_",
        "expel",
        "repel",
        "deter",
        "kidnap",
        "occur",
        "rebel",
        "trek",
    }
)
_MASDARS = {
    "ق و م": ("قيام",), "ش ن ن": ("شن",), "ب د أ": ("بدء",), "ع ق د": ("عقد",), "س ع ي": ("سعي", "مسعى"),
    "ع م ل": ("عمل",), "ف ش ل": ("فشل",), "ت م م": ("تمام",), "د ع و": ("دعوة",),
    "ط ل ب": ("طلب",), "خ ش ي": ("خشية",), "ر ف ض": ("رفض",), "ن ف ي": ("نفي",),
    "ر د د": ("رد",), "و ع د": ("وعد",), "أ م ر": ("أمر",), "و ق ع": ("وقوع",), "س ق ط": ("سقوط",),
    "ح د ث": ("حدوث",), "ه د ف": (), "ق و ل": ("قول",), "ح و ل 3": ("محاولة",),
}  # fmt: skip
_NOUNS = {"خ ط ط 2": ("خطة",), "ع ز م 8": ("عزم", "عزمه", "عزمها", "نيته", "نية"),
          "خ و ف 5": ("مخاوف", "تخوف"), "ه د د 2": ("تهديدات",), "و ع د": ("وعود", "وعدا"),
          "ح و ل 3": ("محاولات",), "ط ل ب": ("مطالب",)}  # fmt: skip
_ENGLISH_DUTIES = {
    "active": "carry,conduct,launch,stage,mount,perform,begin began begun,start,continue,resume,"
    "manage,help,respond",
    "try": "try,attempt,seek sought sought,fail,struggle",
    "plan": "plan,intend,aim,prepare,mean meant meant,expect",
    "threat": "threaten,vow,pledge,promise,warn",
    "demand": "ask,urge,call,request,require,order,demand",
    "fear": "worry,deter,avoid",
    "not": "refuse,deny,decline,reject",
    "say": "say said said,tell told told,report,claim,accuse,document,add,confirm,announce,note,"
    "believe,deny,reveal,indicate,state,explain,acknowledge,admit admitted admitted,assert,insist,"
    "describe",
    "plain": "be was been,have had had,do did done,get got got,reach,come came come,see saw seen,"
    "know knew known,live,work,condemn,repel,thwart,foil,become became become,remain,end,seem,speak spoke "
    "spoken,reach,find found found,try,turn,last,involve,follow,include,use,want,cause,"
    "leave_,rely,appear,belong,consider,decide,depend,enjoy,feel felt felt,grow grew grown,hear heard heard,ignore,"
    "learn,mention,prefer,prove,represent,serve,spend spent spent,suggest,survive,think thought thought,wait,witness,"
    "win won won,write wrote written,lie lay lain,stand stood stood,begin began begun,occur,emerge,exist,call,carry,drive drove driven,stop,pass,allow,need,let let let,happen",
}


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of the package."""
    return Lexicon()


@lru_cache(maxsize=1)
def things() -> dict[str, list[tuple[tuple[str, ...], str, frozenset[str]]]]:
    """Things by first word: (further words, id, classes), longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str, frozenset[str]]]] = {}
    for ident, entry in _read("things.yaml").items():
        classes = frozenset(entry["class"])
        for name in (*entry.get("ar", ()), *entry.get("en", ())):
            first, *rest = fold_word(str(name)).split()
            first = first.removeprefix("ال") if not rest else first
            table.setdefault(first, []).append((tuple(rest), ident, classes))
    for options in table.values():
        options.sort(key=lambda o: -len(o[0]))
    return table


@lru_cache(maxsize=1)
def grammar() -> dict[str, dict[str, str]]:
    """Roles of each type by grammatical slot."""
    return _read("grammar.yaml")


def harms(reading: Reading) -> bool:
    """Whether it is done to somebody who is hurt, held or let go."""
    frames = reading.lemma.frames
    return bool(frames) and frames[-1].type in ("CASUALTIES", "DETENTION", "RELEASE", "ATTACK")
