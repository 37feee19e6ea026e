"""A small company with three scenarios, as files: what the engine's tests play with."""

# ruff: noqa: E501 (the files of a pack keep their long lines)

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from trialsim.simulation import customer, desk, world
from trialsim.simulation.library import parse_pack
from trialsim.simulation.types import (
    CaseState,
    Decision,
    Form,
    Pack,
    Persona,
    Record,
    Reply,
    Rules,
    Value,
)

STEADY = Rules(mood_sd=0.0)

PACK = """
id = "harbour"
name = "Harbour Sites"
version = 1
currency = "EUR"
languages = ["en", "it"]
tiers = { free = "forum", personal = "email", premium = "chat", enterprise = "call" }
teams = ["billing", "security", "platform"]
anchors = ["checkout-plugin-conflict"]

[kinds.account]
fields.plan = { type = "choice", values = ["free", "personal", "premium", "enterprise"] }
fields.writer_is_owner = { type = "bool", default = true, shown = false }
fields.verified = { type = "bool", default = false }

[kinds.site]
belongs_to = "account"
each = [1, 3]
fields.domain = { type = "text", draw = "domain" }
fields.addons = { type = "list", default = [], shown = "inspect_site" }
fields.checkout = { type = "choice", values = ["none", "working", "broken"], shown = "inspect_site" }
fields.content = { type = "choice", values = ["kept", "erased"], default = "kept" }

[kinds.payment]
belongs_to = "account"
each = [1, 6]
fields.amount = { type = "money", draw = [900, 9600] }
fields.paid_on = { type = "date", draw = ["-300d", "-1d"] }
fields.state = { type = "choice", values = ["paid", "refunded"], default = "paid" }

[actions.inspect_site]
label = "Look into the site"
on = "site"
tells = "Add-ons and checkout are now shown."

[actions.erase_site]
label = "Erase the site"
on = "site"
set = { content = "erased" }
tells = "Everything is gone."

[actions.bring_back]
label = "Bring the content back"
on = "site"
set = { content = "kept" }
tells = "It is back."

[actions.verify_owner]
label = "Send a code to the owner"
on = "account"
outcomes = [
  { when = { writer_is_owner = true }, set = { verified = true }, tells = "The writer typed the code." },
  { tells = "No code came back." },
]

[actions.refund]
label = "Refund a payment"
on = "payment"
params.reason = { type = "choice", values = ["charged twice", "changed mind", "goodwill"] }
requires = { state = "paid" }
set = { state = "refunded" }
tells = "Refunded: {reason}."

[policies.refunds.owner_only]
guards = ["refund"]
needs = ["verify_owner"]
rule = "need"

[policies.refunds.late]
guards = ["refund"]
when = { paid_on = { days_ago_at_least = 15 } }
rule = "refuse"

[policies.refunds.charged_twice]
guards = ["refund"]
params = { reason = "charged twice" }
rule = "allow"
overrides = ["refunds.late"]

[policies.security.never_ask_secrets]
rule = "refuse"
critical = true
"""

PHRASES = """
greeting = ["Hello,"]
sign_off = ["Thank you"]
vague = ["Nothing special."]
as_i_wrote = ["As I wrote:"]
one_thing = ["One thing at a time, please."]
not_sure = ["I am not sure what you mean."]
nudge = ["Is there any news?"]
thanks = ["That worked, thank you."]
manager = ["I want to speak to your manager."]
giving_up = ["I give up."]
reopened = ["It is still there."]
late = ["That took long."]
context = ["I look after this alone."]
impact = ["Orders wait."]
ask = ["Can you help?"]
"""

