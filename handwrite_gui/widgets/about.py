"""About: version, licence, and where the log is."""

from __future__ import annotations

import html
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QMessageBox, QWidget

from handwrite_gui import __version__


def show_about(parent: QWidget, log_folder: Path) -> None:
    """Show a dialog that says what this program is."""
    QMessageBox.about(
        parent,
        "About Handwrite",
        f"<h3>Handwrite {__version__}</h3>"
        "<p>Reads handwritten digits, and says how sure it is.</p>"
        f"<p>With Qt {qVersion()} (LGPL), Keras and TensorFlow (Apache 2.0). "
        "Handwrite itself is under the MIT licence.</p>"
        f"<p>The log is in {html.escape(str(log_folder))}.</p>",
    )
