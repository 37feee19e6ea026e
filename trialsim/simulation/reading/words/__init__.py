"""What the engine itself must know in each language, by language code."""

from typing import Final

from trialsim.simulation.reading.words.english import ENGLISH
from trialsim.simulation.reading.words.italian import ITALIAN
from trialsim.simulation.reading.words.korean import KOREAN
from trialsim.simulation.reading.words.shape import Words

WORDS: Final[dict[str, Words]] = {"en": ENGLISH, "it": ITALIAN, "ko": KOREAN}
