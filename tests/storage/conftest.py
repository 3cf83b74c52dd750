import re
from collections.abc import Callable
from pathlib import Path

import pytest

from handwrite_gui.storage.inkml import InkFile, read_inkml


@pytest.fixture
def read_text(tmp_path: Path) -> Callable[[str | bytes], InkFile]:
    """Reads an InkML file of this text; what stands outside an ink element is put into one."""

    def read_text(text: str | bytes) -> InkFile:
        if isinstance(text, str) and not re.search(r"<(\w+:)?ink\b", text):
            text = f'<ink xmlns="http://www.w3.org/2003/InkML">{text}</ink>'
        path = tmp_path / "some.inkml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_inkml(path)

    return read_text
