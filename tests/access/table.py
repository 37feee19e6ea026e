"""What every role is told by every route: one row a route, the answers in the order of ROLES.

A row's `own` are answers about things of one's own circle. The same route asked about a thing of
strangers must answer as if there were none: 404, and the same for one that does not exist. Only
the manager, who manages both circles, gets the own answer there too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.factories.world import Side

# Refused first, so that whoever may act acts last.
ROLES = ("outsider", "committee", "other", "manager", "mentor", "own")
PEOPLE = {
    "outsider": "zed",
    "committee": "hana",
    "other": "noor",
    "manager": "olu",
    "mentor": "mina",
    "own": "cem",
}
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Row:
    """One method of one route, with a form that could be sent, and who is told what.

    `signed_out` is the answer without signing in. Without an object nobody can ask about
    strangers' things.
    """

    method: str
    rule: str
    path: str
    own: Mapping[str, int]
    form: Mapping[str, str] = field(default_factory=dict)
    signed_out: int = 303
    has_object: bool = True

    def address(self, side: Side) -> str:
        """The path about one side's things."""
        names = {name: getattr(side, name) for name in Side.__dataclass_fields__}
        return self.path.format(**names)


def _answers(text: str) -> dict[str, int]:
    return dict(zip(ROLES, (int(one) for one in text.split()), strict=True))


def _get(rule: str, answers: str, path: str = "", signed_out: int = 303) -> Row:
    path = path or rule
    return Row("GET", rule, path, _answers(answers), signed_out=signed_out, has_object="{" in path)


def _post(
    rule: str,
    answers: str,
    path: str = "",
    form: Mapping[str, str] | None = None,
    signed_out: int = 401,
) -> Row:
    path = path or rule
    return Row("POST", rule, path, _answers(answers), form or {}, signed_out, "{" in path)


NOBODY = "404 404 404 404 404 404"
ALL = "200 200 200 200 200 200"
MANAGER = "404 404 404 200 404 404"
OWN_PAGE = "404 404 404 404 404 200"
CANDIDATES = "404 404 200 404 404 200"
TOKEN = "tokentokentokentokentoken"  # noqa: S105 (opens nothing)
MESSAGE = {"kind": "public", "reply": "A whole reply.", "status": "pending", "note": ""}
RULES = {
    "length_days": "28", "training_days": "3", "window_days": "42", "cap_hours_week": "20",
    "contacts_per_hour": "1.2", "reviews_a_week": "10", "pass_line": "80", "votes_needed": "3",
    "conversations_to_open": "4", "decision_working_days": "5", "currency": "EUR",
    "second_percent": "15", "other_mentor_percent": "50", "ready_percent": "80",
    "forum": "25", "email": "40", "chat": "30", "call": "5", "paid": "1", "rate": "24.00",
    "has_committee": "1",
}  # fmt: skip
BALLOT = {
    "choice": "yes",
    "reason": "Finds the cause.",
    "evidence": "measure-ramp",
    "confidence": "4",
}

