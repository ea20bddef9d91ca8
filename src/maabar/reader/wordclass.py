"""English words by what they do in a clause: noun, verb, auxiliary, preposition, pause.

News prose needs no tagger: closed classes are listed, verbs are those of the lexicon, words in -ed
and -ing, and common irregular pasts; what stands before and after a word decides the rest.
"""

from __future__ import annotations

from maabar.reader.clause import Line
from maabar.reader.english import (
    ADJECTIVES,
    ADVERBS,
    AND_WORDS,
    BASES,
    BE,
    COMMON,
    COUNTING,
    DETERMINERS,
    HAVE,
    IRREGULAR,
    LONE,
    MAYBE_SUB,
    MODAL,
    MORE_PREPOSITIONS,
    NOT_GERUND,
    NOT_PAST,
    NUMBERS,
    OTHER_PRONOUNS,
    PARTICIPLES,
    PARTICLES,
    POSSESSIVES,
    PRESENTS,
    RELATIVE_WORDS,
    SUBJECT_PRONOUNS,
    SUBORDINATING,
    TIME_NOUNS,
)
from maabar.reader.preposition import PREPOSITIONS, folded

NOUN, DET, PRONOUN, OWN = "n", "d", "p", "'"  # OWN: the s of a genitive

VERB, GERUND, BARE, AUX = "v", "g", "i", "a"  # BARE: after "to"

RELATIVE, SUB, AND, PREP, TO, ADVERB = "r", "s", "c", "e", "t", "b"

VERBS = (VERB, GERUND, BARE)


def word_classes(line: Line) -> list[str]:
    """The class of every word of an English sentence."""
    tags: list[str] = []
    for i in range(len(line.words)):
        tags.append(_class(line, i, tags))
    return tags


def _class(line: Line, i: int, tags: list[str]) -> str:
    word = line.words[i]
    text, before = word.text, tags[-1] if tags else ""
    if line.covered[i] is not None:
        return NOUN
    if text == "s" and before == NOUN:
        return OWN
    closed = _closed(line, i, tags)
    if closed:
        return closed
    if word.glued:
        return DET if _next_nominal(line, i) else NOUN
    return _open(line, i, tags)


def _closed(line: Line, i: int, tags: list[str]) -> str:
    text, before = line.words[i].text, tags[-1] if tags else ""
    if _at_least(line, i):
        return DET
    if text in ("no", "longer") and "longer" in (text, _text(line, i + 1)):
        return ADVERB
    if text in ("last", "next", "first", "second", "third") and (
        before == DET or _text(line, i + 1) in TIME_NOUNS
    ):
        return DET
    if text in RELATIVE_WORDS or (text == "what" and not _next_nominal_plain(line, i)):
        return RELATIVE
    if text == "that":
        return _that(line, i, before)
    if text in BE or text in HAVE or text in MODAL:
        return NOUN if text == "may" and line.words[i].capital and i else AUX
    if text in SUBJECT_PRONOUNS or text in OTHER_PRONOUNS or text in LONE:
        return PRONOUN
    if text in AND_WORDS or (text == "then" and line.words[i].pause):
        return AND
    if text in SUBORDINATING and not (text == "because" and _text(line, i + 1) == "of"):
        return SUB
    if text == "as" and before == VERB and _text(line, i - 1) in _SEEMING:
        return PREP
    if text == "as" and [_text(line, i + k) for k in (1, 2, 3)] in _AS_PREP:
        return PREP
    if text in ("since", "long") and before == AUX and _text(line, i - 1) in HAVE:
        return ADVERB  # "has since moved its offices"
    if text in MAYBE_SUB:
        return SUB if _clause_follows(line, i) else PREP if text != "so" else ADVERB
    if text == "to":
        return TO if _infinitive(line, i + 1) else PREP
    if text in PARTICLES and before in VERBS and not line.words[i].pause:
        directly = text not in ("on", "in", "over") or (text == "over" and _drops(line, i))
        return ADVERB if directly else PREP
    if text in DETERMINERS or text[0].isdigit() or text in ADJECTIVES:
        return DET
    if text in ("about", "around", "over") and _counts(_text(line, i + 1)):
        return DET
    if PREPOSITIONS.get(text) or text in MORE_PREPOSITIONS or text == "because":
        return PREP
    if text == "free" and before == TO and _takes_some(line, i):
        return BARE
    if text in ADVERBS or (text.endswith("ly") and len(text) > 4 and text not in _LY):
        return ADVERB
    return ""


