"""English words by what they do: closed classes, and verbs that no event is named by."""

from __future__ import annotations

from maabar.reader.preposition import folded

BE = folded("was were is are be been being am wasnt werent isnt arent got")

HAVE = folded("has have had having hasnt havent hadnt")

MODAL = folded(
    "will would can could may might must shall should did do does cannot wont wouldnt couldnt "
    "didnt dont doesnt shouldnt"
)

DETERMINERS = folded(
    "the a an this these those its their his her my our your some any no each every all both "
    "several few many most another other such more one two three four five six seven eight nine "
    "ten eleven twelve twenty thirty forty fifty dozen nearly least armoured armored"
)

NUMBERS = folded(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty "
    "sixty seventy eighty ninety half dozen hundred thousand"
)

COUNTING = NUMBERS | folded("one several many most some both all others few first second third")

ADJECTIVES = folded("allied armed masked armoured armored displaced combined retired so-called")

SUBJECT_PRONOUNS = folded("it they he she we i you")

OTHER_PRONOUNS = folded("them him us me themselves itself himself herself")

LONE = folded("others none nobody everyone everybody who_ both_ neither_")

POSSESSIVES = folded("its their his her")

RELATIVE_WORDS = folded("who which whom whose")

SUBORDINATING = folded(
    "while when where whereas because although though if unless whether once how why whenever lest"
)

MAYBE_SUB = folded("after before since until till as so")

AND_WORDS = folded("and but or nor yet")

ADVERBS = folded(
    "not never seldom rarely hardly also now then later already still only just twice again meanwhile first recently "
    "soon earlier ago ahead instead together elsewhere there here too even perhaps however "
    "overnight today yesterday tomorrow late early once further back away apart far almost well "
    "north south east west always often sometimes afterwards thereby thus abroad home_ dead free "
    "nevertheless nonetheless moreover otherwise separately loyal responsible"
)

PARTICLES = folded("out up off back down away over on in")

MORE_PREPOSITIONS = folded(
    "under despite during amid without following including like than per onto below beneath off "
    "behind beyond but_ except throughout alongside unlike near via upon regarding concerning "
    "within towards toward opposite past along across among amongst between versus up down out "
    "around about outside inside"
)

TIME_NOUNS = folded(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december morning evening night afternoon noon "
    "dawn dusk midnight midday day days week weeks month months year years hour hours minutes "
    "minute weekend spring summer autumn winter nightfall time moment"
)

IRREGULAR = folded(
    "went came said saw sat stood fell gave grew heard kept knew lay left lent made meant put rang "
    "rose sent sold sought spoke spent stole swept swore taught thought threw told took understood "
    "woke won wore wrote withdrew felt fed hung hid drew ate bore bought chose clung crept dealt "
    "drove fought found forgot paid quit rode shook shut slept stuck struck sank tore began became "
    "broke brought built caught cost cut flew forced ran led lost met set shot held hit let "
    "burst spread split went"
)

PARTICIPLES = folded(
    "gone come seen given grown known made put taken thrown sold spoken stolen torn written worn "
    "driven drawn forgotten frozen hidden ridden risen shaken shown sunk begun broken brought "
    "built caught chosen dealt fallen flown fought found held hit kept left lent lost meant met "
    "paid run sent set shot shut struck sworn told understood won withdrawn taught bought borne "
    "beaten"
)

BASES = folded(
    "go give keep take make put send sell speak tell think throw understand win write feel find "
    "become grow know see enter return avoid protect secure ensure help allow secure discuss "
    "remain resume try use work garrison defend drive disperse reopen calm end negotiate open "
    "share hand pass save rescue stop confront intervene act avenge bring leave hold get"
)

PRESENTS = folded(
    "remains wants says needs denies continues fears means depends runs goes makes takes gives "
    "keeps holds shows comes becomes believes thinks knows sees uses lies sits stands governs "
    "disputes accuses blames insists hopes argues suggests owns buys brings"
)

COMMON = folded(
    "blame accuse deny receive remain owe ignore settle differ retain belong exist describe accept enjoy employ prefer "
    "insist admit acknowledge confront decide survive protect sell buy lend arrive occur appear spend "
    "become lead enter pretend maintain obey serve oversee undermine attract speak write understand "
    "lose defend pursue regard contain consider suspect involve require"
)
"""Verbs that no event is named by, as they stand in the present."""

NOT_PAST = folded(
    "bloodshed watershed hundred united armed speed feed need seed indeed red bed shed unidentified masked alleged "
    "hatred naked sacred wicked kindred infrared"
)

NOT_GERUND = folded(
    "morning evening during nothing something anything everything king wing ring spring building "
    "buildings ceiling string according including following sibling surrounding remaining outgoing "
    "leading existing neighbouring incoming"
)
OBJECT_CONTROL = folded(
    "order ordered orders force forced forces forcing ask asked asks urge urged urges tell told "
    "allow allowed allows allowing want wanted wants push pushed pressure pressured persuade "
    "persuaded require required requires invite invited warn warned compel compelled help helped "
    "enable enabled call called calling leave sent send bring brought prompting prompted cause "
    "caused causing lead led leading instruct instructed ordering urging asking"
)
ENVOYS = folded("spokesman spokeswoman spokesperson delegation official officials representative envoy "
                 "officer officers commander fighters members gunmen men troops units elements sniper gunman soldier "
                 "fighter member patrol unit cell group convoy major colonel captain sergeant lieutenant "
                 "general brigadier conscript recruit commanders")  # fmt: skip
BLAMING = folded("blame blames blamed blaming thank thanked criticised criticized condemned punished arrested fined "
                  "detained jailed sacked dismissed accused")  # fmt: skip
GROUPS = folded("militias factions fighters forces troops cells groups proxies")
HARMED = folded("killed wounded hurt injured arrested detained burned destroyed damaged seized captured "
                 "kidnapped abducted released freed shot beaten taken")  # fmt: skip
CALLED = folded("called named dubbed")
UNKNOWN = folded("clear unclear known unknown sure certain")
REPORTING = folded(
    "said says believe believes think thinks fear fears hope hopes claim claims insist insists "
    "argue argues suggest suggests know knew knows saying claiming warned warns adding"
)
