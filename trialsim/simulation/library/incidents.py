"""`[incident]` in `pack.toml`: the one day on which something of the company's own fails."""

from trialsim.simulation.library.tables import Table
from trialsim.simulation.types import Incident


def read_incident(table: Table) -> Incident | None:
    """Return the pack's incident; None where it has none."""
    if "incident" not in table:
        return None
    part = table.table("incident")
    incident = Incident(
        title=part.text("title"),
        ordinary=part.texts("ordinary"),
        enterprise=part.text("enterprise"),
        press=part.text("press"),
        first=part.text("first"),
        truth=part.text("truth"),
        hours=part.pair("hours", (2.0, 8.0)),
    )
    if not incident.ordinary:
        part.fault("ordinary", "is missing: name one or two scenarios that many customers write")
    part.close()
    return incident
