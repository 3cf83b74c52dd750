import random
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from handwrite_gui.settings import FILE_NAME, TABLE, Settings, setting

OTHER = {
    "theme": "dark",
    "text_size": "150",
    "keys": ["undo=Ctrl+,; Ctrl+;", "redo="],
    "live_reading": False,
    "show_readings": False,
    "pen_width": 7.5,
    "stabiliser": 2.5,
    "pen_only": True,
    "draw_by_moving": True,
    "erase_parts": True,
    "guides": "boxes",
    "left_handed": True,
    "digit_after_digit": True,
    "pause_s": 1.3,
    "careful": True,
    "recent_pictures": ["/tmp/one, two.png", "/tmp/ü 😀;=%.png"],
    "last_folder": "/tmp/@Folder",
    "page": "pictures",
    "window_geometry": bytes(range(256)),
    "lists_share": 0.3,
}

pytestmark = pytest.mark.usefixtures("qapp")


def write(folder: Path, content: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / FILE_NAME
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def elsewhere(folder: Path, to: Path) -> Path:
    """Copy a settings file, for Qt remembers the types of what it wrote to a path itself."""
    write(to, (folder / FILE_NAME).read_bytes())
    return to


def test_first_start_has_defaults_and_writes_nothing(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "new")
    assert {row.key: settings.value(row.key) for row in TABLE} == {r.key: r.default for r in TABLE}
    assert settings.problem is None
    assert not (tmp_path / "new").exists()


def test_every_default_is_a_valid_value() -> None:
    assert [row.check(row.default) for row in TABLE] == [row.default for row in TABLE]


def test_values_come_back(tmp_path: Path) -> None:
    assert set(OTHER) == {row.key for row in TABLE}
    first = Settings(tmp_path / "new")
    for key, value in OTHER.items():
        first.set_value(key, value)
    first.sync()
    second = Settings(elsewhere(tmp_path / "new", tmp_path / "copy"))
    assert {key: second.value(key) for key in OTHER} == OTHER
    assert [type(second.value(row.key)) for row in TABLE] == [row.kind for row in TABLE]
    assert second.problem is None


@pytest.mark.parametrize("paths", [[], ["/tmp/one.png"]])
def test_short_lists_come_back(tmp_path: Path, paths: list[str]) -> None:
    first = Settings(tmp_path / "new")
    first.set_value("recent_pictures", ["/tmp/other.png"])
    first.set_value("recent_pictures", paths)
    first.sync()
    copy = elsewhere(tmp_path / "new", tmp_path / "copy")
    assert Settings(copy).value("recent_pictures") == paths


def test_list_keeps_twenty_and_each_once(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    settings.set_value("recent_pictures", ["b", *"abcdefghijklmnopqrstuvw"])
    assert settings.value("recent_pictures") == list("bacdefghijklmnopqrst")
    settings.value("recent_pictures").append("not kept")
    assert settings.value("recent_pictures") == list("bacdefghijklmnopqrst")


@pytest.mark.parametrize(
    "line",
    [
        "theme=blue",
        "theme=1",
        "theme=@ByteArray(dark)",
        "theme=light, dark",
        "live_reading=2",
        "live_reading=",
        "live_reading=perhaps",
        "pen_width=1.9",
        "pen_width=41",
        "pen_width=nan",
        "pen_width=inf",
        "pen_width=wide",
        "pen_width=@Invalid()",
        "pen_width=1, 2",
        "window_geometry=text",
    ],
)
def test_invalid_stored_value_falls_back_to_default(tmp_path: Path, line: str) -> None:
    write(tmp_path, f"[General]\n{line}\npage=help\n")
    settings = Settings(tmp_path)
    key = line.partition("=")[0]
    assert settings.value(key) == setting(key).default
    assert settings.value("page") == "help"
    assert settings.problem is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theme", "blue"),
        ("live_reading", 1),
        ("pen_width", True),
        ("pen_width", 1.0),
        ("pen_width", float("nan")),
        ("recent_pictures", "one"),
        ("recent_pictures", [Path("one")]),
        ("window_geometry", "text"),
    ],
)
def test_set_value_refuses_what_is_no_value(tmp_path: Path, key: str, value: object) -> None:
    settings = Settings(tmp_path)
    with pytest.raises(ValueError, match=f"setting {key}"):
        settings.set_value(key, value)  # type: ignore[arg-type]
    assert settings.value(key) == setting(key).default


