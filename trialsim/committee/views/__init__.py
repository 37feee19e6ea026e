"""Pages of the committee, of mentors' statements and of candidates' letters."""

from trialsim.committee.views import letters, packets

blueprint = packets.blueprint

__all__ = ["blueprint", "letters", "packets"]
