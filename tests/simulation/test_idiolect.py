"""One thing, many mouths: own words, contractions and fillers of each person."""

import pytest

from trialsim.simulation.idiolect import in_own_words, widened

LINE = "I cannot see the pictures on my site. Could you look at it at once? The mail is not there."


def put(seed: int, text: str = LINE, language: str = "en", keep: tuple[str, ...] = ()) -> str:
    return in_own_words(text, language, "body", seed=seed, keep=keep)


def test_the_same_person_says_it_the_same_way() -> None:
    assert put(3) == put(3)


def test_hardly_two_of_twenty_people_say_it_alike() -> None:
    assert len({put(seed) for seed in range(20)}) >= 18


def test_one_person_has_one_word_for_a_thing() -> None:
    for seed in range(20):
        one, two = put(seed, "The shop / the shop").lower().split(" / ")
        assert one == two


def test_nobody_contracts_the_last_words_of_a_clause() -> None:
    for text in ("As they are.", "I know who I am, and how we are", "Later than I would: I will!"):
        assert "'" not in "".join(put(seed, text) for seed in range(20))
    assert "They're here." in {put(seed, "They are here.") for seed in range(20)}


def test_nothing_is_put_between_where_it_would_jar() -> None:
    for seed in range(200):
        assert put(seed, "As I wrote: no.") == "As I wrote: no."
        assert "Also, that" not in put(seed, "It looks odd. That was all it did.")


def test_names_quotes_and_addresses_stay_whole() -> None:
    text = 'Site Shop writes "people cannot look at the site" about shop.example at once.'

    for seed in range(20):
        said = put(seed, text, keep=("Site Shop",))
        assert said.startswith("Site Shop")
        assert '"people cannot look at the site"' in said
        assert "shop.example" in said


@pytest.mark.parametrize("language", ["it", "ko"])
def test_other_languages_stay_as_their_authors_wrote_them(language: str) -> None:
    assert put(1, language=language) == LINE


def test_a_sentence_keeps_its_capital() -> None:
    firsts = {put(seed, "Somebody wrote. People came.")[0] for seed in range(20)}

    assert all(letter.isupper() for letter in firsts)


def test_turns_of_phrase_are_offered_where_nothing_is_quoted_drawn_or_offered_already() -> None:
    line = 'I need {i_need} [suddenly|today]. It says "I need". Suddenly it stopped.'

    assert widened(line, "en") == (
        '[I need|I really need|I badly need] {i_need} [suddenly|today]. It says "I need". '
        "[Suddenly|All of a sudden|Out of the blue] it stopped."
    )
    assert widened(line, "it") == line


def test_a_text_whose_phrases_were_dealt_keeps_them() -> None:
    for seed in range(20):
        said = in_own_words("Suddenly the shop fails.", "en", "body", seed=seed, dealt=True)
        assert said.startswith("Suddenly")
