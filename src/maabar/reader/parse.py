"""English clauses, left to right: which noun phrase is the subject of which verb.

A stack of open clauses: a relative or "while" opens one; a verb without a subject of its own closes
it and goes to the clause that still waits for one; "and" with a verb goes on with the same subject.
"""

from __future__ import annotations

from maabar.reader.clause import Line
from maabar.reader.english import (
    BLAMING,
    CALLED,
    ENVOYS,
    GROUPS,
    HARMED,
    OBJECT_CONTROL,
    REPORTING,
    UNKNOWN,
)
from maabar.reader.participle import reduced
from maabar.reader.phrase import (
    AFTER_PREP,
    FREE,
    OBJECT,
    Phrase,
    object_follows,
    of_time,
    only_place,
    paused,
    phrase_at,
    placed,
    skip_back,
)
from maabar.reader.predicate import Frame, Parse, Predicate
from maabar.reader.wordclass import (
    ADVERB,
    AND,
    AUX,
    BARE,
    BE,
    DET,
    GERUND,
    NOUN,
    PREP,
    RELATIVE,
    SUB,
    SUBJECT_PRONOUNS,
    VERB,
    word_classes,
)


def parse(line: Line) -> Parse:
    """The clauses of an English sentence; found once, kept with the line."""
    if line.parse is None:
        line.parse = _Parser(line).run()
    return line.parse


