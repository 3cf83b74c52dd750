"""Qt's application, set up as drawing needs it."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, Qt, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from handwrite_gui import logs

#: The program's name, and the style that looks the same on every system. `setStyle` would return
#: the style, whose making for Python costs the start 6 ms.
ARGUMENTS = ["handwrite-gui", "-style", "Fusion"]


def build_application() -> QApplication:
    """Make Qt's application, without showing or running anything."""
    qInstallMessageHandler(logs.log_qt_message)
    app = QApplication(ARGUMENTS)
    # Building it switches this on under X11, and then most of a fast pen's points are lost.
    attribute = Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents
    QCoreApplication.setAttribute(attribute, False)
    app.setApplicationName("Handwrite")
    app.setApplicationDisplayName("Handwrite")
    app.setDesktopFileName("handwrite")
    # The worker runs Python too: a short interval lets the window have the lock soon.
    sys.setswitchinterval(0.001)
    return app
