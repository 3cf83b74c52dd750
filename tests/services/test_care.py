from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.services.care import Care
from handwrite_gui.services.recognition_service import RecognitionService
from handwrite_gui.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path)


@pytest.fixture
def service(model: Any, settings: Settings, qtbot: QtBot) -> Iterator[RecognitionService]:
    service = RecognitionService([Path("digits.keras"), Path("careful.keras")])
    Care(settings, service, service)
    yield service
    qtbot.waitUntil(lambda: not service.is_loading)
    assert service.stop()


def test_setting_is_passed_on(
    settings: Settings, service: RecognitionService, qtbot: QtBot
) -> None:
    settings.set_value("careful", True)
    with qtbot.waitSignal(service.care_changed, check_params_cb=bool):
        service.start()
    with qtbot.waitSignal(service.care_changed, check_params_cb=lambda careful: not careful):
        settings.set_value("careful", False)


def test_setting_of_the_last_time_is_passed_on(model: Any, tmp_path: Path, qtbot: QtBot) -> None:
    settings = Settings(tmp_path)
    settings.set_value("careful", True)
    service = RecognitionService([Path("digits.keras"), Path("careful.keras")])
    Care(settings, service, service)
    with qtbot.waitSignal(service.care_changed, check_params_cb=bool):
        service.start()
    assert service.stop()


def test_setting_is_taken_back_where_it_cannot_be_kept(
    settings: Settings, service: RecognitionService, model: Any, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(service.ready):
        service.start()
    model.load_error = RecognitionError("The model careful.keras is damaged; reinstall.")
    with qtbot.waitSignal(service.care_failed):
        settings.set_value("careful", True)
    qtbot.waitUntil(lambda: settings.value("careful") is False)