class _Parser:
    def __init__(self, line: Line) -> None:
        self.line = line
        self.tags = word_classes(line)
        self.found = Parse(self.tags)
        self.frames = [Frame()]
        self.last: Phrase | None = None  # the phrase read last

    def run(self) -> Parse:
        """Read the sentence."""
        i = 0
        while i < len(self.tags):
            i = self._step(i)
        return self.found

    @property
    def top(self) -> Frame:
        return self.frames[-1]

    def _step(self, i: int) -> int:
        tag = self.tags[i]
        phrase = phrase_at(self.line, self.tags, i)
        if phrase is not None:
            self._phrase(placed(self.line, self.tags, phrase))
            return phrase.last
        if tag == RELATIVE:
            self._relative(i)
        elif tag == SUB:
            self.frames.append(Frame("sub", pause=self.line.words[i].pause))
        elif tag == AUX:
            return self._auxiliary(i)
        elif tag == VERB:
            if reduced(self.line, self.tags, i, self._verbless(), self._no_subject()):
                self._add(Predicate(i, self._told_of(i), True, "reduced"))
            else:
                self._finite(i, i, self._also_passive(i))
        elif tag == GERUND:
            self._gerund(i)
        elif tag == BARE:
            self._bare(i, False)
        return i + 1

    # phrases

    def _phrase(self, phrase: Phrase) -> None:
        line = self.line
        self.found.phrases.append(phrase)
        if of_time(line, phrase):
            return
        previous, self.last = self.last, phrase
        if phrase.role == AFTER_PREP:
            phrase.verb = self.top.verb
            word = line.words[phrase.first - 1].text
            speaks = previous is not None and self._speaks(previous)
            named = line.covered[phrase.last - 1]
            inside = word == "in" and named is not None and named.kind == "actor"
            if word == "of" or ((word in ("for", "from") or inside) and speaks):
                for other in self.found.phrases[-6:-1]:
                    if other.end == phrase.first - 1:
                        other.end = phrase.end
            return
        self.top.waiting = [p for p in self.top.waiting if not p.said]
        if phrase.role == OBJECT and self.line.words[phrase.verb].text in CALLED:
            phrase.role, phrase.pause, phrase.said = FREE, True, False
        lists = self.line.words[phrase.first - 1].text in ("and", "or")
        if phrase.joined and not lists:
            phrase.joined = False
        elif phrase.joined and phrase.pause:
            phrase.role = FREE  # ", and X": a clause of its own, or the last of a list
        elif phrase.joined and previous is not None and previous.end == phrase.first - 1:
            phrase.role = previous.role if previous.role != FREE else FREE
            phrase.verb = previous.verb
        self.top.waiting.append(phrase)

    def _before(self) -> list[Phrase]:
        return [self.last] if self.last is not None else []

    def _speaks(self, phrase: Phrase) -> bool:
        """Whether a phrase is of somebody who speaks or acts for others."""
        return self.line.words[phrase.last - 1].text in ENVOYS

    def _told_of(self, i: int) -> list[Phrase]:
        """Of what a participle tells: after a comma of the head, else of the noun before it."""
        if self.line.words[i].pause and self.last is not None and self.last.role == AFTER_PREP:
            heads = [p for p in self.found.phrases if p.role != AFTER_PREP
                     and not of_time(self.line, p)]  # fmt: skip
            return heads[-1:]
        return self._before()

    def _relative(self, i: int) -> None:
        word = self.line.words[i].text
        before = self.line.words[i - 1].text if i else ""
        adverbial = i > 0 and self.tags[i - 1] == PREP and before != "of"
        asked = i > 0 and (self.tags[i - 1] in (VERB, AUX, ADVERB) or before in UNKNOWN)
        asked = asked or word == "what"
        antecedent = None if adverbial or asked else self._antecedent(word)
        if before == "of" and self.last is not None and self.last.last == i - 1:
            earlier = [p for p in self.found.phrases if p.last <= self.last.first]
            antecedent = earlier[-1] if earlier else antecedent  # "men, sixty of whom"
        named = self._apposed_to(antecedent)
        self.frames.append(
            Frame("rel", antecedent, self.line.words[i].pause, asked=asked, named=named)
        )

    def _apposed_to(self, phrase: Phrase | None) -> list[Phrase]:
        """Whom a phrase between commas describes ("X, a band that")."""
        if phrase is None or not phrase.pause or phrase.role != FREE:
            return []
        return [p for p in self.found.phrases if p.role != AFTER_PREP and p.end == phrase.first
                and not only_place(self.line, p)][-1:]  # fmt: skip

    def _antecedent(self, word: str) -> Phrase | None:
        if word != "who":
            inner = self.last is not None and self.last.role == AFTER_PREP
            heads = [p for p in self.found.phrases if inner and p.role != AFTER_PREP
                     and self.last is not None and p.end == self.last.end]  # fmt: skip
            head = heads[-1] if heads else None
            militias = head is not None and self.line.words[head.last - 1].text in GROUPS
            return head if militias else self.last
        people = [p for p in self.found.phrases if not of_time(self.line, p)
                  and not only_place(self.line, p)]  # fmt: skip
        return people[-1] if people else self.last

    # verbs

    def _auxiliary(self, i: int) -> int:
        asks = self.line.words[i].text in ("do", "did", "does", "should", "had") and (
            phrase_at(self.line, self.tags, i + 1) if i + 1 < len(self.tags) else None)  # fmt: skip
        if asks and (i == 0 or self.line.words[i].pause or self.tags[i - 1] == SUB):
            return i + 1
        k = i + 1
        k = self._past_time(k)
        while k < len(self.tags) and self.tags[k] in (ADVERB, AUX):
            if self.line.words[k].pause and self.tags[k] == ADVERB:
                break
            k += 1
        aux = max(j for j in range(i, k) if self.tags[j] == AUX)
        main = k < len(self.tags) and self.tags[k] in (VERB, GERUND) and not (
            self.line.words[k].pause)  # fmt: skip
        passive = main and self.tags[k] == VERB and self.line.words[aux].text in BE
        at = k if main else aux
        if i and self.tags[i - 1] == "t":
            self._bare(at, passive)
        elif self.line.words[i].text in ("being", "having"):
            self._gerund(at, i, passive)
        else:
            self._finite(i, at, passive)
        return at + 1

    def _past_time(self, k: int) -> int:
        """Past words of time between "had" and its verb ("had for months collected")."""
        if self.tags[k : k + 1] != [PREP] or k + 1 >= len(self.tags):
            return k
        phrase = phrase_at(self.line, self.tags, k + 1)
        over = phrase is not None and of_time(self.line, phrase) and phrase.last < len(self.tags)
        return phrase.last if over and phrase and self.tags[phrase.last] == VERB else k

    def _add(self, predicate: Predicate) -> None:
        predicate.depth = len(self.frames) - 1
        self.found.predicates[predicate.at] = predicate

    def _also_passive(self, i: int) -> bool:
        """Whether "and wounded" goes on with "were killed"."""
        k = skip_back(self.tags, i)
        if self.line.words[i].text in HARMED and self.top.passive and i - self.top.verb <= 12:
            j = k
            while j > 0 and self.tags[j] in (NOUN, DET):
                j -= 1
            bare = not object_follows(self.line, self.tags, i)
            if j < k and self.tags[j] == AND and bare:
                return True  # "a man was killed and two others hurt"
        return (
            (
                self.tags[k] == AND
                or (self.line.words[i].pause and self.tags[i + 1 : i + 2] == [AND])
            )
            and self.top.passive
            and not object_follows(self.line, self.tags, i)
            and i - self.top.verb <= 10
        )

    def _verbless(self) -> int:
        """How many open clauses, from the innermost on, have no verb yet."""
        count = 0
        for frame in reversed(self.frames):
            if frame.verb >= 0:
                break
            count += 1
        return count

    def _no_subject(self) -> bool:
        """Whether no clause waits for a verb and no phrase can be its subject."""
        if any(f.verb < 0 for f in self.frames):
            return False
        return not any(self._candidates(f, False) or any(p.joined for p in f.waiting)
                       for f in self.frames)  # fmt: skip

    def _finite(self, first: int, at: int, passive: bool) -> None:
        if self._said_aside(at):
            self._add(Predicate(at, [self.top.waiting.pop()], passive))
            return
        before = self.top.verb
        link = before if first == at and passive else -1
        subjects = self._subject(first)
        frame = self.top
        if before >= 0 and frame.verb >= 0 and self._in_passing(at, subjects):
            self._add(Predicate(at, list(subjects), passive))
            frame.waiting = []
            return
        if subjects:
            frame.subject = subjects
        frame.verb, frame.passive = at, passive
        frame.waiting = []
        for debt in frame.owed:
            debt.subjects = list(frame.subject)
        frame.owed = []
        self._add(Predicate(at, list(subjects), passive, after=link))

    def _said_aside(self, at: int) -> bool:
        """Whether "X, sources say, has": who says it stands between commas."""
        waiting, after = self.top.waiting, self.line.words[at + 1 : at + 2]
        said = any(r.lemma.duty == "say" for r in self.line.readings[at])
        between = len(waiting) > 1 and waiting[-1].pause and not waiting[-1].joined
        return said and between and self.top.verb < 0 and bool(after) and after[0].pause

    def _in_passing(self, at: int, subjects: list[Phrase]) -> bool:
        """ ", officials said,": who says it is not what the sentence goes on about."""
        said = any(r.lemma.duty == "say" for r in self.line.readings[at])
        return bool(said and subjects and subjects[0].pause and not subjects[0].joined)

    def _subject(self, i: int) -> list[Phrase]:
        """The subject of the finite verb at word i; closes the clauses that it ends."""
        if i and self.line.words[i - 1].text == "than":
            return self._again(False)
        if (
            i
            and self.tags[skip_back(self.tags, i)] == AND
            and (self._goes_on(i) or self.tags[i - 1] == AND)
        ):
            again = self._again(self.line.words[skip_back(self.tags, i)].pause)
            if again or any(f.verb >= 0 for f in self.frames):
                return again
        if (
            i
            and self.top.verb == i - 1
            and self.top.antecedent is not None
            and any(r.lemma.duty == "say" for r in self.line.readings[i - 1])
        ):
            return [self.top.antecedent]  # "warplanes, which they said were American"
        apart = paused(self.line, self.tags, i)
        while True:
            frame = self.top
            waiting = self._candidates(frame, apart)
            if waiting:
                return self._chosen(frame, waiting, apart)
            if frame.kind == "rel" and frame.verb < 0 and frame.antecedent is not None:
                return [frame.antecedent, *frame.named]
            if frame.asked and frame.verb < 0:
                return []
            if len(self.frames) > 1:
                self.frames.pop()
                continue
            return frame.subject

    def _goes_on(self, i: int) -> bool:
        return self.tags[i - 1] == ADVERB

    def _again(self, apart: bool) -> list[Phrase]:
        """The subject once more, after "and"; the subjects of outer clauses as second choices."""
        if apart and self.top.kind == "rel" and len(self.frames) > 1 and self.top.pause:
            self.frames.pop()
        while len(self.frames) > 1 and not self.top.subject:
            self.frames.pop()
        return [p for f in reversed(self.frames) for p in f.subject[:1]]

    def _candidates(self, frame: Frame, apart: bool) -> list[Phrase]:
        strong = [p for p in frame.waiting if not (p.joined and p.role != FREE)]
        strong = [p for p in strong if p.role == FREE or (p.said and frame.verb >= 0
                                                          and self._reports(p))]  # fmt: skip
        if strong:
            return strong
        return [] if apart else [p for p in frame.waiting if p.joined]

    def _reports(self, phrase: Phrase) -> bool:
        """Whether the phrase right after a verb may open the clause that it reports."""
        following = self.tags[phrase.last] if phrase.last < len(self.tags) else ""
        if self.line.words[phrase.first].text in SUBJECT_PRONOUNS and following in (VERB, AUX):
            return True
        readings = self.line.readings[phrase.verb]
        return any(r.lemma.duty == "say" for r in readings) or (
            self.line.words[phrase.verb].text in REPORTING)  # fmt: skip

    def _chosen(self, frame: Frame, waiting: list[Phrase], apart: bool) -> list[Phrase]:
        if apart and (frame.verb < 0 or len(waiting) > 1):
            named = [p for p in waiting if not only_place(self.line, p)]
            best = (named or waiting)[0]
            appositions = [p for p in named[1:] if p.pause][:1]
            return [best, *self._joined_to(best, frame.waiting), *appositions]
        k = len(waiting) - 1
        if waiting[k].joined:
            while k > 0 and self._listed(waiting[k - 1], waiting[k]):
                k -= 1
        best = waiting[k]
        best.mates = waiting[k + 1 :]
        more = self._joined_to(best, frame.waiting)
        if best.pause and frame.kind != "main" and frame.verb >= 0 and len(self.frames) > 1:
            self.frames.pop()
        elif self._contact(frame, best):
            frame.waiting = []
            self.frames.append(Frame("rel"))
        return [best, *more]

    def _joined_to(self, best: Phrase, waiting: list[Phrase]) -> list[Phrase]:
        """Phrases that "and" joins to a subject with words of its own between."""
        return [p for p in waiting if p.joined and p.first > best.last
                and not any(self.line.words[k].text == "between" for k in range(best.last, p.first))
                ][:1]  # fmt: skip

    def _listed(self, one: Phrase, other: Phrase) -> bool:
        """Whether two phrases are of one list ("X, Y and Z")."""
        gap = other.first - one.end
        if one.role != FREE and not one.joined:
            return False
        if only_place(self.line, one) and not only_place(self.line, other):
            return False
        return (other.joined and gap == 1) or (other.pause and gap == 0 and not other.joined)

    def _contact(self, frame: Frame, phrase: Phrase) -> bool:
        """Whether a phrase opens a relative without a pronoun ("the position it lost")."""
        i = phrase.first
        return (
            frame.verb >= 0
            and phrase.role == FREE
            and not phrase.pause
            and not phrase.joined
            and i > 0
            and self.tags[i - 1] == NOUN
        )

    # verbs without a subject of their own

    def _gerund(self, at: int, first: int = -1, passive: bool = False) -> None:
        i = at if first < 0 else first
        before = self.tags[i - 1] if i else ""
        predicate = Predicate(at, [], passive, "gerund")
        frame = self.top
        if before == NOUN and not self.line.words[i].pause and self.last is not None:
            predicate.subjects = [self.last, *frame.subject]
        elif before == AND and (earlier := self._gerund_before(i)):
            predicate.subjects = list(earlier.subjects)
        elif before == PREP and self._accused(i):
            predicate.subjects = [*self._before(), *frame.subject]
        elif frame.verb >= 0:
            predicate.subjects = list(frame.subject)
        elif frame.kind == "rel" and frame.antecedent is not None:
            predicate.subjects = [frame.antecedent]
        elif frame.waiting:
            predicate.subjects = frame.waiting[:1]
        elif outer := [p for f in reversed(self.frames) for p in f.subject[:1]]:
            predicate.subjects = outer
        else:
            self.frames[0].owed.append(predicate)
        self._add(predicate)

    def _gerund_before(self, i: int) -> Predicate | None:
        earlier = [p for p in self.found.predicates.values() if p.at < i]
        last = max(earlier, key=lambda p: p.at, default=None)
        return last if last is not None and last.kind == "gerund" else None

    def _accused(self, i: int) -> bool:
        """Whether "X accuses Y of" or "keeps Y from": the deed is Y's."""
        word = self.line.words[i - 1].text
        verb = self.line.words[self.top.verb].text if self.top.verb >= 0 else ""
        return (
            (word in ("of", "from") or (word == "for" and verb in BLAMING))
            and self.last is not None
            and self.last.role == OBJECT
            and self.last.end == i - 1
        )

    def _bare(self, at: int, passive: bool) -> None:
        frame = self.top
        objects = [p for p in self.found.phrases if p.role == OBJECT and p.verb == frame.verb]
        verb = self.line.words[frame.verb].text if frame.verb >= 0 else ""
        called = self.last is not None and self.last.role == AFTER_PREP and verb.startswith("call")
        predicate = Predicate(at, [], passive, "bare")
        if verb in OBJECT_CONTROL and not frame.passive and objects:
            predicate.subjects = objects[-1:]
        elif called:
            predicate.subjects = self._before()
        elif frame.subject and frame.verb >= 0:
            predicate.subjects = list(frame.subject)
        elif frame.kind == "rel" and frame.antecedent is not None:
            predicate.subjects = [frame.antecedent]
        elif frame.waiting:
            predicate.subjects = frame.waiting[:1]
        else:
            self.frames[0].owed.append(predicate)
        self._add(predicate)