_LY = folded("family supply rely apply reply ally assembly comply fly july italy daily")


def _at_least(line: Line, i: int) -> bool:
    """ "At least nine", "more than ten", "up to 20": part of the number."""
    text, before, after = line.words[i].text, _text(line, i - 1), _text(line, i + 1)
    if text == "at":
        return after in ("least", "most")
    if text == "than":
        return before in ("more", "fewer", "less") and _counts(after)
    number = _counts(_text(line, i + 2)) if text == "up" else _counts(after)
    return (text == "up" and after == "to" and number) or (
        text == "to" and before == "up" and number
    )


_SEEMING = folded("dressed disguised known described used identified posing serving acting")
_AS_PREP = (["a", "result", "of"], ["a", "consequence", "of"])
"""After these "as" opens no clause."""


def _counts(text: str) -> bool:
    """Whether a number follows ("about twenty")."""
    return text[:1].isdigit() or text in NUMBERS


def _drops(line: Line, i: int) -> bool:
    """Whether "over" is part of the verb ("took over", "handed over")."""
    return line.words[i - 1].text.startswith(("t", "hand"))


def _text(line: Line, i: int) -> str:
    return line.words[i].text if 0 <= i < len(line.words) else ""


def _that(line: Line, i: int, before: str) -> str:
    following = _text(line, i + 1)
    if before in (NOUN, OWN) and not line.words[i].pause:
        verb = following in BE | HAVE | MODAL or following in ADVERBS or _verbal(line, i + 1)
        return RELATIVE if verb else SUB
    if before == PREP and following and not _verbal(line, i + 1):
        return DET
    if before in ("", PREP):
        return DET
    return SUB


def _kinds(line: Line, i: int) -> frozenset[str]:
    if not 0 <= i < len(line.words):
        return frozenset()
    return frozenset(r.form.kind for r in line.readings[i])


def _pastlike(line: Line, i: int) -> bool:
    """Whether a word can be a past or a past participle."""
    if not 0 <= i < len(line.words) or line.covered[i] is not None or line.words[i].glued:
        return False
    text, kinds = line.words[i].text, _kinds(line, i)
    if kinds & {"past", "participle"} or text in IRREGULAR or text in PARTICIPLES:
        return True
    return text.endswith("ed") and len(text) > 4 and text not in NOT_PAST


def _verbal(line: Line, i: int) -> bool:
    if not 0 <= i < len(line.words) or line.covered[i] is not None:
        return False
    text, kinds = line.words[i].text, _kinds(line, i)
    return _pastlike(line, i) or ("present" in kinds and "noun" not in kinds) or text in PRESENTS


def _clause_follows(line: Line, i: int) -> bool:
    """Whether "after", "as" ... open a clause: a noun phrase and then a finite verb."""
    nominal = False
    for k in range(i + 1, min(len(line.words), i + 14)):
        word, text = line.words[k], line.words[k].text
        if word.pause and nominal:
            return False
        if text in AND_WORDS and not nominal:
            return False
        if text in BE or text in HAVE or text in MODAL:
            return nominal and text not in ("being", "having")
        if nominal and k > i + 1 and _finite_here(line, k):
            return True
        if text in RELATIVE_WORDS or text in SUBORDINATING or text == "that":
            return False
        if line.covered[k] is not None or text in SUBJECT_PRONOUNS or text in LONE:
            nominal = True
        elif not (text in PREPOSITIONS or text in DETERMINERS or text in ADVERBS):
            if text.endswith("ing") and not nominal and text not in NOT_GERUND:
                return False
            nominal = True
    return False