READING = (
    _get("/livez", ALL, signed_out=200),
    _get("/healthz", ALL, signed_out=200),
    _get("/sign-in", "303 303 303 303 303 303", signed_out=200),
    _get("/password-resets", ALL, signed_out=200),
    _get("/password-resets/<token:token>", NOBODY, f"/password-resets/{TOKEN}", 404),
    _get("/invitations/<token:token>", NOBODY, f"/invitations/{TOKEN}", 404),
    _get("/static/app-<_version>.css", ALL, "/static/app-0.css", 200),
    _get("/static/<_version>/<path:name>", ALL, "/static/0/js/app.js", 200),
    _get("/", "200 303 303 303 303 303"),
    _get("/account", ALL),
    _get("/measures", ALL),
    _get("/measured", ALL),
    _get("/programmes", MANAGER),
    _get("/programmes/new", MANAGER),
    _get("/programmes/<pid:pid>", MANAGER, "/programmes/{programme}"),
    _get("/outbox", MANAGER),
    _get("/packs", MANAGER),
    _get("/packs/<slug:key>", NOBODY, "/packs/0000"),
    _get("/packs/<slug:key>/overrules", NOBODY, "/packs/0000/overrules"),
    _get("/flags", MANAGER),
    _get("/packs/<slug:key>/scenarios/<slug:scenario>", NOBODY, "/packs/0000/scenarios/no"),
    _get("/cohorts/today", "200 404 404 200 303 404"),
    _get("/cohorts/<pid:pid>", "404 404 404 200 200 404", "/cohorts/{cohort}"),
    _get("/cohorts/<pid:pid>/people", MANAGER, "/cohorts/{cohort}/people"),
    _get("/cohorts/<pid:pid>/closing", MANAGER, "/cohorts/{cohort}/closing"),
    _get("/trial", CANDIDATES),
    _get("/desk", CANDIDATES),
    _get("/chats", CANDIDATES),
    _get("/chats/live", CANDIDATES),
    _get("/forum", CANDIDATES),
    _get("/calls", CANDIDATES),
    _get("/calls/live", CANDIDATES),
    _get("/calls/<pid:public_id>", NOBODY, "/calls/{ticket}"),
    _get("/calls/<pid:public_id>/live", NOBODY, "/calls/{ticket}/live"),
    _get("/desk/<slug:view>", CANDIDATES, "/desk/pending"),
    _get("/desk/<slug:view>/next", "404 404 303 404 404 303", "/desk/reply/next"),
    _get("/desk/<slug:view>/selection", CANDIDATES, "/desk/reply/selection"),
    _get("/views/new", CANDIDATES),
    _get("/help", CANDIDATES),
    _get("/help/<slug:kind>/<slug:document>", CANDIDATES, "/help/policies/refunds"),
    _get("/tickets/<pid:public_id>", "404 404 404 200 200 200", "/tickets/{ticket}"),
    _get(
        "/tickets/<pid:public_id>/overrules",
        "404 404 404 200 403 404",
        "/tickets/{ticket}/overrules",
    ),
    _get(
        "/tickets/<pid:public_id>/merge/<pid:other>",
        OWN_PAGE,
        "/tickets/{newer}/merge/{ticket}",
    ),
    _get(
        "/tickets/<pid:public_id>/split/<pid:message>",
        NOBODY,
        "/tickets/{ticket}/split/m_222222222222",
    ),
    _get("/tickets/<pid:public_id>/problem", OWN_PAGE, "/tickets/{ticket}/problem"),
    _get(
        "/tickets/<pid:public_id>/history", "404 404 404 200 200 200", "/tickets/{ticket}/history"
    ),
    _get("/trials/<pid:public_id>/skips", "404 404 404 200 200 404", "/trials/{trial}/skips"),
    _get("/tickets/<pid:public_id>/saved-replies", OWN_PAGE, "/tickets/{ticket}/saved-replies"),
    _get("/saved-replies", CANDIDATES),
    _get("/saved-replies/<pid:saved_id>", NOBODY, "/saved-replies/sr_222222222222"),
    _get("/files/<pid:file>", NOBODY, "/files/f_222222222222"),
    _get("/looks/<pid:look_id>", NOBODY, "/looks/lk_222222222222"),
    _get(
        "/trials/<pid:pid>/room/tickets/<pid:ticket>",
        "404 404 404 200 200 200",
        "/trials/{trial}/room/tickets/{ticket}",
    ),
    _get("/room", "404 404 303 404 404 303"),
    _get("/asked", "404 404 404 404 200 404"),
    _get("/channel", "404 404 303 404 303 303"),
    _get("/room/choices", "404 404 200 404 200 200"),
    _get("/cohorts/<pid:pid>/channel", "404 404 200 200 200 200", "/cohorts/{cohort}/channel"),
    _get("/trials/<pid:pid>/overnight", "404 404 404 200 200 200", "/trials/{trial}/overnight"),
    _get("/trials/<pid:pid>/room", "404 404 404 200 200 200", "/trials/{trial}/room"),
    _get("/hours", "404 404 303 404 404 303"),
    _get("/trials/<pid:pid>/hours", "404 404 404 200 200 200", "/trials/{trial}/hours"),
    _get("/trials/<pid:pid>/hours/new", "404 404 404 403 403 200", "/trials/{trial}/hours/new"),
    _get(
        "/trials/<pid:pid>/hours/<pid:block>",
        "404 404 404 403 403 404",
        "/trials/{trial}/hours/te_222222222222",
    ),
    _get("/trials/<pid:pid>/pay", "404 404 404 200 404 200", "/trials/{trial}/pay"),
    _get("/cohorts/<pid:pid>/pay", MANAGER, "/cohorts/{cohort}/pay"),
    _get("/cohorts/<pid:pid>/pay.csv", MANAGER, "/cohorts/{cohort}/pay.csv"),
    _get("/trials/<pid:pid>/care", "404 404 404 403 404 200", "/trials/{trial}/care"),
    _get("/trials/<pid:pid>/leaving", "404 404 404 403 403 200", "/trials/{trial}/leaving"),
    _get("/cohorts/<pid:pid>/accommodations", MANAGER, "/cohorts/{cohort}/accommodations"),
    _get("/trials/<pid:pid>/terms", "404 404 404 403 403 200", "/trials/{trial}/terms"),
    _get("/trials/<pid:pid>/live", "404 404 404 200 200 403", "/trials/{trial}/live"),
    _get("/trials/<pid:pid>/quiz", "404 404 404 403 403 200", "/trials/{trial}/quiz"),
    _get("/trials/<pid:pid>/quiz/<int:number>", NOBODY, "/trials/{trial}/quiz/9"),
    _get("/trials/<pid:pid>/channels", "404 404 404 200 200 403", "/trials/{trial}/channels"),
    _get("/trials/<pid:pid>/progress", "404 404 404 200 200 404", "/trials/{trial}/progress"),
    _get("/trials/<pid:pid>/statement", "404 404 404 200 200 404", "/trials/{trial}/statement"),
    _get("/reviews", "404 404 404 404 200 404"),
    _get("/reviews/<pid:public_id>", "404 404 404 404 200 404", "/reviews/{review}"),
    _get("/feedback", CANDIDATES),
    _get("/feedback/<pid:public_id>", OWN_PAGE, "/feedback/{feedback}"),
    _get("/packets", "404 200 404 200 404 404"),
    _get("/packets/<pid:pid>", "404 200 404 200 404 404", "/packets/{packet}"),
    _get(
        "/packets/<pid:pid>/conversations",
        "404 200 404 200 404 404",
        "/packets/{packet}/conversations",
    ),
    _get(
        "/packets/<pid:pid>/conversations/<pid:ticket>",
        "404 200 404 200 404 404",
        "/packets/{packet}/conversations/{conversation}",
    ),
    _get("/trials/<pid:pid>/half-way", "404 404 404 200 200 200", "/trials/{trial}/half-way"),
    _get("/trials/<pid:pid>/check-ins", "404 404 404 200 200 200", "/trials/{trial}/check-ins"),
    _get("/trials/<pid:pid>/rating", OWN_PAGE, "/trials/{trial}/rating"),
    _get(
        "/trials/<pid:pid>/closing-statement",
        "404 404 404 200 404 200",
        "/trials/{trial}/closing-statement",
    ),
    _get("/packets/<pid:pid>/words", "404 200 404 200 404 404", "/packets/{packet}/words"),
    _get("/letters", "404 404 200 404 404 200"),
    _get("/letters/<pid:pid>", "404 404 404 200 404 200", "/letters/{letter}"),
)

