"""A drawn portrait for a call: simple shapes in paper colours, the same for the same person.

No photograph, and nobody's looks are guessed: a name, a language or a place moves nothing here.
"""

from dataclasses import dataclass

from trialsim.kit.streams import stream

_FACES = ("#b9c7d6", "#c9bfdc", "#b7d0c2", "#d9cdb4", "#d8bfc4", "#b4cdd3")
_HAIRS = ("#2f4858", "#4d3f5e", "#3f5a49", "#5f4b3c", "#6a3f4c", "#8a8f98")
_TOPS = ("#a8583c", "#3f7a68", "#7a5f99", "#b18a3a", "#4a708f", "#8f4f66")
_WALLS = ("#1d3038", "#262a3d", "#22332c", "#352c2c")
# Outlines of hair over a head of 136 by 170 around 480, 240.
_HAIR_SHAPES = (
    "M404 236c-6-84 34-122 76-122s82 38 76 122c-14-52-38-66-76-66s-62 14-76 66Z",
    "M398 262c-16-110 32-154 82-154s98 44 82 154l-16 6c2-66-20-94-66-94s-68 28-66 94Z",
    "M384 336c-14-142 30-228 96-228s110 86 96 228h-32c18-96-2-158-64-158s-82 62-64 158Z",
    "M412 196c8-48 34-78 68-78s60 30 68 78c-40-26-96-26-136 0Z",
    "",
)
_BROWS = (
    "M438 212q14-9 28-3M494 209q14-6 28 3",
    "M438 208h28M494 208h28",
    "M438 211q14-4 28-4M494 207q14 0 28 4",
)


@dataclass(frozen=True, slots=True)
class Portrait:
    """Colours and shapes of one drawn person; `hair` is empty for a bare head."""

    face: str
    hair_colour: str
    top: str
    wall: str
    hair: str
    brows: str
    glasses: bool
    plant: bool
    shelf: bool


def portrait(*names: str) -> Portrait:
    """Return the portrait that belongs to these names, such as a trial's seed and a place in it."""
    draw = stream("portrait", *names)
    return Portrait(
        face=draw.choice(_FACES),
        hair_colour=draw.choice(_HAIRS),
        top=draw.choice(_TOPS),
        wall=draw.choice(_WALLS),
        hair=draw.choice(_HAIR_SHAPES),
        brows=draw.choice(_BROWS),
        glasses=draw.random() < 0.3,  # noqa: PLR2004 (a share)
        plant=draw.random() < 0.6,  # noqa: PLR2004 (a share)
        shelf=draw.random() < 0.6,  # noqa: PLR2004 (a share)
    )
