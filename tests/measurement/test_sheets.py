import pytest

from trialsim.kit.errors import Invalid
from trialsim.measurement.sheets import reviews_of, tickets_of_sheet

TITLES = "candidate,scenario,rater,day,score"
LINE = "ada,late refund,ben,3.5,67"


def sheet(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def refusal(content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        reviews_of("reviews.csv", content)
    return str(refused.value)


def test_a_plain_sheet_is_read() -> None:
    (row,) = reviews_of("reviews.csv", sheet(TITLES, LINE)).rows

    assert (row.candidate, row.scenario, row.rater, row.day, row.score) == (
        "ada", "late refund", "ben", 3.5, 67,
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_is_understood(encoding: str) -> None:
    content = f"{TITLES}\nZoë,s,ben,3,67".encode(encoding)

    assert reviews_of("reviews.csv", content).rows[0].candidate == "Zoë"


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators_are_understood_and_take_decimal_commas(separator: str) -> None:
    line = separator.join(["ada", "s", "ben", "3,5", "67,5"])

    (row,) = reviews_of("reviews.csv", sheet(TITLES.replace(",", separator), line)).rows
    assert (row.day, row.score) == (3.5, 67.5)


def test_columns_may_come_in_any_order_with_others_beside_them() -> None:
    content = sheet("Score,note,day,rater,scenario,candidate", "67,fine,3,ben,s,ada")

    assert reviews_of("reviews.csv", content).rows[0].score == 67


def test_picked_reviews_stay_out_and_that_is_said() -> None:
    content = sheet(f"{TITLES},kind", f"{LINE},drawn", f"{LINE},picked", "eve,s,ben,4,50,")

    read = reviews_of("reviews.csv", content)
    assert len(read.rows) == 2
    assert "1 review picked by hand" in read.warnings[0]


def test_a_repeated_line_counts_once_and_that_is_said() -> None:
    read = reviews_of("reviews.csv", sheet(TITLES, LINE, "eve,s,ben,1,50", LINE))

    assert len(read.rows) == 2
    assert "line 4" in read.warnings[0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x89PNG\0\0", "no text"),
        (sheet("candidate,scenario,day,score", LINE), "lacks “rater”"),
        (sheet("candidat,scenario,rater,day,score", LINE), "Is “candidat” meant for candidate?"),
        (sheet(f"{TITLES},day", f"{LINE},4"), "“day” stands there twice"),
        (sheet(TITLES, "ada,s,ben,3,140"), "line 2: score is 140; please give 0 to 100"),
        (sheet(TITLES, "ada,s,ben,3,NaN"), "line 2: score is NaN"),
        (sheet(TITLES, "ada,s,ben,-1,60"), "line 2: day is -1"),
        (sheet(TITLES, LINE, "ada,s,ben,soon,60"), "line 3: day is “soon”"),
        (sheet(TITLES, ",s,ben,1,60"), "candidate is empty"),
        (sheet(TITLES, "ada,s,ben"), "line 2: it has 3 values"),
        (sheet(f"{TITLES},kind", f"{LINE},chosen"), "kind is “chosen”"),
        (sheet(TITLES, 'ada,"s,ben,1,60'), "line 2"),
        (sheet(TITLES, "a,s,b,1,-5", "c,s,b,1,200"), "1 more line like it"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(content: bytes, words: str) -> None:
    assert words in refusal(content)


def test_tickets_are_read_and_need_minutes() -> None:
    titles = "candidate,scenario,day,block,hours,par_minutes,minutes,outcome"

    (row,) = tickets_of_sheet("t.csv", sheet(titles, "ada,s,4,morning,12.5,20,25,80")).rows
    assert (row.block, row.hours, row.outcome) == ("morning", 12.5, 80)
    with pytest.raises(Invalid, match="line 2: minutes is 0"):
        tickets_of_sheet("t.csv", sheet(titles, "ada,s,4,morning,12.5,20,0,80"))
