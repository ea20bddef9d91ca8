"""The word lists: enough lemmas, every type reachable, frames that name known classes."""

from maabar.reader.lexicon import grammar, lexicon, parse_frame, things


def test_size_and_types() -> None:
    words = lexicon()
    assert words.lemmas >= 300
    types = {f.type for entries in words.forms.values() for lemma, _ in entries
             for f in lemma.frames}  # fmt: skip
    assert set(grammar()) <= types
    assert len(grammar()) == 34


def test_every_class_that_a_frame_asks_for_exists() -> None:
    named = {c for options in things().values() for _, _, classes in options for c in classes}
    named |= {"armed", "place", "person", "pronoun", "people", "thing", "source", "carried"}
    asked = {
        option
        for entries in lexicon().forms.values()
        for lemma, _ in entries
        for frame in lemma.frames
        for name, options in frame.conditions
        if name == "c"
        for option in options
    }
    assert not asked - named - NOWHERE


NOWHERE = {"protesters", "family"}  # read as persons


def test_a_frame_is_read() -> None:
    frame = parse_frame("RESTRICT/opening~ c:crossing|road")
    assert (frame.type, frame.subtype, frame.negative) == ("RESTRICT", "opening", True)
