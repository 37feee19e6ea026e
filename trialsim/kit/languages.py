"""What languages are called on a page."""

NAMES = {
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "tr": "Turkish",
}


def language_name(code: str) -> str:
    """Return a language's English name; an unknown code stays as it is."""
    return NAMES.get(code, code)
