"""How people type in haste, written out: patterns and lines need only know one form.

Digits stand for words only among words that leave no doubt: "want me 2 look", never "2 cards".
"""

from typing import Final

_SHORT: Final = {
    "u": "you",
    "ur": "your",
    "urself": "yourself",
    "yr": "your",
    "r": "are",
    "pls|plz|plse": "please",
    "thx|thnx|tx|ty": "thanks",
    "sry|srry": "sorry",
    "b4": "before",
    "til|till": "until",
    "thru": "through",
    "tho": "though",
    "n": "and",
    "w/|w": "with",
    "w/o|wo": "without",
    "cuz|coz|cos|bc": "because",
    "tmrw|tmr|2moro|tomoz": "tomorrow",
    "smth|smthg|sth": "something",
    "sum1|some1": "someone",
    "any1": "anyone",
    "every1": "everyone",
    "ppl": "people",
    "msg": "message",
    "acct|acc": "account",
    "pw|pwd|pass": "password",
    "pic": "picture",
    "pics": "pictures",
    "fone": "phone",
    "addy": "address",
    "diff": "different",
    "prob|probs": "probably",
    "def|defo": "definitely",
    "jus": "just",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "have to",
    "gimme": "give me",
    "lemme": "let me",
    "lmk": "let me know",
    "hmu": "write to me",
    "idk": "I don't know",
    "dunno": "don't know",
    "dw": "don't worry",
    "nah|nope": "no",
    "k|kk": "ok",
    "can not": "cannot",
    "2fa": "second step",
    "dont": "don't",
    "doesnt": "doesn't",
    "didnt": "didn't",
    "cant": "can't",
    "couldnt": "couldn't",
    "wont": "won't",
    "wouldnt": "wouldn't",
    "shouldnt": "shouldn't",
    "isnt": "isn't",
    "arent": "aren't",
    "wasnt": "wasn't",
    "havent": "haven't",
    "hasnt": "hasn't",
    "neednt": "needn't",
    "ive|i've": "I have",
    "uve|youve|you've": "you have",
    "weve|we've": "we have",
    "theyve": "they have",
    "i'm|im": "I am",
    "youre|you're": "you are",
    "theyre|they're": "they are",
    "ill|i'll": "I will",
    "youll|ull|you'll": "you will",
    "itll|it'll": "it will",
    "theyll|they'll": "they will",
    "we'll": "we will",
    "thats|that's": "that is",
    "whats|what's": "what is",
    "wheres|where's": "where is",
    "whos|who's": "who is",
    "heres|here's": "here is",
    "theres|there's": "there is",
}
# A digit is a word after these, or before those.
_TO_AFTER: Final = (
    "want|wants|need|needs|have|has|going|able|try|how|where|used|like|up|me|you|him|her|us|them"
    "|it|that|this|back|over|due|go|goes"
)
_FOR_BEFORE: Final = "you|u|your|ur|me|us|him|her|them|it|that|this|the|my|our|now|free|sure"

_SHORT_ITALIAN: Final = {
    "nn": "non",
    "x": "per",
    "xké|xke|xchè|xche|perche|perchè|pk": "perché",
    "cmq": "comunque",
    "qlcs|qlc": "qualcosa",
    "qnd": "quando",
    "ke": "che",
    "anke": "anche",
    "tt": "tutto",
    "gg": "giorni",
    "msg": "messaggio",
    "pw": "password",
}


def _each(shorts: dict[str, str]) -> dict[str, str]:
    return {short: spelled for many, spelled in shorts.items() for short in many.split("|")}


SPELLINGS: Final[dict[str, str]] = _each(_SHORT)
ITALIAN_SPELLINGS: Final[dict[str, str]] = _each(_SHORT_ITALIAN)
DIGITS: Final[tuple[tuple[str, str], ...]] = (
    (rf"(\b(?:{_TO_AFTER})) 2(?= [a-z])", r"\1 to"),
    (rf"\b4(?= (?:{_FOR_BEFORE})\b)", "for"),
)
