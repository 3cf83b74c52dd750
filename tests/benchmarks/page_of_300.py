"""A 12-megapixel JPEG page of 300 digits: time against decoding and predicting, and memory."""

import io
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
from measure import run_script
from PIL import Image
from process_memory import memory_now, most_memory
from written_pages import TUNING_WRITERS, Layout, Paper, Pens, written_page

SIZE = (4000, 3000)
NUMBERS, DIGITS = (15, 4), 5
#: The time may be so many times the decoding by Pillow, and so many times the batch prediction.
DECODINGS, PREDICTIONS = 10.0, 3.0
BYTES_A_PIXEL = 12.0
ROUNDS = 5

MEASURED = """
import sys
sys.path.insert(0, {folder!r})
from page_of_300 import memory_of
memory_of({page!r})
"""


def page_file() -> bytes:
    """Write the page, as a JPEG file."""
    layout = Layout(SIZE, *NUMBERS, (DIGITS, DIGITS), (85, 110))
    pixels, numbers = written_page(Pens(TUNING_WRITERS), layout, Paper(), np.random.default_rng(7))
    print(f"{sum(len(number.text) for number in numbers)} digits, {SIZE[0]}×{SIZE[1]} pixels")
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=88)
    return file.getvalue()


def memory_of(page: str) -> None:
    """Print how many bytes a pixel reading a page takes above rest: a small page read before."""
    from handwrite_gui import paths
    from handwrite_gui.domain.picture import Picture
    from handwrite_gui.imaging.open_picture import open_picture
    from handwrite_gui.reading.reader import Reader
    from handwrite_gui.recognition.keras_recogniser import load_recogniser
    from handwrite_gui.recognition.sequences.sequence_recogniser import load_when_asked

    sequences = load_when_asked(paths.numbers_model(), print)
    reader = Reader(load_recogniser(paths.default_model()), sequences)
    small = np.full((400, 600, 3), 255, np.uint8)
    for left in range(40, 560, 40):
        small[100:140, left : left + 4] = 0
    reader.read_picture(Picture(small, "small"))
    reader.predict(np.zeros((300, 28, 28), np.float32))
    rest = memory_now()
    reader.read_picture(open_picture(Path(page)))
    print((most_memory() - rest) / (SIZE[0] * SIZE[1]))


def main() -> None:
    from handwrite_gui import paths
    from handwrite_gui.imaging.open_picture import open_picture
    from handwrite_gui.reading.reader import Reader
    from handwrite_gui.recognition.keras_recogniser import load_recogniser
    from handwrite_gui.recognition.sequences.sequence_recogniser import load_when_asked

    page = page_file()
    sequences = load_when_asked(paths.numbers_model(), print)
    reader = Reader(load_recogniser(paths.default_model()), sequences)
    images = np.random.default_rng(7).random((300, 28, 28), np.float32)
    times: dict[str, list[float]] = {"decoding": [], "prediction": [], "page": [], "slice": []}

    def timed(what: str, began: float) -> None:
        times[what].append((time.perf_counter() - began) * 1000)

    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        Image.open(io.BytesIO(page)).load()
        timed("decoding", began)
        began = time.perf_counter()
        reader.predict(images)
        timed("prediction", began)
        began = time.perf_counter()
        slices = reader.picture_slices(open_picture(page))
        longest = 0.0
        while True:
            slice_began = time.perf_counter()
            try:
                next(slices)
            except StopIteration as end:
                reading = end.value
                break
            finally:
                longest = max(longest, (time.perf_counter() - slice_began) * 1000)
        timed("page", began)
        times["slice"].append(longest)
    decoding, prediction, whole, longest = (median(values[1:]) for values in times.values())
    most = DECODINGS * decoding + PREDICTIONS * prediction
    print(f"decoding {decoding:.0f} ms, prediction of 300 digits {prediction:.0f} ms")
    print(f"opening and reading {whole:.0f} ms, longest slice {longest:.0f} ms")
    print(f"digits read: {sum(len(number.digits) for number in reading.numbers)}")
    print(
        f"bound {most:.0f} ms: {'kept' if whole <= most else 'BROKEN'} ({whole / most:.2f} of it)"
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.jpg"
        file.write_bytes(page)
        script = MEASURED.format(folder=str(Path(__file__).parent), page=str(file))
        taken = float(run_script(script)[1])
    kept = "kept" if taken <= BYTES_A_PIXEL else "BROKEN"
    print(f"memory {taken:.1f} bytes a pixel above rest, bound {BYTES_A_PIXEL:.0f}: {kept}")


if __name__ == "__main__":
    main()
