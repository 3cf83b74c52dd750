from collections.abc import Callable
from typing import Any

from handwrite_gui.widgets.draw.page import DrawPage

Draw = Callable[..., None]


def told(page: DrawPage) -> str:
    return str(page.canvas.accessibleDescription())


def test_blank_paper_says_what_to_do(ready_page: DrawPage) -> None:
    assert told(ready_page) == "Blank. Write digits here with the mouse, a pen or a finger."


def test_description_follows_the_ink_and_the_answer(
    ready_page: DrawPage, draw: Draw, reading_of: Any
) -> None:
    page = ready_page
    draw(page.canvas)
    assert told(page) == "1 stroke."
    page.show_reading(reading_of(page, 7))
    assert told(page) == "1 stroke; read as 7, doubtful."
    draw(page.canvas, (20, 20), (90, 20))
    page.show_reading(reading_of(page, 4))
    assert told(page) == "2 strokes; read as 4, doubtful."
    page.digit_typed.emit(9)
    assert told(page) == "2 strokes; read as 9, confirmed."
    page.canvas.clear()
    assert told(page).startswith("Blank.")


def test_description_says_why_there_is_no_answer(page: DrawPage, draw: Draw) -> None:
    draw(page.canvas)
    page.show_ink_failure("The model could not read this.")
    assert told(page) == "1 stroke. The model could not read this."


def test_description_waits_while_the_pen_is_down(
    ready_page: DrawPage, draw: Draw, reading_of: Any
) -> None:
    draw(ready_page.canvas, lift=False)
    ready_page.show_reading(reading_of(ready_page, 7))
    assert told(ready_page).startswith("Blank.")
    ready_page.canvas.finish_stroke()
    assert told(ready_page) == "1 stroke; read as 7, doubtful."
