"""The inbox's tables, by noun."""

from trialsim.inbox.models.attachment import Attachment, FilePlace
from trialsim.inbox.models.case import Case, ComingTurn, DeskAct, TurnKind
from trialsim.inbox.models.customer import Customer
from trialsim.inbox.models.flag import FlagKind, FlagRuling, TicketFlag
from trialsim.inbox.models.look import Look, Verdict
from trialsim.inbox.models.message import Draft, DraftKind, Message, MessageKind
from trialsim.inbox.models.outgoing import Outgoing
from trialsim.inbox.models.overrule import Overrule, OverruleKind
from trialsim.inbox.models.rung import ChannelRung
from trialsim.inbox.models.saved_reply import SavedReply
from trialsim.inbox.models.skip import Skip
from trialsim.inbox.models.ticket import Ticket
from trialsim.inbox.states import Channel, FileKind, Kind, Priority, Status

__all__ = [
    "Attachment",
    "Case",
    "Channel",
    "ChannelRung",
    "ComingTurn",
    "Customer",
    "DeskAct",
    "Draft",
    "DraftKind",
    "FileKind",
    "FilePlace",
    "FlagKind",
    "FlagRuling",
    "Kind",
    "Look",
    "Message",
    "MessageKind",
    "Outgoing",
    "Overrule",
    "OverruleKind",
    "Priority",
    "SavedReply",
    "Skip",
    "Status",
    "Ticket",
    "TicketFlag",
    "TurnKind",
    "Verdict",
]
