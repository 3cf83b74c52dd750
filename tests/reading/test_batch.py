import logging
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.reading import crew
from handwrite_gui.reading.batch import AHEAD, PROCESSES, Batch, Networks
from handwrite_gui.reading.reading_process import Hears, Says
from handwrite_gui.recognition.errors import RecognitionError

#: Items of which processes do the last, however long they take to start.
MANY = 40
Do = Callable[[str], Callable[..., Any]]


class Counting:
    """Says of each image the digit that its pixels are, and remembers how many came at a time."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        self.asked.append(len(images))
        figures = images[:, 0, 0].astype(int)
        if (figures == 4).any():
            raise RecognitionError("The model is damaged.")
        if (figures == 5).any():
            raise KeyError("a fault")
        return np.eye(11, dtype=np.float32)[figures]


class Strips:
    def predict(
        self, ink_maps: Sequence[NDArray[np.floating]], squeeze: float = 1.0
    ) -> list[NDArray[np.float32]]:
        return [np.full((1, 1), squeeze * each.sum(), np.float32) for each in ink_maps]


@pytest.fixture
def do(monkeypatch: pytest.MonkeyPatch) -> Do:
    """Give what is done, from a module that other processes find."""
    monkeypatch.syspath_prepend(Path(__file__).parent)
    import batch_items

    return lambda name: getattr(batch_items, name)


def results(
    do: Callable[..., Any],
    items: Iterable[int],
    then: Callable[[Any], Iterable[int]] = lambda _: (),
    networks: Networks | None = None,
) -> Iterator[Any]:
    networks = networks or Networks(Counting())
    return Batch(do, then, lambda item: f"{item} is lost", networks).results(items)


def test_results_come_in_order_whichever_is_done_first(do: Do) -> None:
    found = list(results(do("ten_times"), range(MANY)))
    assert [number for number, _ in found] == [10 * n for n in range(MANY)]
    processes = [process for _, process in found]
    assert processes[0] == os.getpid(), "while the others start"
    assert processes[-1] != os.getpid()
    assert 1 < len(set(processes)) <= 1 + PROCESSES


def test_only_a_few_are_taken_ahead(do: Do) -> None:
    taken: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    given = results(do("ten_times"), numbers())
    assert [next(given)[0] for _ in range(5)] == [0, 10, 20, 30, 40]
    given.close()  # type: ignore[attr-defined]
    assert len(taken) <= AHEAD * PROCESSES + 5


def test_what_follows_from_a_result_comes_next(do: Do) -> None:
    def pages(result: tuple[int, int]) -> list[int]:
        return [result[0] + 1, result[0] + 2] if result[0] in (10, 30) else []

    found = results(do("ten_times"), [1, 2, 3, 4], pages)
    assert [number for number, _ in found] == [10, 110, 120, 20, 30, 310, 320, 40]
    # Pages of one alone are shared out, too.
    alone = list(
        results(do("ten_times"), [1], lambda result: range(2, MANY) if result[0] == 10 else ())
    )
    assert [number for number, _ in alone] == [10 * n for n in range(1, MANY)]
    assert alone[-1][1] != os.getpid()


def test_one_alone_starts_no_process(do: Do, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("A process was started.")

    monkeypatch.setattr(multiprocessing.context.SpawnContext, "Process", fail)
    assert list(results(do("ten_times"), [])) == []
    assert list(results(do("ten_times"), [7])) == [(70, os.getpid())]


def test_where_no_process_can_be_started_all_is_done_here(
    do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(multiprocessing.context.SpawnProcess, "start", fail)
    found = list(results(do("ten_times"), range(5)))
    assert found == [(10 * n, os.getpid()) for n in range(5)]


def test_an_item_whose_process_ended_is_lost_and_no_other(do: Do) -> None:
    numbers = [1] * MANY + [2, 3, 4, 3, 5, 3, 3] * 3
    found = list(results(do("die_of_three"), numbers))
    assert len(found) == len(numbers)
    assert "3 is lost" in found
    for result, number in zip(found, numbers, strict=True):
        assert result in ("here", "3 is lost" if number == 3 else number)


def test_items_that_lay_ready_in_a_process_that_ended_keep_their_places(do: Do) -> None:
    pages = {9: [2, 3, 4] * 10, 8: [5] * (AHEAD * PROCESSES)}
    numbers = [1] * MANY + [9, 6, 3, 6, 8, 3, 3, 7]
    found = list(results(do("die_of_three"), numbers, lambda result: pages.get(result, ())))
    wanted = [1] * MANY + [9, *pages[9], 6, 3, 6, 8, *pages[8], 3, 3, 7]
    assert found[-len(wanted) + MANY :] == [
        "3 is lost" if number == 3 else number for number in wanted[MANY:]
    ]


def test_a_process_that_was_ended_while_it_had_nothing_costs_nothing(
    do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell = crew.Process.tell
    killed = []

    def kill_and_tell(self: crew.Process, kind: Hears, what: object) -> bool:
        if not killed:
            killed.append(what)
            assert self.number is not None
            os.kill(self.number, signal.SIGKILL)
            time.sleep(0.1)
        return tell(self, kind, what)

    monkeypatch.setattr(crew.Process, "tell", kill_and_tell)
    found = [number for number, _ in results(do("ten_times"), range(MANY))]
    assert found == [10 * n for n in range(MANY)]
    assert killed


def test_the_processes_ask_the_networks_of_this_one(do: Do) -> None:
    numbers = [1, 2, 4, 5] * (MANY // 2)
    found = list(results(do("ask"), numbers))
    damaged, fault = "RecognitionError: The model is damaged.", "RuntimeError: KeyError('a fault')"
    there = {
        number: said for number, (said, at) in zip(numbers, found, strict=True) if at != os.getpid()
    }
    assert there == {1: 1, 2: 2, 4: damaged, 5: fault}


def test_a_fault_of_a_network_is_in_the_log(do: Do, caplog: pytest.LogCaptureFixture) -> None:
    list(results(do("frame"), [1, 5]))
    assert "A network could not answer" in caplog.text


def test_digits_that_are_all_of_their_pictures_are_read_together(do: Do) -> None:
    counting = Counting()
    numbers = [0, 1, 2, 3] * MANY
    said = list(results(do("frame"), numbers, networks=Networks(counting)))
    assert said == ["nothing", "1", "2", "3"] * MANY
    assert sum(counting.asked) == 3 * MANY
    assert max(counting.asked) > 1
    assert max(counting.asked) <= AHEAD * PROCESSES
    assert list(results(do("frame"), [2])) == ["2"]
    assert list(results(do("frame"), [4])) == ["failed: The model is damaged."]


def test_strips_are_asked_about_too(do: Do) -> None:
    def none() -> None:
        return None

    def damaged() -> Strips:
        raise RecognitionError("The other model is damaged.")

    for strips, said in ((Strips, [4.0]), (none, None), (damaged, "The other model is damaged.")):
        found = list(
            results(do("ask_for_strips"), [2] * MANY, networks=Networks(Counting(), strips))
        )
        assert found[-1][1] != os.getpid()
        assert [each for each, _ in found] == [said] * MANY


def test_what_is_logged_there_is_in_the_log_here(do: Do, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        processes = list(results(do("log"), range(MANY)))
    said = sorted(record.getMessage() for record in caplog.records)
    assert said == sorted(f"{n} in {process}" for n, process in enumerate(processes))
    assert set(processes) != {os.getpid()}


def test_a_digit_does_not_wait_for_long_pages(do: Do) -> None:
    given = results(do("sleep_or_frame"), [0] * MANY + [-7] + [5] * 20)
    assert [next(given) for _ in range(MANY)] == ["0"] * MANY
    began = time.monotonic()
    assert next(given) == "7"
    assert time.monotonic() - began < 5, "and not for eight that are like it"


def test_pages_of_a_long_document_are_not_all_held(do: Do, monkeypatch: pytest.MonkeyPatch) -> None:
    began: list[object] = []
    tell = crew.Process.tell

    def note(self: crew.Process, kind: Hears, what: object) -> bool:
        if kind is Hears.ITEM:
            began.append(what)
        return tell(self, kind, what)

    monkeypatch.setattr(crew.Process, "tell", note)
    pages = {9: [8, *[0] * 2000]}
    given = results(do("sleep"), [1, 9], lambda result: pages.get(result, ()))
    assert [next(given) for _ in range(3)] == [1, 9, 8]
    assert len(began) <= 3 + AHEAD * PROCESSES


def test_items_do_not_queue_behind_a_long_one(do: Do, monkeypatch: pytest.MonkeyPatch) -> None:
    tell, hear = crew.Process.tell, crew.Process.hear
    has_item: dict[crew.Process, bool] = {}

    def note_item(self: crew.Process, kind: Hears, what: object) -> bool:
        assert kind is Hears.ITEM
        assert not has_item.get(self), "another is still to be done"
        has_item[self] = True
        return tell(self, kind, what)

    def note_done(self: crew.Process) -> tuple[Says, Any] | None:
        said = hear(self)
        assert said is not None
        has_item[self] = has_item.get(self, False) and said[0] is not Says.DONE
        return said

    monkeypatch.setattr(crew.Process, "tell", note_item)
    monkeypatch.setattr(crew.Process, "hear", note_done)
    assert list(results(do("sleep"), [3] * 20)) == [3] * 20
    assert has_item


def test_processes_end_with_the_batch(do: Do) -> None:
    given = results(do("ten_times"), range(1000))
    processes = {next(given)[1] for _ in range(MANY)} - {os.getpid()}
    assert processes
    assert all(map(is_there, processes))
    given.close()  # type: ignore[attr-defined]
    wait_until(lambda: not any(map(is_there, processes)))


def is_there(process: int) -> bool:
    """Whether a process is there and has not ended: on Linux one that has may be waited for."""
    stat = Path(f"/proc/{process}/stat")
    if sys.platform == "linux":
        return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)