def _finite_here(line: Line, k: int) -> bool:
    """Whether a past form at k looks finite: no adjective, no reduced relative."""
    text, before, after = line.words[k].text, _text(line, k - 1), _text(line, k + 1)
    if not _verbal(line, k) or line.words[k].glued:
        return False
    if before in DETERMINERS or (before in PREPOSITIONS and line.covered[k - 1] is None):
        return False
    if _kinds(line, k) == {"present"} and not text.endswith("s"):
        return before.endswith("s") or before in SUBJECT_PRONOUNS or before in ADVERBS
    return after != "by"


def _infinitive(line: Line, i: int) -> bool:
    if not i < len(line.words) or line.covered[i] is not None:
        return False
    text = line.words[i].text
    if text == "free" and _takes_some(line, i):
        return True
    if text in ADVERBS or (text.endswith("ly") and text not in _LY):
        return _infinitive(line, i + 1)
    if text in DETERMINERS or text in PREPOSITIONS or text in POSSESSIVES or text[0].isdigit():
        return False
    if text in ("be", "have", "do") or text in BASES:
        return True
    forms = [r.form for r in line.readings[i]]
    if any(f.kind == "present" and f.number == "p" for f in forms):
        return not (any(f.kind == "noun" for f in forms) and _text(line, i + 1) in ("of", "by"))
    after = _text(line, i + 1)
    return (after in ("the", "a", "an", "it", "them") or after in POSSESSIVES) and not (
        text.endswith(("ing", "s", "ed"))
    )


def _next_nominal(line: Line, i: int) -> bool:
    """Whether a noun follows directly, so that the word may be its adjective."""
    k = i + 1
    if k >= len(line.words) or line.words[k].pause:
        return False
    text = line.words[k].text
    if line.covered[k] is not None:
        return True
    closed = text in PREPOSITIONS or text in DETERMINERS or text in AND_WORDS or text in BE
    closed = closed or text in MORE_PREPOSITIONS
    if closed or text in HAVE or text in MODAL or text in ADVERBS or text in RELATIVE_WORDS:
        return False
    return not (text in ("that", "to") or text in SUBORDINATING or text in SUBJECT_PRONOUNS
                or text in OTHER_PRONOUNS or text.endswith("ly"))  # fmt: skip


def _next_nominal_plain(line: Line, i: int) -> bool:
    """Whether "what" only asks which ("what weapons"): a common noun follows."""
    if i + 2 >= len(line.words) or line.covered[i + 1] is not None:
        return False
    return bool(line.classes[i + 1]) and not _verbal(line, i + 1)


def _group(line: Line, tags: list[str]) -> str:
    """The auxiliary that a word follows, across adverbs: its text, or ""."""
    k = len(tags) - 1
    while k >= 0 and tags[k] == ADVERB and not line.words[k + 1].pause:
        k -= 1
    return line.words[k].text if k >= 0 and tags[k] == AUX else ""


def _previous(line: Line, i: int, tags: list[str]) -> str:
    """The class of the word before; none where a comma parts them."""
    before = tags[-1] if tags else ""
    return "" if line.words[i].pause and before != AND else before


def _open(line: Line, i: int, tags: list[str]) -> str:
    text, before = line.words[i].text, tags[-1] if tags else ""
    kinds = _kinds(line, i)
    if "gerund" in kinds or (text.endswith("ing") and len(text) > 5 and text not in NOT_GERUND):
        return _ing(line, i, tags, kinds)
    if _pastlike(line, i):
        return _past(line, i, tags)
    if "present" in kinds or _common(text) or (before == TO) or _group(line, tags):
        return _present(line, i, tags, kinds)
    return VERB if _unknown_present(line, i, tags) else NOUN


def _unknown_present(line: Line, i: int, tags: list[str]) -> bool:
    """Whether an -s form that no list has is a verb: "who answers to", "now answers to"."""
    text, before = line.words[i].text, _previous(line, i, tags)
    if not text.endswith("s") or text.endswith("ss") or len(text) < 4:
        return False
    asks = before == RELATIVE and line.words[i - 1].text in ("who", "which", "that")
    asks = asks and tags[-2:-1] != [PREP]
    now = before == ADVERB and line.words[i - 1].text in _STANDING
    following = [k for k in range(i + 1, min(i + 3, len(line.words))) if not line.words[k].pause]
    ahead = any(_pastlike(line, k) or _text(line, k) in BE | HAVE | MODAL for k in following)
    return (asks or (now and tags[-2:-1] in ([NOUN], [AND], [RELATIVE]))) and not ahead


