"""The inbox's tables, by noun."""

from trialsim.inbox.models.case import Case, ComingTurn, DeskAct, TurnKind
from trialsim.inbox.models.customer import Customer
from trialsim.inbox.models.flag import FlagKind, FlagRuling, TicketFlag
from trialsim.inbox.models.message import Draft, DraftKind, Message, MessageKind
from trialsim.inbox.models.overrule import Overrule, OverruleKind
from trialsim.inbox.models.rung import ChannelRung
from trialsim.inbox.models.ticket import Ticket
from trialsim.inbox.states import Channel, Status

__all__ = [
    "Case",
    "Channel",
    "ChannelRung",
    "ComingTurn",
    "Customer",
    "DeskAct",
    "Draft",
    "DraftKind",
    "FlagKind",
    "FlagRuling",
    "Message",
    "MessageKind",
    "Overrule",
    "OverruleKind",
    "Status",
    "Ticket",
    "TicketFlag",
    "TurnKind",
]
