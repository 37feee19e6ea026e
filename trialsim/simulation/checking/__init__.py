"""Whether a pack that parses is a good one: every rule for authors, each fault with its fix."""

from trialsim.simulation.checking.banks import check_bank, check_company
from trialsim.simulation.checking.lines import Clock, check_texts
from trialsim.simulation.checking.pairs import check_pairs
from trialsim.simulation.checking.references import check_goal, check_reference
from trialsim.simulation.types import Fault, Pack, Scenario


def check_pack(pack: Pack, clock: Clock | None = None) -> tuple[Fault, ...]:
    """Return every fault and warning: the company, scenarios, those that come together, the bank.

    With a clock (seconds, such as `time.thread_time`) each pattern is also timed on hostile
    texts. An empty tuple means that nothing is wrong.
    """
    faults = list(check_company(pack))
    faulty = set()
    for scenario in pack.scenarios.values():
        found = check_scenario(pack, scenario, clock)
        if not all(fault.warning for fault in found):
            faulty.add(scenario.id)
        faults.extend(found)
    for scenario in pack.scenarios.values():
        faults.extend(check_pairs(pack, scenario, without=faulty))
    faults.extend(check_bank(pack))
    return tuple(faults)


def check_scenario(pack: Pack, scenario: Scenario, clock: Clock | None = None) -> tuple[Fault, ...]:
    """Return the faults of one scenario; its reference is played unless the rest is wrong."""
    faults = [*check_goal(pack, scenario), *check_texts(pack, scenario, clock)]
    if all(fault.warning for fault in faults):
        faults.extend(check_reference(pack, scenario))
    return tuple(faults)
