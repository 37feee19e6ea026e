"""Words of a hand-over note: what points ahead, and what any note on any ticket may say."""

from collections.abc import Mapping
from typing import Final

# What is next, for whom, or under which condition. One hit is enough.
NEXT: Final[Mapping[str, str]] = {
    "en": (
        r"\b(?:next|please|pls|then|until|once|when(?:ever)?|if|after that|afterwards|tomorrow|"
        r"tonight|later|will|needs?|to do|todo|should|must|has to|have to|still to|waits? for|"
        r"waiting for|remains?|follow[- ]?up|let (?:him|her|them) know|by (?:mon|tues|wednes|"
        r"thurs|fri|satur|sun)day|(?:^|[.;:] ?)(?:ask|check|tell|send|refund|close|call|write|"
        r"answer|confirm|escalate|keep|remind|greet|look|try|restore|resend|do not|don't))\b"
    ),
    "it": (
        r"\b(?:poi|prossim\w+|quando|appena|se|finché|fino a|domani|stasera|più tardi|dopo|deve|"
        r"devono|bisogna|serve|resta|rimane|manca|da fare|aspett\w+|attend\w+|in attesa|per "
        r"favore|chied\w+|controll\w+|verific\w+|scriv\w+|rispond\w+|mand\w+|inviare|chiud\w+)\b"
    ),
    "ko": (
        r"(?:다음|그다음|이후|내일|오늘 밤|나중에|하면|되면|오면|주면|까지|해야|해 ?주세요|주세요|"
        r"부탁|필요|예정|기다리|대기|남았|남아|확인 ?후|할 것)"
    ),
}

_SHARED = """
about above again already also always another answer answered answers anything because been
before being below both came check checked checking close closed come comes conversation could
customer customers date does doing done each else email even ever every everything find first
found from further give given goes going good great have having hello help helped here himself
hour hours information into issue just keep know known last later least left like little long
look looked looking made mail make many maybe message might minute minutes more most much must
need needed needs never next nobody note nothing only open other over part people please point
problem question queue read reply right said same says seems send sent settle should simply
since some somebody someone something soon still such sure take team tell than thank thanks that
their them then there they thing things this those ticket tickets time today told tomorrow
trouble true until very wait waited waiting waits want wanted wants well were what when where
which while will with without work works would write writes written wrote year yesterday your
yours

adesso alla alle altra altre altri altro anche ancora appena attesa bene buongiorno caso chiede
chiedere chiesto ciao cliente clienti come con controllare cosa così cui dalla dalle dato degli
della delle dello detto dire domani dopo dove essere fare fatto forse gentile già grazie
guardare hanno loro mentre messaggio mille molto nella nelle niente nostra nostro ogni oggi ora
ordine perché però poi possibile posso prima problema prossimo puoi quale qualcosa quando quanto
quella quello questa questi questo qui quindi richiesta risponde risponda rispondere risposta
risposto salve sarà scritto scrive sempre senza serve solo sono sotto stato sulla tempo tutte
tutti tutto verificare volta vuole

고객 고객님 고객이 그것 그리고 그런데 문제 문의 내용 답변 답장 티켓 확인 오늘 내일
어제 지금 다시 아직 먼저 안내 기다 대기 요청 부탁 감사 안녕 안녕하세요 때문 그래서
우리 저희 이것 저것 모두 처리 상태 메일 이메일 질문
"""
# Words that any note and any conversation share: they tell nobody anything about one ticket.
COMMON: Final[frozenset[str]] = frozenset(_SHARED.split())