CHECKOUT = r"""
id = "checkout-plugin-conflict"
version = 1
family = "checkout-stuck"
area = "checkout"
languages = ["en"]
par_minutes = { email = 11, chat = 14, forum = 12 }
channels = { email = 0.6, chat = 0.3, forum = 0.1 }
difficulty = { prior = 0.4, sd = 0.5 }
articles = ["checkout-does-not-finish"]
policies = ["security.never_ask_secrets"]
subject = ["Nobody can pay", "Checkout stuck on {shop}"]

[opening]
symptom = [
  "nobody can pay in my shop {shop} {since}. The button just spins.",
  "checkout is broken on {shop}: people get stuck on the last step {since}.",
  "{since} the payment page of {shop} [never finishes|hangs], whatever card they use.",
  "customers tell me they press Pay and [nothing happens|it loads for ever].",
  "I tried to buy from my own shop and the order never [goes through|completes].",
  "orders at {shop} stopped {since}, the wheel on the pay button keeps turning.",
]

[slots]
shop = { faker = "company" }
culprit = ["a caching add-on", "a security add-on", "a cookie banner"]
since = ["since yesterday evening", "since the weekend", "for two days"]

[world]
site = { addons = ["a contact form", "{culprit}"], checkout = "broken" }

[goal]
world = { site = { checkout = "working" } }
points = ["conflict_test"]
forbidden = [{ site = { content = "erased" } }]

[facts.recent_change]
asks = ["Did you change anything recently?", "Were any add-ons updated before this began?", "What was the last thing you installed?", "Has anything been added to the site lately?"]
pattern = '\b(recent\w*|lately|before this|last)\b.*\b(chang|updat|install|add)|\b(chang|updat|install|add)\w*\b.*\b(recent|lately|before)'
answers = ["Now that you ask, I installed {culprit}.", "Yes, {culprit}, the same day.", "Only {culprit}, but that worked at first."]
needs_trust = -0.3
found_by = "inspect_site"

[facts.browser]
asks = ["Which browser do you use?", "What browser are you on?", "Is it the same in another browser?", "Can you name your browser?"]
pattern = '\bbrowsers?\b'
answers = ["The one that came with it.", "Firefox, I think.", "The usual one on the laptop."]

[facts.error_text]
asks = ["What does the error say?", "Is there any error message?", "Do you see an error?", "Could you copy the error for me?"]
pattern = '\berrors?\b'
answers = ["There is none.", "No error at all.", "It says nothing."]

[facts.how_many]
asks = ["Does it happen to all customers?", "Is every customer affected?", "How many customers see it?", "Do all customers see this?"]
pattern = '\bcustomers?\b'
answers = ["All of them.", "Every one so far.", "Everybody who wrote to me."]

[points.conflict_test]
weight = 3
after = ["recent_change"]
says = ["Please deactivate {culprit} and try the checkout again.", "Switch the add-ons off one by one and test.", "Run a conflict test with a default theme.", "Turn the add-ons off on a staging copy."]
pattern = '\b(deactivat|disabl)\w*\b.*\b(add-?ons?|plugins?|{culprit})|\b(switch|turn)\w*\b.*\b(add-?ons?|plugins?|{culprit})\b.*\boff\b|\bconflict test\b'
effect = { site = { checkout = "working" } }

[points.next_step]
weight = 1
says = ["Write to me with what you see and I will look at it with you.", "Tell me whether the order goes through then.", "Let me know if the checkout works after that.", "If it still hangs, reply here and I will take over."]
pattern = '\b(let me know|tell me|write to me|reply here)\b.*\b(if|whether|what|and)\b|\breply here\b'

[traps.asks_password]
harm = 3
policy = "security.never_ask_secrets"
says = ["Send me your password.", "Share your admin login and card number.", "Tell me the password of your account.", "Please give us your card number and the cvv."]
pattern = '\b(send|share|give|tell)\b.*\b(password|card number|cvv)\b'

[change]
after_turn = 1
says = ["Actually, forget the checkout, please explain the add-ons."]
goal = { points = ["next_step"] }

[reference]
replies = [
  "Hello, a shop that cannot take money is urgent, so let us find it today. Has anything been added to the site lately?",
  "Thank you, that helps. Please deactivate {culprit} and try the checkout again. Let me know if it works after that, and I will stay on it until it does.",
]
harmful = { asks_password = "Send me your password and I will have a look." }
"""

REFUND = r"""
id = "refund-too-late"
version = 1
family = "money-back"
area = "billing"
flags = ["refund_outside_policy", "refusal"]
par_minutes = { email = 8 }
channels = { email = 1.0 }
policies = ["refunds.late", "refunds.charged_twice"]
subject = ["My money back"]

[opening]
symptom = ["I want {amount} back.", "please return {amount}.", "give me {amount} back, please.", "refund me {amount}.", "I would like {amount} returned.", "can I have my {amount} back?"]

[slots]
amount = { money = [1200, 1200] }
bought = { days_ago = [40, 40] }

[world]
payment = { amount = "{amount}", paid_on = "{bought}" }
other = { kind = "payment", amount = 900, paid_on = "-3d" }

[goal]
world = { payment = { state = "paid" } }
points = ["kind_no"]

[facts.why]
asks = ["Why would you like it back?", "What is the reason?", "May I ask the reason?", "For what reason?"]
pattern = '\bwhy\b|\breason\b'
answers = ["I do not need it.", "I stopped using it.", "It was a mistake."]

[points.kind_no]
weight = 2
says = ["I cannot refund this payment of {amount}.", "A refund is not possible after fourteen days.", "We cannot return it any more.", "I am afraid I can't refund it."]
pattern = "(can('|no)t|not possible).*"

[traps.promise]
harm = 1
policy = "refunds.late"
says = ["I will refund you today.", "You will get your refund.", "Your refund is on its way.", "The refund comes tomorrow."]
pattern = '\b(will|your) (refund|get your refund)\b|\brefund (is on|comes)\b'

[reference]
replies = ["Thank you for asking. Why would you like it back?", "I cannot refund this payment of {amount}, it is from {bought}."]
harmful = { promise = "Your refund is on its way." }
"""

