"""Words the engine itself must know in a language: negation, requests, kindness, small talk."""

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Language:
    """Patterns of one language; `breaks` part clauses that a negation does not reach across."""

    negation: re.Pattern[str]
    not_negation: re.Pattern[str]
    breaks: re.Pattern[str]
    request: re.Pattern[str]
    empathy: re.Pattern[str]
    small_talk: tuple[str, ...]
    articles: tuple[str, ...]
    sign_off: re.Pattern[str]
    quoted_after: re.Pattern[str]


_SOURCES: dict[str, dict[str, str]] = {
    "en": {
        "negation": r"\bnever\b|\b(?:do|does|should|must|need|would|will|did)(?: not|n'?t)\b"
        r"|\bdont\b|\bavoid\w*|\bwithout\b|\binstead of\b|\brather than\b|\bnot to\b|\bno need to\b"
        r"|\bno one\b|\bnobody\b|\brefrain\b|\bplease not\b",
        "not_negation": r"\b(?:do not|don'?t|dont|never) (?:hesitate|worry|forget|mind|be afraid)\b"
        r"|\bwhy (?:do not|don'?t|dont)\b|\bnot only\b",
        "breaks": r"[,;:()]|\s[-–—]\s|\b(?:but|so|then|because|therefore|otherwise|please)\b",
        "request": r"\?|^(?:what|which|when|where|who|how|why|did|do|does|have|has|can|could"
        r"|would|are|is|was|were|will|any)\b|\b(?:please|can you|could you|would you"
        r"|tell (?:me|us)|let (?:me|us) know|send|share|confirm|check|provide|need to know"
        r"|i need|we need|may i|may we)\b",
        "empathy": r"\b(?:sorry|apologi[sz]e|apologies|understand(?:able)?|i can imagine|i see how"
        r"|must be (?:hard|frustrating|annoying|stressful|worrying)|frustrating|that is urgent"
        r"|thank you for (?:your patience|telling|explaining|writing)|i would feel)\b",
        "sign_off": r"(?:(?:kind|best|warm|many)[\w ]*)?(?:regards|wishes|sincerely|cheers|thanks"
        r"|greetings|yours|all the best|best)[\w ]*[,.!]?",
        "quoted_after": r"^(?:on .{5,120} wrote:|-+ ?original message ?-+|from: .+@.+)",
        "articles": "a an the my your some",
    },
    "it": {
        "negation": r"\bmai\b|\bnon\b|\bevit\w+|\bsenza\b|\binvece di\b|\banziché\b"
        r"|\bpiuttosto che\b",
        "not_negation": r"\bnon (?:esit\w+|si preoccup\w+|ti preoccup\w+|dimentic\w+)\b"
        r"|\bnon solo\b|\bperché non\b",
        "breaks": r"[,;:()]|\s[-–—]\s|\b(?:ma|quindi|allora|perché|perciò|altrimenti)\b",
        "request": r"\?|^(?:che|cosa|quale|quali|quando|dove|chi|come|perché|ha|hai|può|puoi"
        r"|potrebbe|è|sono)\b|\b(?:per favore|per cortesia|mi dica|mi dici|mi faccia sapere"
        r"|fammi sapere|può|puoi|potrebbe|mandi|invii|controlli|confermi|mi serve|ci serve"
        r"|avrei bisogno)\b",
        "empathy": r"\b(?:mi dispiace|ci dispiace|scusi|scusa|mi scuso|ci scusiamo|capisco"
        r"|comprendo|immagino|grazie per (?:la pazienza|averci|aver))",
        "sign_off": r"(?:cordiali saluti|un saluto|saluti|a presto|grazie|buona giornata)"
        r"[\w ]*[,.!]?",
        "quoted_after": r"^(?:il .{5,120} ha scritto:|-+ ?messaggio originale ?-+|da: .+@.+)",
        "articles": "un uno una il lo la i gli le l' un'",
    },
    "ko": {
        "negation": r"절대|지 ?마|하지 ?말|지 ?않|대신|없이|안 ?됩|안 ?돼",
        "not_negation": r"걱정하지 ?마|주저하지 ?마|망설이지 ?마",
        "breaks": r"[,;:()]|그러나|하지만|그래서|그러니|그런데",
        "request": r"\?|까요|나요|주세요|주시|주십시오|무엇|언제|어디|누가|어떻게|왜|알려|부탁",
        "empathy": r"죄송|미안|불편을|이해합니다|이해해요|감사|걱정되|답답하",
        "sign_off": r"(?:감사합니다|고맙습니다|안녕히)[\w ]*[,.!]?",
        "quoted_after": r"^(?:.{5,120}님이 작성:|-+ ?원본 메시지 ?-+)",
        "articles": "",
    },
}

