"""How long the program takes to show a window that can be drawn on, beside the barest of windows.

A window can be drawn on when its first paint event has been handled and the event loop is free.
Only the window itself is watched: a filter on the whole application would have PySide6 make a
Python object of everything that gets an event, which cost the program 20 ms and the bare one none.
"""

from functools import partial

from measure import WHOLE_PROGRAM, alternate, compare, until_printed_ms

WATCH = """
import os, time
from PySide6.QtCore import QEvent, QObject, QTimer

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self.tell)
        return False

    def tell(self):
        print(time.time(), flush=True)
        os._exit(0)

def watch_window(window):
    window.first_paint = FirstPaint()
    window.installEventFilter(window.first_paint)
"""
BARE = (
    """
import numpy
from PySide6.QtWidgets import QApplication, QMainWindow
"""
    + WATCH
    + """
application = QApplication([])
window = QMainWindow()
watch_window(window)
window.show()
application.exec()
"""
)
PROGRAM = (
    WHOLE_PROGRAM
    + WATCH
    + """
def watch(program):
    watch_window(program.window)

run()
"""
)

if __name__ == "__main__":
    program, bare = alternate(partial(until_printed_ms, PROGRAM), partial(until_printed_ms, BARE))
    compare("start to a window that can be drawn on", program, "a bare QMainWindow", bare, 1.5)
