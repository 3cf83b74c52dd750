"""Synthesised strips: endless, each written by one hand on one paper, and gathered in batches."""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.sequences.alphabet import decode, encode
from handwrite_gui.recognition.sequences.framing import HEIGHT_PX, STEP_PX, frame_strip
from handwrite_gui.recognition.sequences.layout import write_line
from handwrite_gui.recognition.sequences.material import Files, Hands, load_hands
from handwrite_gui.recognition.sequences.papers import Papers
from handwrite_gui.recognition.sequences.texts import draw_text

Rng = np.random.Generator
#: Columns of all strips of a batch together, about.
BATCH_COLUMNS = 64 * 160
MOST_SIGNS = 26
#: Longer strips are not learned from: they are rare, and batches of them small.
_WIDEST_PX = 512
#: No sign at this place of a label.
PADDING = -1
#: How much wider or narrower a strip may be written.
_SQUEEZE = 0.12
#: Share of pictures, pen strokes and drawn hands.
_SHARES = (0.26, 0.24, 0.5)
#: Batches that lie ready, and processes that draw them.
_QUEUED, _PROCESSES = 24, 2
#: How often a process that draws looks whether the training lives.
_PATIENCE_SECONDS = 5.0


@dataclass(frozen=True, eq=False, slots=True)
class Batch:
    """Strips of one width.

    Attributes:
        images: (n, HEIGHT_PX, width, 1) uint8, paper 0 to ink 255.
        labels: (n, MOST_SIGNS) int32, classes of the alphabet, then PADDING.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int32]

    @property
    def texts(self) -> list[str]:
        """What is written on each strip, other marks left out."""
        return [decode([int(each) for each in row if each != PADDING]) for row in self.labels]


def draw_strip(hands: Hands, papers: Papers, rng: Rng) -> tuple[NDArray[np.uint8], str]:
    """Write one strip; returns it framed, and its text."""
    kinds = (hands.pictures, hands.pens, hands.drawn)
    shares = np.array(_SHARES) * [len(kind) > 0 for kind in kinds]
    kind = kinds[rng.choice(len(kinds), p=shares / shares.sum())]
    text = draw_text(rng)
    writing = write_line(text, kind[rng.integers(len(kind))], rng)
    photographed = papers.lay(writing, rng)
    squeeze = float(np.exp(rng.uniform(-_SQUEEZE, _SQUEEZE)))
    return frame_strip(photographed, squeeze), text.replace(" ", "")


def draw_batches(hands: Hands, papers: Papers, rng: Rng) -> Iterator[Batch]:
    """Gather endless strips in batches of one width each."""
    waiting: dict[int, list[tuple[NDArray[np.uint8], str]]] = defaultdict(list)
    while True:
        image, text = draw_strip(hands, papers, rng)
        if not fits(image, text):
            continue
        width = image.shape[1]
        waiting[width].append((image, text))
        if len(waiting[width]) * width >= BATCH_COLUMNS:
            yield to_batch(waiting.pop(width))


def fits(image: NDArray[np.uint8], text: str) -> bool:
    """Whether a strip can be learned from.

    CTC needs a step for each sign, and one more between two that are the same.
    """
    width = image.shape[1]
    return width <= _WIDEST_PX and len(text) <= MOST_SIGNS and 2 * len(text) <= width // STEP_PX


def to_batch(strips: list[tuple[NDArray[np.uint8], str]]) -> Batch:
    """Put strips of one width into a batch."""
    labels = np.full((len(strips), MOST_SIGNS), PADDING, np.int32)
    for row, (_, text) in zip(labels, strips, strict=True):
        row[: len(text)] = encode(text)
    images = np.stack([image for image, _ in strips])
    assert images.shape[1] == HEIGHT_PX
    return Batch(images[..., None], labels)


@contextlib.contextmanager
def batches_beside(files: Files, seed: int, first: int) -> Iterator[Iterator[Batch]]:
    """Draw batches in processes of their own, beside the training.

    Args:
        files: Where the hands come from.
        seed: Of the hands that are drawn.
        first: Steps that were done; a training that goes on sees new strips.
    """
    context = multiprocessing.get_context("spawn")
    made = context.Queue(_QUEUED)
    processes = [
        context.Process(target=_make, args=(files, [seed, first, n], made), daemon=True)
        for n in range(_PROCESSES)
    ]
    for process in processes:
        process.start()

    def taken() -> Iterator[Batch]:
        while True:
            try:
                got = made.get(timeout=_PATIENCE_SECONDS)
            except queue.Empty:
                if not all(process.is_alive() for process in processes):
                    raise RecognitionError(
                        "A process that draws strips has ended; start the training again."
                    ) from None
                continue
            if isinstance(got, str):
                raise RecognitionError(got)
            yield Batch(*got)

    try:
        yield taken()
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()
        made.close()


def _put(batch: object, made: multiprocessing.Queue[object], is_wanted: Callable[[], bool]) -> bool:
    """Hand a batch on once there is room; tell whether it is still wanted."""
    while is_wanted():
        try:
            made.put(batch, timeout=_PATIENCE_SECONDS)
        except queue.Full:
            continue
        return True
    return False


def _is_wanted() -> bool:
    """Whether the training lives: a killed one cannot end its processes."""
    training = multiprocessing.parent_process()
    return training is None or training.is_alive()


def _make(files: Files, seed: list[int], made: multiprocessing.Queue[object]) -> None:
    try:
        import cv2

        cv2.setNumThreads(1)
        hands = load_hands(files, seed, to_measure=False)
        rng = np.random.default_rng([*seed, 7])
        for batch in draw_batches(hands, Papers(rng), rng):
            if not _put((batch.images, batch.labels), made, _is_wanted):
                made.cancel_join_thread()  # Nobody takes what lies ready.
                return
    except RecognitionError as error:
        made.put(str(error))
    except KeyboardInterrupt:  # The training stops softly, and ends this.
        pass
