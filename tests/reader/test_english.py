"""Who does it, in English clauses: relatives, participles, coordination, pronouns, event nouns."""

import pytest

from maabar.reader import read


def actors(text: str, kind: str, at: int = 0) -> set[str]:
    """Actors of the nth claim of a type."""
    told = [c for c in read(text.encode()).claims if c.type == kind]
    return {a.id for a in next(iter(told[at].args.values()))}


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        # a verb after a closed relative goes back to the main subject
        ("Fighters of the Baqir Brigade who had waited near the bridge seized a post.", "TAKEOVER",
         {"liwa-al-baqir"}),
        ("Hezbollah, whose fighters came from Homs, evacuated a base in al-Mayadin.", "WITHDRAWAL",
         {"hezbollah"}),
        ("The oil which the NDF had guarded was gone, and over the field they raised the flag.",
         "RAISE_FLAG", {"ndf"}),
        # subordinate clauses have subjects of their own
        ("After ISIS gunmen killed two drivers, the 4th Division closed the road.", "RESTRICT",
         {"fourth-division"}),
        ("While the NDF was combing the desert, ISIS cells ambushed one of its buses.", "ATTACK",
         {"isis-cells"}),
        ("Once the Russians had left, Hezbollah raised its flag over the gate.", "RAISE_FLAG",
         {"hezbollah"}),
        # a new subject after "and", the old one without
        ("Protesters burned tyres and SDF commandos opened fire.", "ATTACK", {"sdf-commandos"}),
        ("The SDF stormed a farm, officials said, and arrested three men.", "DETENTION", {"sdf"}),
        ("Military Intelligence raided the house of a trader who had hidden and seized his truck.",
         "RESTRICT", {"military-intelligence"}),
        # participles
        ("Aircraft believed to be Israeli struck a depot in al-Bukamal.", "STRIKE",
         {"israeli-air-force"}),
        ("A mine planted by ISIS exploded near Hajin.", "ATTACK", {"isis"}),
        ("Two men held since March were freed by the Asayish.", "RELEASE", {"asayish"}),
        ("Turkish forces shelled Tall Tamr, wounding two farmers.", "CASUALTIES",
         {"turkish-forces"}),
        ("The drone, launched from Iraq by Kataib Hezbollah, hit the base at al-Tanf.", "STRIKE",
         {"kataib-hezbollah"}),
        ("The Autonomous Administration kept the crossing shut.", "RESTRICT", {"aanes"}),
        # infinitives
        ("The NDF was ordered by the Russians to withdraw from the post.", "WITHDRAWAL", {"ndf"}),
        ("The Russians ordered the Fourth Division to leave al-Tabni.", "WITHDRAWAL",
         {"fourth-division"}),
        # nouns
        ("A dawn raid that the SDF conducted in Theban ended at noon.", "ATTACK", {"sdf"}),
        ("The withdrawal of an NDF unit from Marrat surprised residents.", "WITHDRAWAL", {"ndf"}),
        ("The ban on motorcycles, introduced by the Asayish in May, remains.", "RESTRICT",
         {"asayish"}),
        ("They called for the release of men arrested by the Asayish.", "RELEASE", {"asayish"}),
        ("US strikes on al-Mayadin killed three.", "STRIKE", {"us-forces"}),
        # who dies, signs up, is dismissed
        ("Young men have signed up with Fatemiyoun.", "RECRUITMENT", {"fatemiyoun"}),
        ("Trucks were stopped at a 4th Division checkpoint near al-Tibni.", "RESTRICT",
         {"fourth-division"}),
    ],
)  # fmt: skip
def test_subject(text: str, kind: str, wanted: set[str]) -> None:
    assert actors(text, kind) == wanted


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("The SDF stormed Dhiban. Its fighters arrested ten men.", "DETENTION", {"sdf"}),
        ("ISIS attacked a post near Kabajib. The militants captured a truck.", "DETENTION",
         {"isis"}),
        ("The Fourth Division raised its tolls. It has also closed the ferries.", "RESTRICT",
         {"fourth-division"}),
        ("The Baqir Brigade and the NDF clashed. A Russian officer brokered a truce.",
         "AGREEMENT", {"liwa-al-baqir", "ndf"}),
    ],
)  # fmt: skip
def test_taken_up(text: str, kind: str, wanted: set[str]) -> None:
    assert actors(text, kind) == wanted


def test_nobody_known_is_nobody() -> None:
    text = "The SDF searched Hajin. It is not clear who fired the rockets at the town."
    told = [c for c in read(text.encode()).claims if c.type == "STRIKE"]
    assert all(a.id != "sdf" for c in told for a in c.args["actor"])