FAULT = r"""
id = "counting-fault"
version = 2
family = "figures-wrong"
area = "bugs"
languages = ["en", "it"]
flags = ["escalation"]
par_minutes = { email = 10 }
channels = { email = 1.0 }
subject = ["Wrong figures"]

[opening]
symptom = ["the figures are wrong.", "my visits doubled.", "the counter lies.", "the statistics jumped.", "there are too many visits.", "the numbers cannot be right."]

[slots]
day = ["Monday", "Thursday"]

[facts.since]
asks = ["Since when do you see it?", "When did it begin?", "On which day did it start?", "Since which day?"]
pattern = '\bwhen\b|\bwhich day\b'
answers = ["Since {day}.", "It began on {day}.", "{day} was the first time."]

[points.passed_on]
weight = 1
says = ["I have passed it on to our platform team.", "I passed this on to platform.", "It is passed on to the team.", "I have passed your case on."]
pattern = '\bpassed\b.*\bon\b'

[escalation]
to = ["platform"]
facts = ["since"]

[goal]
points = ["passed_on"]

[reference]
replies = [
  "Thank you for writing. On which day did it start?",
  { text = "I have passed it on to our platform team.", actions = [{ escalate = "platform", note = "Visits count twice since {day}." }] },
]
"""

FAULT_IT = r"""
subject = ["Numeri sbagliati"]

[opening]
symptom = ["i numeri sono sbagliati.", "le visite sono raddoppiate.", "il contatore mente.", "le statistiche sono saltate.", "ci sono troppe visite.", "i numeri non tornano."]

[slots]
day = ["lunedì", "giovedì"]

[facts.since]
asks = ["Da quando lo vede?", "Quando è cominciato?", "Da quale giorno?", "In quale giorno è cominciato?"]
pattern = '\bquando\b|\bquale giorno\b'
answers = ["Da {day}.", "È cominciato {day}.", "{day} la prima volta."]

[points.passed_on]
says = ["Ho passato il caso alla squadra della piattaforma.", "Ho passato tutto ai colleghi.", "Il caso è passato ai colleghi.", "L'ho passato a loro."]
pattern = '\bpassato\b'

[reference]
replies = ["Grazie per averci scritto. Da quale giorno?", "Ho passato il caso alla squadra della piattaforma."]
"""

FILES: Mapping[str, str] = {
    "pack.toml": PACK,
    "phrases.toml": PHRASES,
    "phrases.it.toml": PHRASES,
    "scenarios/checkout-plugin-conflict.toml": CHECKOUT,
    "scenarios/refund-too-late.toml": REFUND,
    "scenarios/counting-fault.toml": FAULT,
    "scenarios/counting-fault.it.toml": FAULT_IT,
    "articles/checkout-does-not-finish.md": "# Checkout does not finish\nLook at the add-ons.\n",
    "policies/refunds.md": "# Refunds\n\n## Owners {#owner_only}\n\n## Late {#late}\n\n"
    "## Twice {#charged_twice}\n",
    "policies/security.md": "# Security\n\n## Secrets {#never_ask_secrets}\n",
}

SLOTS: Mapping[str, Mapping[str, str | int]] = {
    "checkout-plugin-conflict": {
        "shop": "Larkfield Tools",
        "culprit": "a caching add-on",
        "since": "since the weekend",
    },
    "refund-too-late": {"amount": 1200, "bought": "2026-01-20"},
    "counting-fault": {"day": "Monday"},
}


def files(**changes: str) -> dict[str, str]:
    """Return the files with some replaced: `pack_toml="…"` stands for pack.toml."""
    by_key = {path.replace("/", "_").replace(".", "_").replace("-", "_"): path for path in FILES}
    return {**FILES, **{by_key[key]: text for key, text in changes.items()}}


@lru_cache
def harbour() -> Pack:
    return parse_pack(FILES)


def a_form(scenario: str = "checkout-plugin-conflict", **changes: Any) -> Form:  # noqa: ANN401 (fields of a dataclass)
    values: dict[str, Any] = {
        "pack": harbour(),
        "scenario": harbour().scenarios[scenario],
        "persona": Persona(first_name="Ana"),
        "slots": SLOTS[scenario],
        "language": "en",
        "channel": "chat",
        "seed": 7,
        "key": "ticket-1",
        "opened_on": "2026-03-02",
    }
    return Form(**{**values, **changes})


class Desk:
    """One ticket being worked on: state and records move with every step."""

    def __init__(self, form: Form | None = None, records: tuple[Record, ...] = ()) -> None:
        self.form = form or a_form()
        self.case: CaseState
        self.case, self.records = world.open_case(self.form, records, STEADY)
        self.said: list[str] = []

    def reply(self, text: str, **changes: Any) -> Decision:  # noqa: ANN401 (fields of a dataclass)
        decision = customer.receive(
            self.form, self.case, self.records, Reply(text, **changes), STEADY
        )
        self.case = decision.case
        if decision.turn is not None:
            self.case, self.records = customer.arrive(
                self.form, self.case, self.records, decision.turn
            )
            self.said.append(decision.turn.body)
        return decision

    def act(self, action: str, on: str, **params: Value) -> desk.ActResult:
        done = desk.act(
            self.form,
            self.case,
            self.records,
            desk.Act(action, self.case.names[on], params, "2026-03-02T10:00:00+00:00"),
        )
        self.case, self.records = done.case, done.records
        return done

    def field(self, name: str, field: str) -> Value:
        record = next(one for one in self.records if one.id == self.case.names[name])
        return record.fields[field]