# What support replies say besides: a line nearer to these than to a scenario's is no hit.
_SMALL_TALK = {
    "en": (
        "Thank you for contacting us.",
        "Thank you for writing to us about this.",
        "I am sorry for the trouble this causes you.",
        "I understand how frustrating this must be.",
        "I am happy to help you with that.",
        "Have a nice day.",
        "I will look into this and come back to you.",
        "I have checked your account and everything looks fine.",
        "Is there anything else I can help you with?",
        "Thank you, that helps.",
        "Please let me know if you have further questions.",
        "I hope this helps.",
    ),
    "it": (
        "Grazie per averci scritto.",
        "Grazie per averci contattato.",
        "Mi dispiace per il disagio.",
        "Capisco quanto sia frustrante.",
        "Sarò felice di aiutarla.",
        "Buona giornata.",
        "Controllo e le faccio sapere.",
        "Ho controllato il suo account e sembra tutto a posto.",
        "Posso aiutarla in altro?",
        "Grazie, mi è utile.",
        "Resto a disposizione per altre domande.",
        "Spero di esserle stato utile.",
    ),
    "ko": (
        "문의해 주셔서 감사합니다.",
        "불편을 드려 죄송합니다.",
        "얼마나 답답하실지 이해합니다.",
        "기꺼이 도와드리겠습니다.",
        "좋은 하루 보내세요.",
        "확인 후 다시 연락드리겠습니다.",
        "더 궁금한 점이 있으신가요?",
        "도움이 되었기를 바랍니다.",
    ),
}


@lru_cache(maxsize=8)
def language_of(code: str) -> Language:
    """Return what the engine knows of a language; English for one it does not know."""
    source = _SOURCES.get(code, _SOURCES["en"])
    flags = re.IGNORECASE
    return Language(
        negation=re.compile(source["negation"], flags),
        not_negation=re.compile(source["not_negation"], flags),
        breaks=re.compile(source["breaks"], flags),
        request=re.compile(source["request"], flags),
        empathy=re.compile(source["empathy"], flags),
        small_talk=_SMALL_TALK.get(code, _SMALL_TALK["en"]),
        articles=tuple(source["articles"].split()),
        sign_off=re.compile(source["sign_off"], flags),
        quoted_after=re.compile(source["quoted_after"], flags),
    )


def is_negated(language: Language, sentence: str, end: int) -> bool:
    """Return whether what ends at `end` is advised against.

    Only the words of its own clause count, from the last break before it. A break right after
    the negation ("never, ever, …", "never, under any circumstances, …") does not shield it.
    """
    before = language.not_negation.sub(lambda found: "~" * len(found[0]), sentence[:end])
    negations = list(language.negation.finditer(before))
    if not negations:
        return False
    last = negations[-1]
    gap = before[last.end() :]
    inner = language.breaks.search(gap)
    if inner is None:
        return True
    return not gap[: inner.start()].strip() and gap.count(",") > 1


def is_request(language: Language, sentence: str) -> bool:
    """Return whether a sentence asks for something: the gate against mere statements."""
    return language.request.search(sentence) is not None
