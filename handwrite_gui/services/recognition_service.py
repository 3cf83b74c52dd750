"""The recognition service: one worker thread that owns the model; the newest ink wins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QThread, Signal, Slot

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Box
from handwrite_gui.services.recognition_worker import PictureRequest, Question, RecognitionWorker


class RecognitionService(QObject):
    """Reads ink and pictures on a worker thread.

    One request is in flight and one waits for each source, a newer one in its place; ink goes
    before pictures, which are read in slices, and both before questions, whose answers come in
    parts. Pictures that nobody looks at go after the questions, but for those that can wait, too.
    What is asked before the model is ready is read as soon as it is.

    Signals:
        ready: The model is loaded and warm.
        warned: No card vouches for a model, which is used all the same; one sentence to the
            person, after `ready` or `care_changed`.
        failed: The model cannot be used; one sentence to the person.
        care_changed: Whether what comes from now on is read carefully.
        care_failed: Reading carefully is not possible; one sentence to the person.
        ink_read: A Reading of ink.
        picture_went_on: A picture's key and how far its reading has come, a Progress.
        picture_read: A picture's key and its Reading.
        ink_failed: Ink could not be read; one sentence to the person.
        picture_failed: A picture's key and one sentence to the person.
        part_told: A question's key and a part of its answer.
        question_ended: A question's key; all of its answer is told.
        question_failed: A question's key and one sentence to the person.

    Thread:
        Lives in the window's; the worker in one of its own.
    """

    ready = Signal()
    warned = Signal(str)
    failed = Signal(str)
    care_changed = Signal(bool)
    care_failed = Signal(str)
    ink_read = Signal(object)
    picture_went_on = Signal(int, object)
    picture_read = Signal(int, object)
    ink_failed = Signal(str)
    picture_failed = Signal(int, str)
    part_told = Signal(str, object)
    question_ended = Signal(str)
    question_failed = Signal(str, str)

    _load_wanted = Signal()
    _ink_wanted = Signal(object)
    _picture_wanted = Signal(int, object)
    _picture_forgotten = Signal(int)
    _care_wanted = Signal(bool)
    _part_wanted = Signal(str, object)

    def __init__(
        self,
        models: Sequence[Path],
        parent: QObject | None = None,
        *,
        numbers: Path | None = None,
    ) -> None:
        """Prepare the service; nothing is loaded before `start`.

        Args:
            models: The first reads; all of them together where a person wants it careful.
            parent: Owner of this object.
            numbers: The model for whole strips in pictures, or None to read without one.
        """
        super().__init__(parent)
        self.is_loading = False
        self._is_free = self._is_ready = self._is_careful = False
        self._take_ink: Callable[[], Ink] | None = None
        self._pictures: dict[int, PictureRequest] = {}
        self._questions: dict[str, Question] = {}
        #: The keys of pictures and questions that nobody waits for, asked now or before.
        self._can_wait: set[int | str] = set()
        self._thread = _PythonThread(self)
        self._thread.setObjectName("recognition")
        self._worker = RecognitionWorker(models, numbers)
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._load_wanted.connect(self._worker.load, queued)
        self._ink_wanted.connect(self._worker.read_ink, queued)
        self._picture_wanted.connect(self._worker.read_picture, queued)
        self._picture_forgotten.connect(self._worker.forget_picture, queued)
        self._care_wanted.connect(self._worker.set_careful, queued)
        self._part_wanted.connect(self._worker.answer, queued)
        self._worker.loaded.connect(self._on_loaded, queued)
        self._worker.load_warned.connect(self.warned, queued)
        self._worker.load_failed.connect(self._on_load_failed, queued)
        self._worker.care_changed.connect(self.care_changed, queued)
        self._worker.care_failed.connect(self.care_failed, queued)
        self._worker.ink_read.connect(self._on_ink_read, queued)
        self._worker.picture_went_on.connect(self._on_picture_went_on, queued)
        self._worker.picture_read.connect(self._on_picture_read, queued)
        self._worker.ink_failed.connect(self._on_ink_failed, queued)
        self._worker.picture_failed.connect(self._on_picture_failed, queued)
        self._worker.part_told.connect(self._on_part_told, queued)
        self._worker.question_ended.connect(self._on_question_ended, queued)
        self._worker.question_failed.connect(self._on_question_failed, queued)

    def start(self) -> None:
        """Start the thread and load the model there."""
        self.is_loading = True
        self._thread.start()
        self._load_wanted.emit()

    def set_careful(self, careful: bool) -> None:
        """Read carefully from now on, or quickly; what is in flight is finished as it was begun."""
        self._is_careful = careful
        if self._is_ready:
            self._care_wanted.emit(careful)

    def request_ink(self, take_ink: Callable[[], Ink]) -> None:
        """Ask for ink to be read.

        Args:
            take_ink: Returns the ink; called once, in this thread, when the worker is free, so
                that it is the newest and a pen that moves faster than the model costs nothing.
        """
        self._take_ink = take_ink
        self._send_next()

    def request_picture(
        self, key: int, picture: Picture, within: Box | None = None, *, can_wait: bool = False
    ) -> None:
        """Ask for a picture to be read.

        Args:
            key: Comes back with the Reading; another request under the same takes its place.
            picture: Is read whole, unless
            within: says in which box of it, in the picture's pixels.
            can_wait: Whether nobody looks at it: others are read first, also between its slices.
        """
        self._pictures[key] = PictureRequest(picture, within)
        (self._can_wait.add if can_wait else self._can_wait.discard)(key)
        self._send_next()

    def hurry_picture(self, key: int) -> None:
        """Let a picture wait no longer than others, if it is to be read."""
        self._can_wait.discard(key)

    def forget_picture(self, key: int) -> None:
        """Drop a picture that waits or is being read; its Reading is not told any more."""
        if self._pictures.pop(key, None) is not None:
            self._picture_forgotten.emit(key)

    def ask(self, key: str, question: Question, *, can_wait: bool = False) -> None:
        """Have a question answered, in parts between which ink and pictures are read.

        Args:
            key: Comes back with each part; another question under the same takes its place.
            question: Called once in the worker's thread; what it iterates over are the parts, and
                it touches nothing that the window may change.
            can_wait: Whether nobody waits for it: others are answered first, and it begins anew.
        """
        self._questions[key] = question
        (self._can_wait.add if can_wait else self._can_wait.discard)(key)
        self._send_next()

    def forget_question(self, key: str) -> None:
        """Drop a question; no part of its answer is told any more."""
        self._questions.pop(key, None)

    def stop(self, timeout_ms: int | None = None) -> bool:
        """Finish what is in flight and end the thread.

        Args:
            timeout_ms: Wait no longer than this; by default for as long as the reading takes.

        Returns:
            False, at once, while the model is being loaded, and where what is in flight takes
            longer: neither can be stopped, and a program that is closing must then leave by
            `os._exit`.
        """
        if self.is_loading:
            return False
        self._thread.quit()
        forever = QDeadlineTimer(QDeadlineTimer.ForeverConstant.Forever)
        return self._thread.wait(forever if timeout_ms is None else QDeadlineTimer(timeout_ms))

    def _send_next(self) -> None:
        if not self._is_free:
            return
        can_wait = self._can_wait.__contains__
        picture = min(self._pictures, key=can_wait, default=None)  # The first of those.
        asked = min(self._questions, key=can_wait, default=None)
        if asked is not None and picture is not None and can_wait(picture) > can_wait(asked):
            picture = None
        if self._take_ink is not None:
            take_ink, self._take_ink = self._take_ink, None
            ink = take_ink()
            self._is_free = False
            self._ink_wanted.emit(ink)
        elif picture is not None:
            self._is_free = False
            self._picture_wanted.emit(picture, self._pictures[picture])
        elif asked is not None:
            self._is_free = False
            self._part_wanted.emit(asked, self._questions[asked])

    @Slot()
    def _on_loaded(self) -> None:
        self.is_loading = False
        self._is_free = self._is_ready = True
        self.ready.emit()
        self._send_next()
        if self._is_careful:
            self._care_wanted.emit(True)

    @Slot(str)
    def _on_load_failed(self, sentence: str) -> None:
        self.is_loading = False
        self._pictures.clear()
        self._questions.clear()
        self.failed.emit(sentence)

    @Slot(object)
    def _on_ink_read(self, reading: object) -> None:
        self._is_free = True
        self.ink_read.emit(reading)
        self._send_next()

    @Slot(int, object, object)
    def _on_picture_went_on(self, key: int, request: PictureRequest, progress: object) -> None:
        self._is_free = True
        self._send_next()  # First, for the reading is to go on meanwhile.
        if progress is not None and self._pictures.get(key) is request:
            self.picture_went_on.emit(key, progress)

    @Slot(int, object, object)
    def _on_picture_read(self, key: int, request: PictureRequest, reading: object) -> None:
        self._is_free = True
        if self._pictures.get(key) is request:
            del self._pictures[key]
            self.picture_read.emit(key, reading)
        self._send_next()

    @Slot(str)
    def _on_ink_failed(self, sentence: str) -> None:
        self._is_free = True
        self.ink_failed.emit(sentence)
        self._send_next()

    @Slot(int, object, str)
    def _on_picture_failed(self, key: int, request: PictureRequest, sentence: str) -> None:
        self._is_free = True
        if self._pictures.get(key) is request:
            del self._pictures[key]
            self.picture_failed.emit(key, sentence)
        self._send_next()

    @Slot(str, object, object)
    def _on_part_told(self, key: str, question: Question, part: object) -> None:
        self._is_free = True
        if self._questions.get(key) is question:
            self.part_told.emit(key, part)
        self._send_next()

    @Slot(str, object)
    def _on_question_ended(self, key: str, question: Question) -> None:
        self._is_free = True
        if self._questions.get(key) is question:
            del self._questions[key]
            self.question_ended.emit(key)
        self._send_next()

    @Slot(str, object, str)
    def _on_question_failed(self, key: str, question: Question, sentence: str) -> None:
        self._is_free = True
        if self._questions.get(key) is question:
            del self._questions[key]
            self.question_failed.emit(key, sentence)
        self._send_next()


class _PythonThread(QThread):
    """A thread that is one for Python as well, from its start to its end.

    Otherwise each slot would run in a new state of Python's own, and TensorFlow, which remembers
    the first one, crashes when a second model is traced (measured with TensorFlow 2.21).
    """

    def run(self) -> None:
        self.exec()
