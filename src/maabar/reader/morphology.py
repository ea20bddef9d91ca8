"""Whole Arabic paradigms from a root and a verb form: finite forms, masdar, participles.

A verb is (root, form); weak, doubled and assimilated roots follow the rules of the grammar, so a
lemma listed once is met in every gender, number, voice and with every pronoun suffix. Written
without vowels, as news is. Irregular masdars (form I has many) are given with the lemma.

Source: W. Wright, A Grammar of the Arabic Language, 3rd ed. (1896), vol. 1, parts II and III.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maabar.reader.text import fold_plain

SUFFIXES = ("ه", "ها", "هم", "هما", "هن", "نا", "ك", "كم", "ني")
WEAK = "وي"


@dataclass(frozen=True)
class Form:
    """One inflected form: what it is and what it says of its subject and object."""

    kind: str  # "past", "present", "masdar", "agent" (active participle), "patient" (passive)
    gender: str = ""  # m, f or "" unknown
    number: str = ""  # s, d, p; j: singular after lam
    passive: bool | None = False  # None: the writing does not tell
    suffix: str = ""  # object pronoun (verbs) or possessive (nouns)


@dataclass(frozen=True)
class Stems:
    """Stems of one verb, unvocalised."""

    past: str
    past_short: str  # before consonant endings
    present: str  # without the person prefix
    present_short: str  # jussive
    present_passive: str
    past_passive: str
    masdar: tuple[str, ...]
    agent: str
    patient: str


def stems(root: str, form: int, masdar: tuple[str, ...] = (), *, strong: bool = False) -> Stems:
    """Stems of the verb with these radicals (separated by blanks) in a form from 1 to 10.

    `strong` is for the few whose middle waw or ya stays (istahwadha).

    Examples
    --------
    >>> stems("س ح ب", 7).masdar
    ('انسحاب',)
    >>> stems("و ل ي", 10).masdar
    ('استيلاء',)
    """
    radicals = root.split()
    if len(radicals) == 4:
        return _quadriliteral("".join(radicals), form, masdar)
    a, b, c = radicals
    hollow, defective = b in WEAK and c not in WEAK and not strong, c in WEAK
    doubled, assimilated = b == c, a == "و"
    if form == 1:
        return _form_one(a, b, c, hollow, defective, doubled, assimilated, masdar)
    pre, mid, present_pre, masdar_pre = {
        2: ("", "", "", "ت"), 3: ("", "ا", "", "م"), 4: ("ا", "", "", "ا"), 5: ("ت", "", "ت", "ت"),
        6: ("ت", "ا", "ت", "ت"), 7: ("ان", "", "ن", "ان"), 8: ("ا", "ت", "", "ا"),
        10: ("است", "", "ست", "است"),
    }[form]  # fmt: skip
    first = a + mid
    if form == 8:
        first = _assimilate_eighth(a)
    plain = form in (2, 3, 5, 6) or not (hollow or doubled)
    end = ("ي" if defective else c) if plain else c
    if plain:
        past, short = pre + first + b + ("ى" if defective else c), pre + first + b + end
        present, passive = (
            present_pre + first + b + end,
            present_pre + first + b + ("ى" if defective else c),
        )
        jussive = present_pre + first + b + ("" if defective else c)
    elif hollow:
        past, short = pre + first + "ا" + c, pre + first + c
        vowel = "ي" if form in (4, 10) else "ا"
        present, jussive = present_pre + first + vowel + c, present_pre + first + c
        passive = present_pre + first + "ا" + c
    else:  # doubled
        past, short = pre + first + b, pre + first + b + c
        present = passive = jussive = present_pre + first + b
    if c in "أء" and form in (2, 3, 4, 7, 8, 10):
        present = present[:-1] + "ئ"
    past_passive = {3: "و".join((a, b + end)) if form == 3 else past}.get(form, past)
    if hollow and not plain and form in (4, 8, 10):
        past_passive = pre + first + "ي" + c
    elif defective:
        past_passive = pre + first + b + "ي" if form != 3 else a + "و" + b + "ي"
    if c in "أء" and form in (2, 4, 8, 10):
        past_passive = past[:-1] + "ئ"  # unshi'a
    if form in (5, 6) and defective:
        present = present_pre + first + b + "ى"
    return Stems(
        past, short, present, jussive, passive, past_passive,
        masdar or _derived_masdar(form, a, b, c, first, hollow, defective, doubled, masdar_pre),
        "م" + present.replace("ى", "ي"), "م" + passive,
    )  # fmt: skip


def _assimilate_eighth(a: str) -> str:
    if a in "وت":
        return "ت"
    if a in "ءأا":
        return "ت"
    return a + {"ز": "د", "د": "", "ذ": "", "ص": "ط", "ض": "ط", "ط": "", "ظ": ""}.get(a, "ت")


def _form_one(
    a: str, b: str, c: str, hollow: bool, defective: bool, doubled: bool, assimilated: bool,
    masdar: tuple[str, ...],
) -> Stems:  # fmt: skip
    if hollow:
        return Stems(a + "ا" + c, a + c, a + b + c, a + c, a + "ا" + c, a + "ي" + c,
                     masdar, a + "ائ" + c, "م" + a + b + c)  # fmt: skip
    if doubled:
        return Stems(a + b, a + b + c, a + b, a + b, a + b, a + b, masdar, a + "ا" + b,
                     "م" + a + b + "و" + c)  # fmt: skip
    stem = b + c if assimilated else a + b + c
    if defective:
        past = a + b + ("ا" if c == "و" else "ى")
        return Stems(past, a + b + c, a + b + c, a + b, a + b + "ى", a + b + "ي", masdar,
                     a + "ا" + b + "ي", "م" + a + b + c)  # fmt: skip
    return Stems(a + b + c, a + b + c, stem, stem, a + b + c, a + b + c, masdar,
                 a + "ا" + b + c, "م" + a + b + "و" + c)  # fmt: skip


def _derived_masdar(
    form: int, a: str, b: str, c: str, first: str, hollow: bool, defective: bool, doubled: bool,
    pre: str,
) -> tuple[str, ...]:  # fmt: skip
    last = "ء" if defective else c
    match form:
        case 2:
            return ("ت" + a + b + "ية",) if defective else ("ت" + a + b + "ي" + c,)
        case 3:
            return ("م" + a + "ا" + b + ("اة" if defective else c + "ة"),)
        case 4:
            if hollow:
                return ("إ" + a + "ا" + c + "ة",)
            return ("إ" + ("ي" if a == "و" else a) + b + "ا" + last,)
        case 5 | 6:
            return (pre + first + b + ("ي" if defective else c),)
        case 7:
            return ("ان" + a + ("يا" if hollow else b + "ا") + last,)
        case 8:
            if doubled:
                return ("ا" + first + b + "ا" + c,)
            return ("ا" + first + ("يا" if hollow else b + "ا") + last,)
        case _:
            if hollow:
                return ("است" + a + "ا" + c + "ة",)
            return ("است" + ("ي" if a == "و" else a) + b + "ا" + last,)


def _quadriliteral(root: str, form: int, masdar: tuple[str, ...]) -> Stems:
    pre = "ت" if form == 2 else ""
    stem = pre + root
    return Stems(stem, stem, stem, stem, stem, stem, masdar or ((stem,) if pre else (stem + "ة",)),
                 "م" + stem, "م" + stem)  # fmt: skip


def _soften(stem: str) -> str:
    """The stem before an ending: alef maqsura becomes alef."""
    return stem[:-1] + "ا" if stem.endswith("ى") else stem


def finite(verb: Stems, imperfect_passive: bool = True) -> Iterator[tuple[str, Form]]:
    """All third-person finite forms (and 'we', which communiques use) with object pronouns."""
    open_past = verb.past[-1] in "ىا" and len(verb.past) > 2
    cut = verb.past[:-1] if open_past else verb.past
    endings = [
        (verb.past, Form("past", "m", "s", None)), (cut + "ت", Form("past", "f", "s", None)),
        (cut + "وا", Form("past", "m", "p", None)), (verb.past_short + "ن", Form("past", "f", "p")),
        (verb.past_short + "نا", Form("past", "", "p")), (cut + "تا", Form("past", "f", "d", None)),
        ((verb.past_short if open_past else cut) + "ا", Form("past", "m", "d", None)),
    ]  # fmt: skip
    if verb.past_passive != verb.past:
        base = verb.past_passive
        trim = base[:-1] if base.endswith("ي") else base
        endings += [(base, Form("past", "m", "s", True)), (base + "ت", Form("past", "f", "s", True)),
                    (trim + "وا", Form("past", "m", "p", True))]  # fmt: skip
        if len(base) > 3:
            endings += [(base + "ا", Form("past", "m", "d", True)),
                        (base + "تا", Form("past", "f", "d", True))]  # fmt: skip
    if verb.past[-1] in "أء":  # khabba'u, written with waw
        endings.append((verb.past[:-1] + "ؤوا", Form("past", "m", "p", None)))
    for stem, passive in ((verb.present, None), (verb.present_passive, True)):
        if passive and (stem == verb.present or not imperfect_passive):
            continue
        tail = stem[:-1] if stem[-1] in "ىيو" and len(stem) > 2 and stem[-1] != "و" else stem
        if stem.endswith("و"):
            tail = stem[:-1]
        endings += [
            ("ي" + stem, Form("present", "m", "s", passive)),
            ("ت" + stem, Form("present", "f", "s", passive)),
            ("ي" + tail + "ون", Form("present", "m", "p", passive)),
            ("ي" + tail + "وا", Form("present", "m", "p", passive)),
            ("ي" + _soften(stem).rstrip("ا") + "ان", Form("present", "m", "d", passive)),
            ("ت" + _soften(stem).rstrip("ا") + "ان", Form("present", "f", "d", passive)),
            ("ي" + _soften(stem).rstrip("ا") + "ا", Form("present", "m", "d", passive)),
        ]  # fmt: skip
        if (
            not passive
            and len(stem) > 2
            and (len(stem) > 3 or stem[1] not in "اوي")
            and stem[0] != "ن"
        ):
            endings.append(("ن" + stem, Form("present", "", "p", passive)))  # we
    if verb.present_short != verb.present:
        endings += [("ي" + verb.present_short, Form("present", "m", "j", None)),
                    ("ت" + verb.present_short, Form("present", "f", "j", None))]  # fmt: skip
    for text, form in endings:
        yield text, form
        if form.passive or form.number == "j":
            continue
        body = text[:-1] if text.endswith("وا") else _soften(text)
        for suffix in SUFFIXES:
            yield body + suffix, Form(form.kind, form.gender, form.number, False, suffix)


def nominal(word: str, kind: str, plural: tuple[str, ...] = ()) -> Iterator[tuple[str, Form]]:
    """A noun with its plurals (the sound ones are made) and possessive pronouns."""
    bare = word.removesuffix("ة")
    words = [(word, "s")] + [(p, "p") for p in plural]
    if kind in ("agent", "patient"):
        words += [(bare + "ة", "s"), (bare + "ات", "p")]
        stem = bare.removesuffix("ي") if bare.endswith("ي") else bare
        words += [(stem + e, "p") for e in ("ون", "ين", "و")] + [(bare + "ان", "d")]
    elif not plural:
        words += [(bare + "ات", "p"), (bare + ("ت" if word != bare else "") + "ين", "d")]
    for text, number in words:
        gender = "f" if text.endswith(("ة", "ات")) else "m"
        yield text, Form(kind, gender, number, kind == "patient")
        if kind == "masdar" and text.endswith("ي") and len(text) > 3:
            yield text[:-1], Form(kind, gender, number)  # تخلٍّ
        if kind == "masdar" and not text.endswith(("ة", "ا", "ى", "ات")):
            yield text + "ا", Form(kind, gender, number)  # accusative
        if kind == "agent" and text == word and len(text) > 3:
            yield text + "ا", Form(kind, gender, number)  # mani`an
        if kind == "masdar" and text.endswith("اء"):
            yield text, Form(kind, gender, number)
        for suffix in SUFFIXES[:6]:
            for body in _before_pronoun(text):
                yield body + suffix, Form(kind, gender, number, kind == "patient", suffix)


def _before_pronoun(text: str) -> tuple[str, ...]:
    if text.endswith("ة"):
        return (text[:-1] + "ت",)
    if text.endswith("اء"):
        return (text, text[:-1] + "ئ", text[:-1] + "ؤ")
    return (_soften(text),)


def paradigm(
    root: str,
    form: int,
    masdar: tuple[str, ...] = (),
    plural: tuple[str, ...] = (),
    *,
    strong: bool = False,
) -> dict[str, list[Form]]:
    """Every folded form of a verb lemma and what each may be.

    Examples
    --------
    >>> forms = paradigm("ق ص ف", 1, ("قصف",))
    >>> all(w in forms for w in ("قصف", "قصفت", "يقصف", "قصفها", "قصفهم", "مقصوف", "يقصفون"))
    True
    """
    verb = stems(root, form, masdar, strong=strong)
    table: dict[str, list[Form]] = {}

    def add(pairs: Iterator[tuple[str, Form]]) -> None:
        for text, found in pairs:
            entry = table.setdefault(fold_plain(text), [])
            if found not in entry:
                entry.append(found)

    for name in verb.masdar:
        add(nominal(name, "masdar", plural))
    add(finite(verb))
    add(nominal(verb.agent, "agent"))
    add(nominal(verb.patient, "patient"))
    return table
