"""What the engine knows of Italian."""

from typing import Final

from trialsim.simulation.reading.words.chat import ITALIAN_SPELLINGS
from trialsim.simulation.reading.words.shape import NOTHING, Words, either, opening, words

_ASKED = "dirm|mandarm|inviarm|controllar|verificar|confermarm|indicarm|spiegarm"

ITALIAN: Final = Words(
    negation=words(
        "mai",
        "non",
        r"evit\w+",
        "senza",
        "invece di",
        "anziché",
        "(?:piuttosto|anzi) che",
        r"al posto d\w+",
        r"nessun\w*",
        "neanche|nemmeno|né",
        "(?:lasci|lascia|lasciate) (?:stare|perdere)",
    ),
    not_negation=words(
        r"non (?:si |ti |vi )?(?:esit|preoccup|dimentic)\w+",
        "non (?:abbia|abbiate|aver|avere) (?:paura|timore)",
        "non (?:solo|appena|ché|vedo l'ora)|nonché",
        "perché non",
        r"se (?:\w+ ){0,3}non",
        "(?:quanto|come|se) mai",
        "senz'altro|senza (?:dubbio|problemi)",
    ),
    warning=words(
        r"sconsigli\w+|vietat\w+|proibit\w+|inutile|diffid\w+|ignor\w+",
        "guai a|attenzione a|si guardi|guardatevi|occhio a",
        r"(?:pericolos|rischios|imprudent)\w+|un (?:errore|rischio|peccato)",
        r"se (?:qualcuno|uno|una mail|un messaggio)|chi (?:le|ti|vi) chied\w+|chiunque",
        r"truff\w+|phishing|malintenzionat\w+",
        "in nessun caso|per nessun motivo|mai e poi mai|nulla di vero|niente",
    ),
    negation_after=NOTHING,
    warning_after=words(
        "non|mai",
        r"non (?:è|sono|sarà|sarebbe) (?:\w+ )?(?:necessari\w+|(?:una )?buona idea|il caso"
        r"|consigli\w+|prudente|sicur\w+|nostr\w+)",
        "non (?:serve|servono|occorre|conviene|va|vanno|si deve|ce n'è)",
        r"è (?:sconsigli\w+|inutile|vietat\w+|da evitare|rischios\w+|un (?:errore|rischio)"
        r"|pericolos\w+)",
    ),
    breaks=either(
        r"[,;:()]",
        r"\s[-–—]\s",
        words(
            "ma|però|quindi|allora|perché|perciò|altrimenti",
            "invece(?! di)|piuttosto(?! che)",
            "per favore|per cortesia",
        ),
    ),
    request=either(
        r"\?",
        opening(
            r"che|cosa|quale|quali|quando|dove|chi|come|perché|quant\w+",
            "hai|avete|ha (?!ragione)|c'è|ci sono|devo|posso",
            "può|puoi|potete|potrebbe|potresti|potreste|riesce|riesci|riuscite",
            r"vuole|vuoi|volete|vorrebbe|preferisc\w+|preferite",
        ),
        words(
            "per favore|per cortesia|per piacere|cortesemente|gentilmente",
            "mi dica|mi dice|mi dici|dimmi|ditemi|mi dite|ci dica",
            r"fa\w*mi sapere|(?:mi|ci) facci\w+ sapere|fateci sapere",
            rf"(?:può|puoi) (?:{_ASKED})\w+|(?:mi|ci) (?:può|puoi|potete|sa|sai)",
            "potrebbe|potresti|potreste",
            r"mandi|mandami|mandatemi|mi mand\w+|invii|inviami|inviatemi|mi invi\w+",
            r"controll[ia]\w*|verific[ah]\w*|conferm[ia]\w*|mi indic\w+|mi scriv\w+|scrivimi",
            "(?:mi|ci) (?:serve|servono|occorre|occorrono)|avrei bisogno|ho bisogno di",
            r"(?:vorrei|dovrei|devo) (?:sapere|capire)|mi spieg\w+",
            "provi|prova|provate",
        ),
    ),
    empathy=words(
        "(?:mi|ci) (?:dispiace|spiace|rincresce)",
        r"sono (?:davvero |molto )?(?:spiacent\w+|desolat\w+)",
        r"scusi|scusa|scusate|(?:mi|ci) scus\w+",
        "capisco|capiamo|comprendo|comprendiamo|comprensibile",
        "immagino|posso immaginare",
        "grazie (?:mille )?(?:per|di|della) (?:la )?pazienza",
        "grazie (?:mille )?(?:per|di) (?:averci|aver|averlo|avermi|la segnalazione)",
    ),
    harsh=words(
        "non è (?:un )?(?:problema|affare|compito) (?:mio|nostro)",
        "non sono (?:affari|problemi) (?:miei|nostri)",
        r"(?:si sbrighi|sbrigati|si calmi|calmati|la smetta|smettila|smetta di)",
        r"idiota|idioti|cretin\w+|imbecill\w+|stupidaggin\w+",
        "(?:impari|imparate) a leggere|non sa(?:pete)? leggere",
        "(?:come )?(?:gliel'|ve l'|le )(?:ho|abbiamo) già (?:detto|spiegato)",
        "quante volte (?:devo|dobbiamo)",
        "non (?:me ne|ce ne) importa|a nessuno importa",
        "che cosa si aspettava|cosa si aspettava",
        "(?<!non )è (?:tutta )?colpa sua",
    ),
    sign_off=(
        r"(?:(?:cordiali|distinti|cari|tanti) )?(?:saluti|cordialmente)(?: e grazie)?[,.!]?"
        r"|(?:un )?(?:caro |cordiale )?saluto[,.!]?"
        r"|grazie(?: mille| ancora| e saluti| in anticipo)?[,.!]?"
        r"|(?:a presto|buona (?:giornata|serata)|ciao|un abbraccio)[,.!]?"
    ),
    answering=opening("sì", "no", "non ancora", "solo", "tutto", "giusto", "(?:ora|adesso) che"),
    quoted_after=(
        r"^(?:il(?: giorno)? .{5,160} ha scritto:$|-+ ?messaggio (?:originale|inoltrato) ?-+)"
    ),
    spellings=ITALIAN_SPELLINGS,
    articles=("un", "uno", "una", "il", "lo", "la", "i", "gli", "le", "l'", "un'"),
    small_talk=(
        "Grazie per averci scritto.",
        "Grazie per averci contattato.",
        "Grazie della pazienza e delle informazioni.",
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
        "Le scrivo appena ho novità.",
    ),
)