def test_unknown_key_is_a_key_error(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    with pytest.raises(KeyError):
        settings.value("themes")
    with pytest.raises(KeyError):
        settings.set_value("themes", "dark")


def test_changed_is_said_only_of_another_value(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    changed: list[str] = []
    settings.changed.connect(changed.append)
    settings.set_value("pen_width", 12)
    settings.set_value("pen_width", 13)
    settings.set_value("pen_width", 13.0)
    assert changed == ["pen_width"]
    assert settings.value("pen_width") == 13.0


def test_change_is_written_without_being_told(tmp_path: Path, qtbot: QtBot) -> None:
    settings = Settings(tmp_path)
    settings.set_value("theme", "dark")
    qtbot.waitUntil(lambda: (tmp_path / FILE_NAME).is_file())
    assert "theme=dark" in (tmp_path / FILE_NAME).read_text()


def test_reset(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "new")
    settings.set_value("theme", "dark")
    settings.set_value("pen_width", 20)
    settings.sync()
    changed: list[str] = []
    settings.changed.connect(changed.append)
    settings.reset()
    assert changed == ["theme", "pen_width"]
    assert [settings.value(row.key) for row in TABLE] == [row.default for row in TABLE]
    settings.sync()
    copy = Settings(elsewhere(tmp_path / "new", tmp_path / "copy"))
    assert copy.value("theme") == "system"


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00t\x00h",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "theme=dark\nnonsense\n",
        "[General\ntheme=dark\n",
        # Each of these ends the process, or makes Qt warn, where it is left to QSettings.
        "pen_width=@Variant(\\0\\0\\0\\x81\\0\\0)\n",
        "recent_pictures=@Variant(\\0\\0\\0\\x9\\xff\\xff\\xff\\xfe)\n",
    ],
)
def test_damaged_file_is_set_aside(tmp_path: Path, content: str | bytes) -> None:
    file = write(tmp_path, content)
    damaged = file.read_bytes()
    settings = Settings(tmp_path)
    assert settings.value("theme") == "system"
    assert settings.problem is not None
    assert str(file) in settings.problem
    assert (tmp_path / "settings.damaged.ini").read_bytes() == damaged
    settings.set_value("theme", "dark")
    settings.sync()
    again = Settings(elsewhere(tmp_path, tmp_path / "copy"))
    assert (again.value("theme"), again.problem) == ("dark", None)


def test_mutated_files_never_stop_the_start(tmp_path: Path) -> None:
    first = Settings(tmp_path / "new")
    for key, value in OTHER.items():
        first.set_value(key, value)
    first.sync()
    whole = (tmp_path / "new" / FILE_NAME).read_bytes()
    random_ = random.Random(7)
    for number in range(300):
        content = bytearray(whole[: random_.randrange(len(whole))])
        for _ in range(random_.randrange(8)):
            content.insert(random_.randrange(len(content) + 1), random_.randrange(256))
        write(tmp_path / str(number), bytes(content))
        settings = Settings(tmp_path / str(number))
        for row in TABLE:
            assert row.check(settings.value(row.key)) == settings.value(row.key)


def test_unreadable_file_leaves_defaults_and_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    settings = Settings(tmp_path)
    assert settings.problem is not None
    assert str(tmp_path / FILE_NAME) in settings.problem
    settings.set_value("theme", "dark")
    settings.reset()
    settings.sync()
    assert settings.value("theme") == "system"


def test_unwritable_folder_is_said_once_and_unasked(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings(tmp_path / "file" / "config")
    said: list[str] = []
    settings.failed.connect(said.append)
    settings.set_value("theme", "dark")
    qtbot.waitUntil(lambda: bool(said))
    settings.set_value("theme", "light")
    settings.sync()
    assert settings.value("theme") == "light"
    assert len(said) == 1
    assert str(tmp_path / "file" / "config" / FILE_NAME) in said[0]