_STANDING = folded("now still also already never often always seldom rarely only")


def _ing(line: Line, i: int, tags: list[str], kinds: frozenset[str]) -> str:
    before, after = tags[-1] if tags else "", _text(line, i + 1)
    if before in (DET, OWN):
        return DET if _next_nominal(line, i) and "noun" not in kinds else NOUN
    done = _takes(line, i) or (
        before == PREP and _next_nominal(line, i) and not _pastlike(line, i + 1)
    )
    if after == "of" or ("noun" in kinds and not _group(line, tags) and not done):
        return NOUN
    if "noun" in kinds and before == NOUN and not line.words[i].pause:
        return NOUN
    return GERUND


def _takes(line: Line, i: int) -> bool:
    """Whether an object may follow: a determiner or a name."""
    after = _text(line, i + 1)
    covered = i + 1 < len(line.words) and line.covered[i + 1] is not None
    return (covered or after in DETERMINERS or after[:1].isdigit()) and not (
        line.words[i + 1].pause if i + 1 < len(line.words) else True
    )


def _common(text: str) -> bool:
    """A present form of a verb that the lexicon lacks."""
    stem = text[:-1] if text.endswith("s") else text
    return text in PRESENTS or stem in COMMON or (text.endswith("es") and text[:-2] in COMMON)


def _takes_some(line: Line, i: int) -> bool:
    return _takes(line, i) or _next_nominal(line, i)


def _past(line: Line, i: int, tags: list[str]) -> str:
    text, before = line.words[i].text, _previous(line, i, tags)
    kinds = _kinds(line, i)
    if _group(line, tags):
        return VERB
    if before == DET and line.words[i - 1].text in COUNTING and not _next_nominal(line, i):
        return VERB  # "three died in", "no one claimed the attack"
    if before in (DET, OWN) and line.words[i - 1].text not in ("all", "both", "each", "some"):
        return DET if _next_nominal(line, i) else NOUN
    if before == PREP and text in ("left", "found", "lay", "cut", "set", "hit", "shot", "cost"):
        return NOUN
    if before == PREP and line.words[i - 1].text == "than":
        return VERB
    if before in ("", PREP) and _next_nominal(line, i):
        return VERB if line.words[i].pause and _sure(line, i, tags) else DET
    if kinds and kinds <= {"present", "noun", "participle", "past"} and "present" in kinds:
        return _present(line, i, tags, kinds) if before == TO else VERB
    return VERB


def _sure(line: Line, i: int, tags: list[str]) -> bool:
    """After a comma: a verb of a list ("burned tyres, blocked the road"), not an adjective."""
    after = _text(line, i + 1)
    return after in DETERMINERS or after in PREPOSITIONS or bool(_kinds(line, i) & {"past"})


def _present(line: Line, i: int, tags: list[str], kinds: frozenset[str]) -> str:
    """A base or an -s form: verb or noun."""
    word, before = line.words[i], tags[-1] if tags else ""
    text, after = word.text, _text(line, i + 1)
    if before == TO or (before == ADVERB and len(tags) > 1 and tags[-2] == TO):
        return BARE
    group = _group(line, tags)
    if group in MODAL or _whose(line, i, tags) or (kinds and _after_that(line, i, tags)):
        return VERB
    if word.pause and before != AND:
        single = text.endswith("s") and not text.endswith("ss")
        nominal = "noun" in kinds or text in _NOUNISH
        return VERB if not nominal and (single or _takes_some(line, i)) else NOUN
    if group in HAVE and not kinds and _takes_some(line, i):
        return VERB  # "have rebuilt an income"
    if group in BE or group in HAVE or before in (DET, OWN, PREP):
        return NOUN
    now = before == ADVERB and line.words[i - 1].text in _STANDING
    if (
        i + 1 < len(line.words)
        and _pastlike(line, i + 1)
        and not line.words[i + 1].pause
        and not now
    ):
        return NOUN  # "strikes killed", "fire forced"
    if not kinds and not _common(text):
        return NOUN
    singular = text.endswith("s") and not text.endswith("ss")
    agrees = _agrees(line, i, tags, singular)
    if "noun" in kinds or text in _NOUNISH:
        standing = not singular or line.words[i - 1].text in _STANDING
        if before == ADVERB and agrees and standing and not line.words[i].glued:
            return VERB  # "checkpoints now demand fees"
        lone = singular and before == NOUN and _lone(line, i)
        opens = lone or _takes(line, i) or after in ("that", "them", "it", "him")
        return VERB if agrees and (opens or before in (PRONOUN, RELATIVE)) else NOUN
    return VERB if agrees else NOUN


