"""Rating the scenarios of a pack for its authors, around faults of others."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from trialsim.kit.errors import Invalid
from trialsim.simulation.figures.rates import ScenarioRate, rate_scenario, talks_of
from trialsim.simulation.library import parse_pack
from trialsim.simulation.types import Fault, Pack, PackInvalid


def readable_pack(
    files: Mapping[str, str], wanted: Sequence[str] = ()
) -> tuple[Pack, tuple[Fault, ...]]:
    """Return the pack without the scenarios that cannot be read, and the faults of those.

    Raises:
        PackInvalid: When anything else is wrong, or with a scenario that is wanted.
    """
    try:
        return parse_pack(files), ()
    except PackInvalid as error:
        faults = error.faults
    broken = {_scenario_of(fault.file) for fault in faults}
    if "" in broken or broken & set(wanted):
        raise PackInvalid(faults)
    kept = {name: text for name, text in files.items() if _scenario_of(name) not in broken}
    return parse_pack(kept), faults


def _scenario_of(file: str) -> str:
    """Return the scenario a file belongs to; empty for another file."""
    folder, _, name = file.partition("/")
    return name.split(".", 1)[0] if folder == "scenarios" else ""


def rated(
    pack: Pack, wanted: Sequence[str], *, seed: int, forms: int, told: Callable[[str], None]
) -> Iterator[ScenarioRate]:
    """Yield the figures of the wanted scenarios, of all when none is named.

    Raises:
        Invalid: for a scenario that the pack does not have.
    """
    for name in wanted:
        if name not in pack.scenarios:
            raise Invalid(f"{pack.name} has no scenario called {name}.")
    talks = {
        language: talks_of(pack, seed, language)
        for language in {one.languages[0] for one in pack.scenarios.values()}
    }
    for name in wanted or sorted(pack.scenarios):
        scenario = pack.scenarios[name]
        yield rate_scenario(pack, scenario, seed, forms, talks[scenario.languages[0]])
        told(name)
