import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from handwrite_gui.services.ink_service import InkRequest, InkService
from handwrite_gui.storage import read_ink as reading

SVG = b'<svg><path d="M1 2L3 4"/></svg>'


@pytest.fixture
def service(qtbot: QtBot) -> Iterator[InkService]:
    service = InkService()
    yield service
    assert service.stop(5_000)


def test_ink_is_read_on_another_thread(
    service: InkService, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []
    read = reading.read_ink

    def note(source: bytes) -> object:
        threads.append(threading.get_ident())
        return read(source)

    monkeypatch.setattr(reading, "read_ink", note)
    request = InkRequest(SVG)
    with qtbot.waitSignal(service.opened) as opened:
        service.open(request)
    assert opened.args[0] is request
    assert opened.args[1].ink.xy.tolist() == [[1, 2], [3, 4]]
    assert threads != [threading.get_ident()]


def test_several_come_in_order(service: InkService, qtbot: QtBot) -> None:
    came: list[object] = []
    service.opened.connect(lambda request, _: came.append(request))
    service.failed.connect(lambda request, _: came.append(request))
    requests = [InkRequest(SVG), InkRequest(b"no"), InkRequest(SVG)]
    for request in requests:
        service.open(request)
    qtbot.waitUntil(lambda: len(came) == 3)
    assert came == requests


def test_what_cannot_be_read_is_one_sentence(
    service: InkService, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(service.failed) as failed:
        service.open(InkRequest(tmp_path / "missing.svg", b"picture"))
    assert failed.args[0].picture == b"picture"
    assert failed.args[1] == "“missing.svg” does not exist: check where it lies."


def test_fault_is_said_and_the_next_is_read(
    service: InkService, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(reading, "read_ink", lambda _: 1 / 0)
        with qtbot.waitSignal(service.failed) as failed:
            service.open(InkRequest(SVG))
    assert "because of a fault in Handwrite" in failed.args[1]
    with qtbot.waitSignal(service.opened):
        service.open(InkRequest(SVG))


def test_stop_drops_what_waits(
    service: InkService, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_read, asked = threading.Event(), []

    def wait(source: bytes) -> object:
        asked.append(source)
        assert may_read.wait(10)
        raise ZeroDivisionError

    monkeypatch.setattr(reading, "read_ink", wait)
    for _ in range(3):
        service.open(InkRequest(SVG))
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert not service.stop(10)
    may_read.set()
    assert service.stop(5_000)
    assert len(asked) == 1
