"""How long something takes, in words."""

import pytest

from screens.durations import about
from screens.language import Language, Many


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "چند ثانیه"),
        (13, "چند ثانیه"),
        (35, "حدود نیم دقیقه"),
        (60, "حدود ۱ دقیقه"),
        (206, "حدود ۳ دقیقه و نیم"),
        (324, "حدود ۵ دقیقه و نیم"),
        (3_600, "حدود ۱ ساعت"),
        (4_200, "حدود ۱ ساعت و ۱۰ دقیقه"),
    ],
)
def test_it_is_said_as_people_say_it(seconds: int, words: str, persian: Language) -> None:
    assert about(seconds, persian) == words


def test_many_have_their_thousands_apart(persian: Language) -> None:
    assert persian.say(Many(1_440)) == "۱٬۴۴۰"
