"""Invented customers: whole, consistent, and nobody real."""

from datetime import date
from zoneinfo import available_timezones

import pytest
from faker import Faker

from tests.simulation.banks import a_pack
from trialsim.simulation.personas import Profile, draw_customer, draw_customers, mixed_wants
from trialsim.simulation.planned import Want
from trialsim.simulation.pools import LOCALES, pool_of, romanised, slug

PACK = a_pack()
ON = "2026-03-02"


def some(count: int = 60, seed: str = "people") -> tuple[Profile, ...]:
    return draw_customers(PACK, seed, mixed_wants(PACK, seed, count), on=ON)


def one(want: Want, place: int = 0) -> Profile:
    return draw_customer(PACK, "one", place, want, on=ON)


def test_the_same_seed_draws_the_same_people() -> None:
    assert some(20) == some(20)


def test_one_more_customer_changes_nobody_before() -> None:
    assert some(21)[:20] == some(20)


def test_a_global_faker_seed_changes_nobody() -> None:
    before = some(5)

    Faker.seed(4)

    assert some(5) == before


def test_every_address_is_on_a_domain_that_nobody_can_own() -> None:
    for profile in some():
        assert profile.customer.email.endswith(".example")
        assert all(domain.endswith(".example") for domain in profile.domains)


def test_every_address_is_plain_ascii() -> None:
    assert all(profile.customer.email.isascii() for profile in some(200))


def test_no_two_customers_of_a_candidate_share_a_name() -> None:
    names = [profile.name for profile in some(120)]

    assert len(names) == len(set(names))


def test_zones_exist_and_nine_locales_occur() -> None:
    wants = [Want("free", language) for language in ("en", "it", "ko", "ja")] * 30
    people = draw_customers(PACK, "world", wants, on=ON)

    assert {profile.customer.persona.zone for profile in people} <= available_timezones()
    assert {profile.locale for profile in people} == set(LOCALES)


def test_a_name_is_in_latin_letters_when_the_ticket_is_english() -> None:
    abroad = [one(Want("free", "en", non_native=True), place) for place in range(80)]
    asian = [profile for profile in abroad if profile.locale in {"ko_KR", "ja_JP"}]

    assert asian
    assert all(profile.customer.first_name.isascii() for profile in asian)
    assert not any(profile.native_name.isascii() for profile in asian)


def test_a_name_keeps_its_script_when_the_ticket_is_in_that_language() -> None:
    korean = one(Want("free", "ko"))

    assert not korean.customer.first_name.isascii()
    assert korean.customer.persona.zone == "Asia/Seoul"


def test_limits_of_the_plan_hold() -> None:
    want = Want("premium", "en", tones=("terse",), skill=(2, 2), patience=(0.8, 0.9))
    people = [one(want, place) for place in range(30)]

    assert {profile.customer.plan for profile in people} == {"premium"}
    assert {profile.customer.persona.tone for profile in people} == {"terse"}
    assert {profile.customer.persona.skill for profile in people} == {2}
    assert all(0.8 <= profile.customer.persona.patience <= 0.9 for profile in people)


def test_records_follow_the_kinds_of_the_pack() -> None:
    for profile in some(30):
        kinds = [record.kind for record in profile.customer.records]
        assert kinds.count("account") == 1
        assert 1 <= kinds.count("site") <= 3
        assert 2 <= kinds.count("payment") <= 5


def test_records_belong_to_a_record_of_the_kind_above() -> None:
    for profile in some(30):
        by_id = {record.id: record for record in profile.customer.records}
        orders = [record for record in by_id.values() if record.kind == "order"]
        assert {by_id[order.parent or ""].kind for order in orders} == {"site"}


def test_a_customer_s_site_stands_on_their_own_domain() -> None:
    for profile in some(30):
        records = profile.customer.records
        site = next(record for record in records if record.kind == "site")
        domain = next(record for record in records if record.kind == "domain")
        assert site.fields["domain"] == domain.fields["name"] == profile.domains[0]


def test_the_account_is_on_the_customer_s_plan() -> None:
    for profile in some(30):
        assert profile.customer.records[0].fields["plan"] == profile.customer.plan


def test_money_and_dates_are_drawn_within_their_span() -> None:
    today = date.fromisoformat(ON)
    for profile in some(30):
        for record in profile.customer.records:
            if record.kind == "payment":
                amount, paid_on = record.fields["amount"], record.fields["paid_on"]
                assert isinstance(amount, int)
                assert 900 <= amount <= 14400
                assert 1 <= (today - date.fromisoformat(str(paid_on))).days <= 300


def test_about_one_in_ten_writes_in_lower_case_and_half_drop_the_end_mark() -> None:
    people = [profile.customer.persona for profile in some(600)]

    assert 0.05 <= sum(one.lower_case for one in people) / 600 <= 0.15
    assert 0.40 <= sum(one.drops_end_mark for one in people) / 600 <= 0.56


def test_romanised_hangul_reads_as_spoken() -> None:
    assert romanised("영희") == "Yeonghui"
    assert romanised("서울") == "Seoul"


def test_a_slug_keeps_letters_without_their_marks() -> None:
    assert slug("Élodie & Söhne Straße") == "elodie-sohne-strasse"


def test_an_unknown_locale_is_refused() -> None:
    with pytest.raises(KeyError):
        pool_of("xx_XX")