def _after_that(line: Line, i: int, tags: list[str]) -> bool:
    """Whether the clause that "that" opens still waits for its verb ("that owners pay zakat")."""
    k = i - 1
    while k >= 0 and tags[k] in (NOUN, DET, OWN) and not line.words[k + 1].pause:
        k -= 1
    plural = i - 1 > k and line.words[i - 1].text.endswith("s") and tags[i - 1] == NOUN
    that = plural and tags[k] == SUB and line.words[k].text == "that"
    return that and _takes_some(line, i) and not line.words[i].text.endswith("s")


def _whose(line: Line, i: int, tags: list[str]) -> bool:
    """Whether the noun of "whose" still waits for its verb ("whose men tax the traffic")."""
    k = i - 1
    while k >= 0 and tags[k] == NOUN and not line.words[k + 1].pause:
        k -= 1
    plural = i - 1 > k and line.words[i - 1].text.endswith("s")
    return plural and tags[k] == RELATIVE and line.words[k].text == "whose" and _takes_some(line, i)


_NOUNISH = folded(
    "fire move fear escape land base train arm hold cut report plan claim order need call aim "
    "promise work use end turn last want charge supply fund move leave cross back bar moves plans "
    "claims orders needs calls charges funds supplies reports fires bases lands arms results guns gun "
    "demand demands respond"
)


def _agrees(line: Line, i: int, tags: list[str], singular: bool) -> bool:
    """Whether what stands before can be the subject of a present form."""
    before = tags[-1] if tags else ""
    word = line.words[i - 1].text if i else ""
    if before in (PRONOUN, RELATIVE):
        return word != "whose"
    if before == ADVERB and len(tags) > 1:
        k = len(tags) - 1
        while k > 0 and tags[k] == ADVERB:
            k -= 1
        return tags[k] in (NOUN, PRONOUN, RELATIVE, AND)
    if before == AND:
        return True
    if before != NOUN or line.words[i].pause:
        return False
    if singular and _bare_end(line, i):
        return False
    plural = word.endswith("s") or word in ("men", "people", "police", "women", "children")
    named = line.covered[i - 1] is not None and not _one(line, i, tags)
    return singular or plural or named


def _lone(line: Line, i: int) -> bool:
    """Whether a name, this word and a noun have no other verb ("Hezbollah stores rockets")."""
    mention = line.covered[i - 1]
    if mention is None or mention.kind != "actor" or not _next_nominal(line, i):
        return False
    for k in range(i + 2, len(line.words)):
        if line.words[k].pause or line.words[k].text in RELATIVE_WORDS | AND_WORDS:
            break
        if _pastlike(line, k) or line.words[k].text in BE | HAVE | MODAL:
            return False
    return bool(line.classes[i + 1]) and not _pastlike(line, i + 1)


def _bare_end(line: Line, i: int) -> bool:
    """Whether nothing comes after the word before a pause ("concrete blocks, they said")."""
    return i + 1 >= len(line.words) or line.words[i + 1].pause


def _one(line: Line, i: int, tags: list[str]) -> bool:
    """Whether an article opens the phrase before ("an SDF request")."""
    k = i - 1
    while k > 0 and tags[k] == NOUN:
        k -= 1
    return line.words[k].text in ("a", "an")
