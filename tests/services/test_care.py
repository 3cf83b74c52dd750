from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.services.care import Care
from handwrite_gui.services.recognition_service import RecognitionService
from handwrite_gui.settings import Settings


def test_setting_is_passed_on_and_taken_back_where_it_cannot_be_kept(
    model: Any, tmp_path: Path, qtbot: QtBot
) -> None:
    settings = Settings(tmp_path)
    settings.set_value("careful", True)
    service = RecognitionService([Path("digits.keras"), Path("careful.keras")])
    care = Care(settings, service)
    with qtbot.waitSignal(service.care_changed, check_params_cb=bool):
        service.start()
    with qtbot.waitSignal(service.care_changed, check_params_cb=lambda careful: not careful):
        settings.set_value("careful", False)
    model.load_error = RecognitionError("The model careful.keras is damaged; reinstall.")
    with qtbot.waitSignal(service.care_failed):
        settings.set_value("careful", True)
    qtbot.waitUntil(lambda: settings.value("careful") is False)
    assert service.stop()
    del care
