"""Pure decisions of the committee: what a packet holds, who may vote, when it is decided."""
