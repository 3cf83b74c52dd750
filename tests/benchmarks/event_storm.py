"""A thousand events a second, read while they come: none lost, none merged, painted in time.

`python tests/benchmarks/event_storm.py [--seconds 60] [--no-x]`. The whole program, with its model,
gets the events of a pen, made in its process; and the mouse's, on an X server of its own, sent with
XTEST by another process. An event's delay counts from when it was due, so that a program that holds
the sender up gains nothing, until the canvas is painted with it. Exit code 1 tells that an event
was lost or merged, whatever the delays.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING, Any

import numpy as np
from due_events import EVENTS_PER_S, Step, Watch, judge, steps
from measure import CHECKOUT, WHOLE_PROGRAM, ready_program

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

#: For what was sent to be handled, on a machine that is busy.
PATIENCE_S = 20.0
#: Of what is drawn, in the canvas's own pixels, and on the screen.
CENTRE, CENTRE_ON_SCREEN = (150, 120), (420, 330)


# A pen, whose events come to the window as they are due


class Feeder:
    """Sends a pen's events, as its driver's would come; those that wait come one after the other.

    Args:
        canvas: What is drawn on; its window gets the events.
        sent: What is sent.
    """

    def __init__(self, canvas: "QWidget", sent: list[Step]) -> None:
        from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
        from PySide6.QtGui import QInputDevice, QPointingDevice

        can = QInputDevice.Capability
        kind = QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen
        self._device = QPointingDevice("stylus", 1, *kind, can.Position | can.Pressure, 1, 2)
        self._window, self._sent, self._next = canvas.window(), sent, 0
        self._in_window = QPointF(canvas.mapTo(self._window, canvas.rect().topLeft()))
        self._on_screen = canvas.mapToGlobal(QPointF())
        none, tip = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
        self._kinds = {
            "press": (QEvent.Type.TabletPress, tip, tip),
            "move": (QEvent.Type.TabletMove, none, tip),
            "release": (QEvent.Type.TabletRelease, tip, none),
        }
        self.began = 0.0
        self.timer = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._send_due)

    def start(self) -> None:
        """Begin now."""
        self.began = time.monotonic()
        self.timer.start()

    def _send_due(self) -> None:
        due_s = time.monotonic() - self.began
        while self._next < len(self._sent) and self._sent[self._next].due_s <= due_s:
            self._next += 1
            self._send(self._sent[self._next - 1])

    def _send(self, step: Step) -> None:
        from PySide6.QtCore import QPointF, Qt
        from PySide6.QtGui import QTabletEvent
        from PySide6.QtWidgets import QApplication

        at, keys = QPointF(step.x, step.y), Qt.KeyboardModifier.NoModifier
        kind, button, buttons = self._kinds[step.kind]
        where = self._in_window + at, self._on_screen + at
        nothing = (0.0, 0.0, 0.0, 0.0, 0.0)
        event = QTabletEvent(kind, self._device, *where, 0.5, *nothing, keys, button, buttons)
        event.setTimestamp(round(step.due_s * 1000))
        QApplication.sendEvent(self._window.windowHandle(), event)


def storm_of_pen(events: int) -> bool:
    """Measure in this process."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtGui import QTabletEvent
    from PySide6.QtWidgets import QApplication

    watch = Watch(QTabletEvent)
    watch.install()
    with ready_program() as program:
        canvas, readings, sent = program.draw_page.canvas, [], steps(events, CENTRE)
        assert program.draw_page.reads_live
        program.recognition.ink_read.connect(readings.append)
        feeder = Feeder(canvas, sent)
        busy_s, end_s = time.thread_time(), time.monotonic() + sent[-1].due_s + PATIENCE_S
        feeder.start()
        while len(watch.painted) < events and time.monotonic() < end_s:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        busy_s = time.thread_time() - busy_s
        feeder.timer.stop()
        strokes = [stroke.xy for stroke in canvas.ink().strokes]
        whole = judge("pen", sent, feeder.began, strokes, [watch.handled, watch.painted])
        share = busy_s / (time.monotonic() - feeder.began)
        print(f"{len(readings)} readings meanwhile; the window's thread was busy for {share:.0%}")
    return whole


# A mouse, on an X server

MOUSE_PROGRAM = (
    WHOLE_PROGRAM
    + f"""
sys.path.insert(0, {str(CHECKOUT / "tests" / "benchmarks")!r})
import json
from PySide6.QtGui import QMouseEvent
from due_events import Watch
seen = Watch(QMouseEvent)
seen.install()

def watch(program):
    def tell():
        ink = program.draw_page.canvas.ink()
        strokes = [stroke.xy.tolist() for stroke in ink.strokes]
        print(json.dumps([strokes, seen.handled, seen.painted]))
    program.recognition.ready.connect(lambda: print("ready", flush=True))
    program.window.closed.connect(tell)

run()
"""
)


def storm_of_mouse(events: int) -> bool:
    """Measure a program in another process; this one is the mouse."""
    # What the tests in a real window use, which is found by its path only.
    spec = spec_from_file_location("e2e", CHECKOUT / "tests" / "e2e" / "conftest.py")
    assert spec is not None
    assert spec.loader is not None
    e2e = module_from_spec(spec)
    spec.loader.exec_module(e2e)
    with e2e.x_server() as display, tempfile.TemporaryDirectory() as home:
        environ = os.environ | {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "HANDWRITE_HOME": home,
        }
        program = subprocess.Popen(
            [sys.executable, "-c", MOUSE_PROGRAM], env=environ, stdout=subprocess.PIPE, text=True
        )
        try:
            assert program.stdout is not None
            if program.stdout.readline() != "ready\n":
                raise SystemExit("the program did not start")
            person = e2e.Person(display)
            sent = steps(events, CENTRE_ON_SCREEN)
            began = move_mouse(person, sent)
            window = person.window()
            assert window is not None
            person.close(window)
            told, _ = program.communicate(timeout=PATIENCE_S)
        finally:
            program.kill()
    strokes, handled, painted = json.loads(told.splitlines()[-1])
    return judge("mouse", sent, began, [np.array(each) for each in strokes], [handled, painted])


def move_mouse(person: Any, sent: list[Step]) -> float:
    """Draw the strokes with XTEST's mouse; return when the first event was due."""
    began = time.monotonic()
    for step in sent:
        time.sleep(max(0.0, began + step.due_s - time.monotonic()))
        if step.kind != "release":
            person.move(step.x, step.y)
        if step.kind != "move":
            person.press(down=step.kind == "press")
    time.sleep(1.0)  # What was sent last must be handled before the window is closed.
    return began


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--seconds", type=float, default=60.0)
    words.add_argument("--no-x", action="store_true", help="leave the X server's mouse out")
    chosen = words.parse_args()
    events = round(chosen.seconds * EVENTS_PER_S)
    are_whole = [storm_of_pen(events)]
    if not chosen.no_x:
        are_whole.append(storm_of_mouse(events))
    sys.exit(not all(are_whole))


if __name__ == "__main__":
    main()
