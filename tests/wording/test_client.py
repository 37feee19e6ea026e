import pytest

from tests.wording import endpoint as server
from tests.wording.endpoint import Answer, an_endpoint, says
from trialsim.config import Settings, SettingsInvalid
from trialsim.wording.client import WordingFailed, endpoint_of


def test_an_answer_is_its_text() -> None:
    with an_endpoint(says(str.upper)) as (endpoint, asked):
        assert endpoint.reword("be kind", "hello") == "HELLO"

    assert [one["content"] for one in asked[0]["messages"]] == ["be kind", "hello"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (server.hangs, "too slow"),
        (server.trickles, "too slow"),
        (server.refuses, "answered 401"),
        (server.redirects, "answered 307"),
        (server.floods, "too much"),
        (server.babbles, "something else"),
        (server.answers_oddly, "something else"),
        (server.hangs_up, "could not be reached"),
    ],
)
def test_a_server_that_misbehaves_is_a_plain_failure(answer: Answer, reason: str) -> None:
    with (
        an_endpoint(answer) as (endpoint, _),
        pytest.raises(WordingFailed, match=reason),
    ):
        endpoint.reword("be kind", "hello")


def test_without_a_setting_there_is_no_model(settings: Settings) -> None:
    assert endpoint_of(settings) is None


@pytest.mark.parametrize(
    ("url", "model", "words"),
    [
        ("file:///etc/passwd", "m", "http"),
        ("http://127.0.0.1:1/v1", "", "TRIALSIM_LLM_MODEL"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told(
    settings: Settings, url: str, model: str, words: str
) -> None:
    with pytest.raises(SettingsInvalid, match=words):
        endpoint_of(settings.with_changes(llm_url=url, llm_model=model))
