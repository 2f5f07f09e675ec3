"""Properties of making bytes and text visible, for all inputs."""

from hypothesis import given
from hypothesis import strategies as st

from grader.text.escape import excerpt, printable, unescape, visible


@given(st.binary())
def test_visible_comes_back(data: bytes) -> None:
    text = visible(data)
    assert unescape(text) == data
    assert text.isascii()
    assert text.isprintable()


@given(st.text(r"\\rntx0123456789abcdefF Aé" "\n", max_size=12))
def test_unescape_takes_only_what_visible_writes(text: str) -> None:
    try:
        data = unescape(text)
    except ValueError:
        return
    assert visible(data) == text


@given(st.binary(max_size=300), st.integers(0, 300), st.integers(60, 200))
def test_an_excerpt_fits_and_points(data: bytes, around: int, width: int) -> None:
    around = min(around, len(data))
    result = excerpt(data, around, width)
    assert len(result.text) <= width
    assert result.text[result.caret :].startswith(visible(data[around : around + 1]))
    assert result.text.isascii()


@given(st.text(), st.sampled_from(["", "\n", "\n\t"]))
def test_printable_is_safe_and_settled(text: str, keep: str) -> None:
    safe = printable(text, keep=keep)
    assert printable(safe, keep=keep) == safe
    assert not any(char < " " or "\x7f" <= char < "\xa0" for char in safe if char not in keep)
    safe.encode()
