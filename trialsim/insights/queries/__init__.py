"""Reading: observations for the measures, frozen measures, and pages."""

from trialsim.insights.queries.snapshots import latest, trial_measures

__all__ = ["latest", "trial_measures"]
