import pytest

from trialsim.committee.rules.blinding import (
    PLACE,
    ZONE,
    Identity,
    neutral,
    scrub,
    scrub_signature,
    telling_words,
)

JOVANA = Identity(
    "Jovana Quillfeather",
    "jovana.q@canary.example",
    "K7",
    places=("Europe/Belgrade", "Belgrade", "Serbia", "Serbian"),
    zones=("CET", "CEST"),
)
MENTOR = Identity("Bartholomew Ng", "bart@canary.example", "Mentor A")


@pytest.mark.parametrize(
    ("text", "blind"),
    [
        ("Thanks, Jovana!", "Thanks, K7!"),
        ("JOVANA QUILLFEATHER wrote", "K7 wrote"),
        ("Ms Quillfeather’s reply", "Ms K7’s reply"),
        ("write to jovana.q@canary.example", "write to K7"),
        ("she signs as jovana.q", "she signs as K7"),
        ("I live in Belgrade", f"I live in {PLACE}"),
        ("It is 9:00 CET here", f"It is 9:00 {ZONE} here"),
        ("I am at UTC+2", f"I am at {ZONE}"),
        ("I am at GMT−3:30 now", f"I am at {ZONE} now"),
        ("A novanazzer is no name", "A novanazzer is no name"),
    ],
)
def test_names_addresses_places_and_zones_are_taken_out(text: str, blind: str) -> None:
    assert scrub(text, JOVANA) == blind


def test_several_people_are_hidden_each_behind_their_own_mark() -> None:
    assert scrub("Jovana asked Bartholomew", JOVANA, MENTOR) == "K7 asked Mentor A"


def test_a_short_address_does_not_blank_everyday_words() -> None:
    assert scrub("it works", Identity("Al Bo", "it@x.example", "K1")) == "it works"


@pytest.mark.parametrize(
    ("text", "blind"),
    [
        ("Done.\n\nBest regards,\nJo\nDesk team", "Done.\n\nBest regards,\nK7"),
        ("Done.\nCheers, Jojo", "Done.\nCheers, K7"),
        ("Done.\n– Jo", "Done.\n– K7"),
        ("Thanks for the file. It works now.", "Thanks for the file. It works now."),
        ("Thanks,\nplease send me the second invoice as well, then I can look.", None),
    ],
)
def test_signatures_lose_nicknames_and_texts_keep_their_sense(text: str, blind: str | None) -> None:
    assert scrub_signature(text, "K7") == (text if blind is None else blind)


def test_comments_say_they_for_he_and_she() -> None:
    said = neutral("She is calm. I told her that his notes help; he was early with her reply.")

    assert (
        said
        == "They are calm. I told them that their notes help; they were early with their reply."
    )


def test_telling_words_are_named_once_and_others_are_none() -> None:
    assert telling_words("Jovana said she lives in Belgrade, she did", JOVANA) == (
        "Jovana",
        "Belgrade",
        "she",
    )
    assert telling_words("K7 told the customer what they needed", JOVANA) == ()