_TICKET = "/tickets/<pid:public_id>"
_TRIAL = "/trials/<pid:pid>"
_PACKET = "/packets/<pid:pid>"
_COHORT = "/cohorts/<pid:pid>"
_WRITERS = "404 404 404 404 404 303"

WRITING = (
    _post("/sign-in", "422 422 422 422 422 422", form={"email": "a@b.example"}, signed_out=422),
    _post("/password-resets", "422 422 422 422 422 422", form={"email": "no"}, signed_out=422),
    _post("/password-resets/<token:token>", NOBODY, f"/password-resets/{TOKEN}", signed_out=404),
    _post("/invitations/<token:token>", NOBODY, f"/invitations/{TOKEN}", signed_out=404),
    _post("/demo/clock", NOBODY, form={"by": "hour"}),
    _post("/demo/people/<pid:person_id>", NOBODY, "/demo/people/{member}", signed_out=404),
    _post("/account/preferences", "303 303 303 303 303 303", form={"zone": "UTC"}),
    _post("/account/export", ALL),
    _post(f"{_TRIAL}/terms", "404 404 404 403 403 422", "/trials/{trial}/terms"),
    _post(
        f"{_TRIAL}/live", "404 404 404 409 409 403", "/trials/{trial}/live", {"reason": "Ready."}
    ),
    _post(
        f"{_TRIAL}/live/day",
        "404 404 404 409 409 403",
        "/trials/{trial}/live/day",
        {"reason": "One more."},
    ),
    _post(f"{_TRIAL}/quiz", "404 404 404 403 403 409", "/trials/{trial}/quiz", {"q0": "1"}),
    _post(
        f"{_TRIAL}/first-days/<slug:step>",
        "404 404 404 403 403 409",
        "/trials/{trial}/first-days/policies",
        {"done": "yes"},
    ),
    _post(
        f"{_TRIAL}/channels",
        "404 404 404 409 409 403",
        "/trials/{trial}/channels",
        {"rung": "one_chat", "reason": "Calm by email."},
    ),
    _post("/chats/taking", "404 404 303 404 404 303", form={"takes": "no"}),
    _post(
        "/chats/<pid:public_id>/messages",
        "404 404 404 404 404 409",
        "/chats/{ticket}/messages",
        MESSAGE,
    ),
    _post("/chats/<pid:public_id>/email", "404 404 404 404 404 409", "/chats/{ticket}/email"),
    _post("/chats/<pid:public_id>/ending", "404 404 404 404 404 409", "/chats/{ticket}/ending"),
    _post("/calls/taking", "404 404 303 404 404 303", form={"takes": "no"}),
    _post("/calls/<pid:public_id>/words", NOBODY, "/calls/{ticket}/words", MESSAGE),
    _post("/calls/<pid:public_id>/notes", NOBODY, "/calls/{ticket}/notes", MESSAGE),
    _post("/calls/<pid:public_id>/hold", NOBODY, "/calls/{ticket}/hold"),
    _post("/calls/<pid:public_id>/ending", NOBODY, "/calls/{ticket}/ending"),
    _post("/calls/<pid:public_id>/follow-up", NOBODY, "/calls/{ticket}/follow-up"),
    _post("/forum/<pid:public_id>/answer", "404 404 404 404 404 409", "/forum/{ticket}/answer"),
    _post(
        "/forum/<pid:public_id>/board",
        "404 404 404 404 404 409",
        "/forum/{ticket}/board",
        {"board": "ideas"},
    ),
    _post(
        f"{_TRIAL}/clock", "404 404 404 403 403 303", "/trials/{trial}/clock", {"kind": "tickets"}
    ),
    _post(f"{_TRIAL}/hours/new", "404 404 404 403 403 422", "/trials/{trial}/hours/new"),
    _post(
        f"{_TRIAL}/hours/<pid:block>",
        "404 404 404 403 403 404",
        "/trials/{trial}/hours/te_222222222222",
    ),
    _post(
        f"{_TRIAL}/hours/weeks/<int:number>",
        "404 404 404 403 403 409",
        "/trials/{trial}/hours/weeks/9",
    ),
    _post(f"{_TRIAL}/pauses", "404 404 404 403 404 422", "/trials/{trial}/pauses"),
    _post(f"{_TRIAL}/pauses/end", "404 404 404 403 404 422", "/trials/{trial}/pauses/end"),
    _post(
        f"{_TRIAL}/announced-hours", "404 404 404 403 404 422", "/trials/{trial}/announced-hours"
    ),
    _post(f"{_TRIAL}/dropped-day", "404 404 404 403 404 422", "/trials/{trial}/dropped-day"),
    _post(
        f"{_TRIAL}/accommodations",
        "404 404 404 403 404 303",
        "/trials/{trial}/accommodations",
        {"words": "More time to write."},
    ),
    _post(f"{_TRIAL}/leaving", "404 404 404 403 403 422", "/trials/{trial}/leaving"),
    _post("/accommodations/<pid:pid>", NOBODY, "/accommodations/ac_222222222222"),
    _post(f"{_COHORT}/pay", "404 404 404 409 404 404", "/cohorts/{cohort}/pay"),
    _post(f"{_TICKET}/hints", NOBODY, "/tickets/{ticket}/hints"),
    _post(f"{_TICKET}/drafts", "404 404 404 404 404 200", "/tickets/{ticket}/drafts", MESSAGE),
    _post(f"{_TICKET}/preview", "404 404 404 404 404 200", "/tickets/{ticket}/preview", MESSAGE),
    _post(f"{_TICKET}/macros", "404 404 404 404 404 200", "/tickets/{ticket}/macros", MESSAGE),
    _post(
        f"{_TICKET}/actions",
        _WRITERS,
        "/tickets/{ticket}/actions",
        {"action": "no", "record": "no"},
    ),
    _post(f"{_TICKET}/messages", _WRITERS, "/tickets/{ticket}/messages", MESSAGE),
    _post(
        f"{_TICKET}/outgoing/<pid:reply>/undo",
        "404 404 404 404 404 409",
        "/tickets/{ticket}/outgoing/og_222222222222/undo",
    ),
    _post(f"{_TICKET}/files", _WRITERS, "/tickets/{ticket}/files", MESSAGE),
    _post(
        f"{_TICKET}/files/<pid:file>/removal",
        NOBODY,
        "/tickets/{ticket}/files/f_222222222222/removal",
    ),
    _post(f"{_TICKET}/remarks", "404 404 404 404 404 200", "/tickets/{ticket}/remarks", MESSAGE),
    _post(
        f"{_TICKET}/looks", _WRITERS, "/tickets/{ticket}/looks", {**MESSAGE, "look_question": ""}
    ),
    _post("/looks/<pid:look_id>", NOBODY, "/looks/lk_222222222222", {"verdict": "send"}),
    _post(f"{_TICKET}/saved-replies", _WRITERS, "/tickets/{ticket}/saved-replies", MESSAGE),
    _post(
        f"{_TICKET}/saved-replies/uses",
        _WRITERS,
        "/tickets/{ticket}/saved-replies/uses",
        {"saved": "hello_first_question"},
    ),
    _post(
        "/saved-replies",
        "404 404 303 404 404 303",
        form={"name": "Refunds/Made", "body": "Hello there,", "status": ""},
    ),
    _post("/saved-replies/<pid:saved_id>", NOBODY, "/saved-replies/sr_222222222222"),
    _post(
        "/saved-replies/<pid:saved_id>/removal", NOBODY, "/saved-replies/sr_222222222222/removal"
    ),
    _post("/desk/choices", "404 404 303 404 404 303", form={"after": "next"}),
    _post(
        "/desk/<slug:view>/selection",
        "404 404 422 404 404 422",
        "/desk/reply/selection",
    ),
    _post("/desk/<slug:view>/changes", "404 404 303 404 404 303", "/desk/reply/changes"),
    _post("/views", "404 404 422 404 404 422", form={"name": "Mine", "conditions": "words"}),
    _post("/views/<slug:key>/deletion", NOBODY, "/views/my-none/deletion"),
    _post(
        f"{_TICKET}/details",
        _WRITERS,
        "/tickets/{ticket}/details",
        {"priority": "high", "type": "question", "tag": "refund"},
    ),
    _post(f"{_TICKET}/snooze", _WRITERS, "/tickets/{ticket}/snooze", {"preset": "hour"}),
    _post(f"{_TICKET}/snooze/end", _WRITERS, "/tickets/{ticket}/snooze/end"),
    _post(f"{_TICKET}/tab", _WRITERS, "/tickets/{ticket}/tab"),
    _post(f"{_TICKET}/tab/end", _WRITERS, "/tickets/{ticket}/tab/end"),
    _post(f"{_TICKET}/skip", _WRITERS, "/tickets/{ticket}/skip", {"reason": "Not mine"}),
    _post(
        f"{_TICKET}/split/<pid:message>",
        NOBODY,
        "/tickets/{ticket}/split/m_222222222222",
        {"subject": "Another"},
    ),
    _post(
        f"{_TICKET}/problem",
        "404 404 404 404 404 422",
        "/tickets/{ticket}/problem",
        {"number": "99999"},
    ),
    _post(f"{_TICKET}/problem/end", _WRITERS, "/tickets/{ticket}/problem/end"),
    _post(
        f"{_TICKET}/problem/update",
        "404 404 404 404 404 422",
        "/tickets/{ticket}/problem/update",
        {"body": "We are on it.", "status": "hold"},
    ),
    _post(f"{_TICKET}/status", _WRITERS, "/tickets/{ticket}/status", {"status": "hold"}),
    _post(
        f"{_TICKET}/escalation",
        _WRITERS,
        "/tickets/{ticket}/escalation",
        {"team": "engineers", "reason": "Slow", "handover": "Please look."},
    ),
    _post(f"{_TICKET}/overrules", "404 404 404 422 403 404", "/tickets/{ticket}/overrules"),
    _post(
        f"{_TICKET}/overrules/outcome",
        "404 404 404 303 403 404",
        "/tickets/{ticket}/overrules/outcome",
        {"outcome": "50", "reason": "Half of it was right."},
    ),
    _post(
        f"{_TICKET}/overrules/<pid:overrule_id>/withdrawal",
        "404 404 404 404 403 404",
        "/tickets/{ticket}/overrules/ov_222222222222/withdrawal",
    ),
    _post(
        f"{_TICKET}/flag",
        _WRITERS,
        "/tickets/{ticket}/flag",
        {"flag_kind": "unfair", "flag_reason": "The records contradict it."},
    ),
    _post(
        f"{_TICKET}/flag/ruling",
        "404 404 404 303 404 404",
        "/tickets/{ticket}/flag/ruling",
        {"ruling": "stays", "reason": "They agree on a second look."},
    ),
    _post(f"{_TICKET}/merge/<pid:other>", _WRITERS, "/tickets/{newer}/merge/{ticket}"),
    _post(f"{_TICKET}/merge/undo", _WRITERS, "/tickets/{newer}/merge/undo"),
    _post(
        f"{_TRIAL}/room/posts",
        "404 404 404 403 303 303",
        "/trials/{trial}/room/posts",
        {"kind": "message", "body": "Hello."},
    ),
    _post(
        f"{_TRIAL}/room/questions/<pid:question>/answers",
        "404 404 404 403 303 403",
        "/trials/{trial}/room/questions/{question}/answers",
        {"body": "Five days."},
    ),
    _post(
        f"{_TRIAL}/room/updates",
        "404 404 404 403 403 409",
        "/trials/{trial}/room/updates",
        {"done": "All", "coming": "More"},
    ),
    _post(
        f"{_TRIAL}/room/reflections",
        "404 404 404 403 403 303",
        "/trials/{trial}/room/reflections",
        {"well": "Calm replies", "coming": "Shorter ones"},
    ),
    _post(
        "/cohorts/<pid:pid>/channel/posts",
        "404 404 303 303 303 422",  # the other candidate has taken the name by then
        "/cohorts/{cohort}/channel/posts",
        {"body": "Hello all.", "shown_as": "Fern"},
    ),
    _post("/room/choices", "404 404 303 404 303 303", form={"digest": "daily"}),
    _post(
        f"{_TRIAL}/room/hand-overs",
        "404 404 404 403 403 303",
        "/trials/{trial}/room/hand-overs",
        {"body": "Two wait."},
    ),
    _post(f"{_TRIAL}/clock/out", "404 404 404 403 403 303", "/trials/{trial}/clock/out"),
    _post("/feedback/<pid:public_id>/reading", _WRITERS, "/feedback/{feedback}/reading"),
    _post(
        "/reviews/<pid:public_id>/draft",
        "404 404 404 404 200 404",
        "/reviews/{review}/draft",
        {"version": "2"},
    ),
    _post(
        "/reviews/<pid:public_id>",
        "404 404 404 404 303 404",
        "/reviews/{review}",
        {"version": "2", "do": "save"},
    ),
    _post(
        "/reviews/<pid:public_id>/skip",
        "404 404 404 404 303 404",
        "/reviews/{review}/skip",
        {"reason": "I know them."},
    ),
    _post(
        f"{_TRIAL}/statement",
        "404 404 404 403 422 404",
        "/trials/{trial}/statement",
        {"recommendation": "yes"},
    ),
    _post(
        f"{_TRIAL}/half-way",
        "404 404 404 403 409 403",
        "/trials/{trial}/half-way",
        {"strength_1": "Calm.", "do": "save"},
    ),
    _post(
        f"{_TRIAL}/check-ins",
        "404 404 404 403 303 403",
        "/trials/{trial}/check-ins",
        {"agreed": "Ask earlier."},
    ),
    _post(
        f"{_TRIAL}/closing-statement",
        "404 404 404 403 404 409",
        "/trials/{trial}/closing-statement",
        {"body": "I learned to look first."},
    ),
    _post(
        f"{_TRIAL}/rating",
        _WRITERS,
        "/trials/{trial}/rating",
        {"week": "1", "score": "4", "words": "Clear rules."},
    ),
    _post(f"{_PACKET}/votes", "404 303 404 404 404 404", "/packets/{packet}/votes", BALLOT),
    _post(
        f"{_PACKET}/decision",
        "404 409 404 403 404 404",
        "/packets/{packet}/decision",
        {"outcome": "hire", "reasons": "Good.", "evidence": "measure-ramp"},
    ),
    _post(
        f"{_PACKET}/seconding",
        "404 409 404 403 404 404",
        "/packets/{packet}/seconding",
        {"version": "1"},
    ),
    _post(
        f"{_PACKET}/letter",
        "404 403 404 409 404 404",
        "/packets/{packet}/letter",
        {"strengths": "Calm.", "gaps": "Slow."},
    ),
    _post(
        f"{_PACKET}/stepping-aside", "404 303 404 404 404 404", "/packets/{packet}/stepping-aside"
    ),
    _post("/programmes/new", "404 404 404 422 404 404", form=RULES),
    _post("/programmes/preview", MANAGER, form=RULES),
    _post("/packs", "404 404 404 422 404 404"),
    _post(
        "/programmes/<pid:pid>/cohorts",
        "404 404 404 303 404 404",
        "/programmes/{programme}/cohorts",
        {"cohort_name": "May", "starts_on": "2026-05-04"},
    ),
    _post(
        f"{_COHORT}/members",
        "404 404 404 422 404 404",
        "/cohorts/{cohort}/members",
        {"email": "new@example.org", "role": "king"},
    ),
    _post(f"{_COHORT}/start", "404 404 404 409 404 404", "/cohorts/{cohort}/start"),
    _post(
        f"{_COHORT}/members/<pid:member>/end",
        "404 404 404 303 404 404",
        "/cohorts/{cohort}/members/{member}/end",
    ),
    _post(f"{_COHORT}/packets", "404 404 404 409 404 404", "/cohorts/{cohort}/packets"),
    _post(f"{_COHORT}/closing", "404 404 404 303 404 404", "/cohorts/{cohort}/closing"),
    _post("/account/sessions", "303 303 303 303 303 303"),
    _post("/sign-out", "303 303 303 303 303 303", signed_out=303),
)
# These need a conversation by its id in the form, so the thing stands in no path.
PICKING = Row(
    "POST",
    "/reviews",
    "/reviews",
    _answers("404 404 404 403 303 403"),
    {"ticket": "{ticket}", "reason": "Interesting"},
    401,
)
ROWS = (*READING, PICKING, *WRITING)
