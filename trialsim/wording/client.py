"""One question to any endpoint that speaks the chat completions protocol.

The whole answer must come within a few seconds and a few kilobytes; redirects are not followed,
and nothing of the answer is used but its text.
"""

import json
import time
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from trialsim.config import Settings, SettingsInvalid

SECONDS = 6.0
MOST_BYTES = 32_000
_MOST_TOKENS = 500


class WordingFailed(Exception):  # noqa: N818 (reads as what happened)
    """No usable answer came, with the reason in a few words."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask, as whom, and which model."""

    url: str
    model: str
    key: str = ""
    seconds: float = SECONDS

    def reword(self, instructions: str, text: str) -> str:
        """Return what the model makes of a text.

        Raises:
            WordingFailed: when the endpoint is away, slow, refuses, or answers with garbage.
        """
        body = {
            "model": self.model,
            "temperature": 0.7,
            "max_tokens": _MOST_TOKENS,
            "messages": [
                {"role": "system", "content": instructions},
                {"role": "user", "content": text},
            ],
        }
        return _text(self._answer(body))

    def _answer(self, body: dict[str, Any]) -> bytes:
        httpx = import_module("httpx")
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        ends = time.monotonic() + self.seconds
        content = b""
        try:
            with httpx.stream(
                "POST",
                f"{self.url}/chat/completions",
                json=body,
                headers=headers,
                timeout=self.seconds,
                follow_redirects=False,
                trust_env=False,
            ) as response:
                if response.status_code != httpx.codes.OK:
                    raise WordingFailed(f"answered {response.status_code}")
                for part in response.iter_bytes():
                    content += part
                    if len(content) > MOST_BYTES:
                        raise WordingFailed("answered too much")
                    if time.monotonic() > ends:
                        raise WordingFailed("was too slow")
        except httpx.TimeoutException as error:
            raise WordingFailed("was too slow") from error
        except httpx.HTTPError as error:
            raise WordingFailed("could not be reached") from error
        return content


def endpoint_of(settings: Settings) -> Endpoint | None:
    """Return the endpoint that is set up, or None where there is none.

    Raises:
        SettingsInvalid: when the address cannot be used or the extra is not installed.
    """
    if not settings.llm_url:
        return None
    if not settings.llm_url.startswith(("http://", "https://")):
        raise SettingsInvalid("TRIALSIM_LLM_URL must begin with http:// or https://.")
    if not settings.llm_model:
        raise SettingsInvalid("Please name a model in TRIALSIM_LLM_MODEL.")
    if find_spec("httpx") is None:
        raise SettingsInvalid(
            "TRIALSIM_LLM_URL needs the extra: please install trialsim[llm], or unset it."
        )
    return Endpoint(settings.llm_url.rstrip("/"), settings.llm_model, settings.llm_key)


def _text(content: bytes) -> str:
    try:
        said = json.loads(content)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise WordingFailed("answered with something else") from error
    if not isinstance(said, str):
        raise WordingFailed("answered with something else")
    return said.strip().strip('"“”').strip()
