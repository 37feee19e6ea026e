"""The end: the month closes, packets are sealed, three people vote, two decide, a letter goes."""

from tests.browser.month.beginning import letters_to
from tests.browser.month.story import Month
from tests.browser.person import Someone


def manager_ends_the_month(month: Month) -> None:
    """Press the button once the days are over."""
    olu = month.manager
    olu.opens(f"/cohorts/{month.cohort}/closing")
    olu.presses("End the month")
    olu.looks()
    assert "March cohort: please write your statements" in letters_to(month, "mina")


def manager_seals(month: Month) -> None:
    """Seal the packet."""
    olu = month.manager
    olu.opens(f"/cohorts/{month.cohort}/closing")
    olu.presses("Seal the packets")
    olu.looks()


def committee_votes(month: Month) -> None:
    """Read and vote, one after the other; nobody sees a vote before the last one is in."""
    earlier: list[str] = []
    for place, member in enumerate(month.committee):
        _reads_enough(month, member)
        member.looks()
        for reason in earlier:
            assert reason not in member.page.content()
        reason = f"Named the cause before answering, says {member.name}."
        _votes(member, reason)
        member.looks()
        is_last = place == len(month.committee) - 1
        assert all((one in member.page.content()) is is_last for one in earlier)
        earlier.append(reason)


def committee_decides(month: Month) -> None:
    """One proposes, another seconds."""
    hana, ravi, _ = month.committee
    hana.opens(f"/packets/{month.packet}")
    form = hana.page.get_by_role("form", name="Propose a decision")
    form.get_by_role("radio").first.check()
    hana.writes("Reasons", "Finds causes before answering.", form)
    form.get_by_role("checkbox").first.check()
    hana.presses("Propose", form)
    hana.looks()
    ravi.opens(f"/packets/{month.packet}")
    ravi.presses("Second this")
    ravi.reads("Decided.")
    ravi.looks()


def manager_writes_the_letter(month: Month) -> None:
    """Send the candidate the decision."""
    olu = month.manager
    olu.opens(f"/packets/{month.packet}")
    form = olu.page.get_by_role("form", name="Letter")
    olu.writes("What was strong", "Calm and exact.", form)
    olu.writes("What was missing, or comes next", "Say by when.", form)
    for box in form.get_by_role("checkbox").all():
        box.check()
    olu.presses("Send the letter", form)
    olu.reads("The letter is on its way")
    olu.looks()
    olu.opens(f"/cohorts/{month.cohort}/closing")
    olu.opens("/outbox")


def candidate_reads_the_letter(month: Month) -> None:
    """Find the decision and its reasons."""
    cem = month.candidate
    assert letters_to(month, "cem")[-1]
    cem.opens("/letters")
    cem.follows("March cohort", exact=False)
    cem.reads("Finds causes before answering.")
    cem.reads("Calm and exact.")
    cem.opens("/trial")


def _reads_enough(month: Month, member: Someone) -> None:
    member.opens("/packets")
    member.follows("Candidate K1")
    month.packet = member.page.url.rpartition("/")[2]
    member.opens(f"/packets/{month.packet}/conversations")
    rows = member.page.get_by_role("main").locator("td a")
    links = [str(one.get_attribute("href")) for one in rows.all()]
    for link in links:
        member.opens(link)
    member.opens(f"/packets/{month.packet}")


def _votes(member: Someone, reason: str) -> None:
    form = member.page.get_by_role("form", name="Your vote")
    form.get_by_role("radio", name="Yes", exact=False).first.check()
    member.writes("Your reason", reason, form)
    form.get_by_role("checkbox").first.check()
    form.get_by_role("radio", name="4", exact=True).check()
    member.presses("Cast my vote", form)
    member.reads("Your vote is in")