def test_they_are_the_people_told_of() -> None:
    text = "The SDF closed a road. Residents of Hajin protested. They blocked the bridge."
    assert actors(text, "RESTRICT", 1) == {"residents"}


def test_an_inverted_condition_is_no_event() -> None:
    told = read(b"Should the Asayish close the road, traders would leave.").claims
    assert "RESTRICT" not in {c.type for c in told}


def test_had_after_a_comma_may_be_an_event() -> None:
    text = "The SDF, which blames a cell, had arrested twenty people by evening."
    assert actors(text, "DETENTION") == {"sdf"}


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        # definite phrases that take up an actor
        ("Ahrar al-Sharqiya holds the town. Fighters from the faction looted nine homes.",
         "TAKEOVER", {"ahrar-al-sharqiya"}),
        ("The SDF raided Diban. The Kurdish-led force arrested six men.", "DETENTION", {"sdf"}),
        ("Russia and Turkey ran a joint patrol near Kobani. The two then quarrelled.",
         "COMPETITION", {"russia", "turkey"}),
        ("The Afghans burned a post near Mahkan.", "ATTACK", {"fatemiyoun"}),
        ("Troops of Russia left. The Guards closed two streets in al-Mayadin.", "RESTRICT",
         {"irgc"}),
        ("Israeli jets bombed a depot. The drones killed a driver.", "CASUALTIES",
         {"israeli-air-force"}),
        ("Hundreds of teachers protested in Hasakah. Several of them blocked the road.",
         "RESTRICT", {"teachers"}),
        ("The Lions of the East, a tribal band, and the NDF met. The SDF left. "
         "The NDF shelled a farm.", "STRIKE", {"ndf"}),
        # statements: our forces and we
        ("Command of the SDF, a statement\nOur forces raided a hideout in al-Shuhayl. "
         "We arrested two men.", "DETENTION", {"sdf"}),
        ('"We captured two of them," the Syrian National Army said.', "DETENTION",
         {"syrian-national-army"}),
        # who did it is told later in the sentence
        ("Air strikes killed eleven fighters in al-Bukamal, a monitor said, adding that Israel "
         "was probably behind them.", "STRIKE", {"israel"}),
        ("An officer was shot dead in an attack which Islamic State later said two of its men had "
         "carried out.", "ATTACK", {"isis"}),
        ("The bombing, blamed by the SDF on Turkey, wrecked a power station.", "ATTACK",
         {"turkey"}),
        ("The explosion of a mine left by ISIS killed a child.", "ATTACK", {"isis"}),
        ("The jets, Russian as always, bombed an empty valley.", "STRIKE", {"russian-air-force"}),
        # asides, participles, fused passives
        ("Military Intelligence, the same activists say, has armed the tribesmen.", "SUPPORT",
         {"military-intelligence"}),
        ("ISIS gunmen dressed as soldiers stopped a bus.", "RESTRICT", {"isis"}),
        ("Turkish artillery fired at Saida; a farmer was killed and two SDF members hurt.",
         "CASUALTIES", {"turkish-forces"}),
        ("The Coalition and the SDF landed near Diban. The two forces arrested a trader.",
         "DETENTION", {"coalition", "sdf"}),
        ("Clashes erupted between the Fourth Division on one hand, and Military Security on the "
         "other.", "CLASH", {"fourth-division", "military-intelligence"}),
        ("The SDF has since moved its offices to Khasham.", "RELOCATE", {"sdf"}),
    ],
)  # fmt: skip
def test_who_without_a_name(text: str, kind: str, wanted: set[str]) -> None:
    assert actors(text, kind) == wanted


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Aid reached displaced households in Hasakah.", "MOVEMENT"),
        ("No injuries were reported in Diban.", "CASUALTIES"),
        ("Traders returned to work on Tuesday.", "MOVEMENT"),
    ],
)
def test_no_event(text: str, kind: str) -> None:
    assert kind not in {c.type for c in read(text.encode()).claims}


def test_an_attack_told_as_what_came_before_is_not_its_subjects() -> None:
    text = "The SDF imposed a curfew after an attack on its headquarters."
    assert actors(text, "ATTACK") == {"unspecified"}


def test_nouns_and_verbs_written_alike() -> None:
    assert actors("The SDF built a base at Sarrin.", "BASE_ESTABLISHED") == {"sdf"}
    assert actors("Hezbollah stores rockets in the silos.", "MOVE_WEAPONS") == {"hezbollah"}
