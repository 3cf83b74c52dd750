"""All models on the worker's own thread: a crash there would take the whole program down."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
import numpy as np
from handwrite_gui import paths
from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.services.recognition_service import RecognitionService

seven = np.array([(10.0, 10.0), (60.0, 10.0), (30.0, 90.0)])
app = QCoreApplication([])
service = RecognitionService(paths.careful_models())

def read(_):
    service.request_ink(lambda: Ink((Stroke.from_xy(seven),), 1, 8.0))

def leave(reading):
    print(reading.text)
    app.quit()

service.ready.connect(lambda: service.set_careful(True))
service.failed.connect(app.exit)
service.care_failed.connect(app.exit)
service.care_changed.connect(read)
service.ink_read.connect(leave)
QTimer.singleShot(60_000, app.quit)
service.start()
app.exec()
sys.exit(not service.stop())
"""


def test_ink_is_read_by_all_models(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**os.environ, "HANDWRITE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "7\n"), done.stderr
