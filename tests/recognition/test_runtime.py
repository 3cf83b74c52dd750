import gc
import sys
from collections.abc import Iterator

import pytest

from handwrite_gui.recognition import runtime
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.runtime import start_tensorflow


@pytest.fixture
def _keras_not_yet_there(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.delitem(sys.modules, "keras")
        yield


class Broken:
    """Finds no Keras, as where a package lacks a file."""

    def find_spec(self, name: str, *_: object) -> None:
        if name == "keras":
            raise ImportError("libtensorflow_cc.so.2: cannot open shared object file")


def test_second_start_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "check_processor", lambda: pytest.fail("started again"))
    before = set(sys.modules)
    start_tensorflow()
    assert set(sys.modules) == before


@pytest.mark.usefixtures("_keras_not_yet_there")
@pytest.mark.parametrize("collecting", [True, False])
def test_broken_installation_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, collecting: bool
) -> None:
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    if not collecting:
        gc.disable()
    try:
        with pytest.raises(RecognitionError, match=r"^TensorFlow .*libtensorflow_cc.*\.$"):
            start_tensorflow()
        assert gc.isenabled() is collecting
    finally:
        gc.enable()


@pytest.mark.usefixtures("_keras_not_yet_there")
def test_processor_is_asked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise RecognitionError("This processor has no AVX.")

    monkeypatch.setattr(runtime, "check_processor", refuse)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    with pytest.raises(RecognitionError, match="no AVX"):
        start_tensorflow()
