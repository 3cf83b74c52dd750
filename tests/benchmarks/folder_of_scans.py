"""A folder of 2,000 scans of one digit, end to end, beside decoding and predicting them alone.

End to end is what `handwrite-gui read --json FOLDER` does once its networks are loaded: walk, open,
find, frame, predict and print, in processes that are started for it. What it is measured against
decodes each file with Pillow and predicts all their digit images, framed before, in batches; both
in turns. Memory, of all the processes, is looked at in the last turn, after the 100th file and
after the last. On Linux only.
"""

import argparse
import io
import tempfile
import time
from pathlib import Path

import numpy as np
from measure import CHECKOUT
from PIL import Image
from process_memory import memory_of_family

FILES, SIDE_PX, TURNS = 2000, 300, 3
MOST, MOST_GROWTH_MB = 2.0, 10.0


def write_scans(folder: Path, files: int) -> None:
    """Draw digits of our own forms with a pen on grained, unevenly lit paper."""
    import cv2

    from handwrite_gui.domain.raster import draw, fit
    from handwrite_gui.recognition.forms.digits import digit_form
    from handwrite_gui.recognition.forms.hand import written

    chance = np.random.default_rng(7)
    for number in range(files):
        side = float(chance.uniform(90, 220))
        strokes = written(digit_form(number % 10, chance), chance)
        ink = draw(fit(strokes, side), float(chance.uniform(5, 14)))
        paper = np.full((SIDE_PX, SIDE_PX), chance.uniform(200, 250), np.float32)
        paper *= np.linspace(1, chance.uniform(0.85, 1), SIDE_PX)
        rows, columns = ink.shape
        y, x = (int(chance.uniform(10, SIDE_PX - size - 10)) for size in (rows, columns))
        paper[y : y + rows, x : x + columns] *= 1 - ink * chance.uniform(0.6, 0.9)
        paper = cv2.GaussianBlur(paper, (0, 0), 0.7) + chance.normal(0, 3, paper.shape)
        scan = Image.fromarray(paper.clip(0, 255).astype(np.uint8))
        scan.save(folder / f"scan{number}.png")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=FILES)
    files = parser.parse_args().files
    from handwrite_gui.commands import read
    from handwrite_gui.commands.read_lines import json_line
    from handwrite_gui.domain.framing import frame
    from handwrite_gui.imaging.find_ink import find_digit
    from handwrite_gui.imaging.open_picture import open_picture
    from handwrite_gui.recognition.keras_recogniser import load_recogniser

    # As `read` loads it for many files.
    recogniser = load_recogniser(CHECKOUT / "models" / "digits.keras", one_thread=True)
    networks = read._networks(lambda: recogniser)
    networks.strips()
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        write_scans(folder, files)
        names = sorted(folder.iterdir())
        found = (find_digit(open_picture(name).pixels) for name in names)
        blank = np.zeros((28, 28), np.float32)
        images = np.stack([blank if each is None else frame(each.ink_map) for each in found])

        def alone() -> None:
            for name in names:
                with Image.open(name) as image:
                    np.asarray(image.convert("RGB"))
            recogniser.predict(images)

        at_mb: list[float] = []

        def whole() -> None:
            outcomes = read._read_all([str(folder)], networks)
            for number, outcome in enumerate(outcomes, 1):
                print(json_line(outcome), file=io.StringIO())
                if number in (100, files):
                    at_mb.append(memory_of_family() / 2**20)

        times: dict[str, list[float]] = {"alone": [], "whole": []}
        for _ in range(TURNS):
            for what, do in (("alone", alone), ("whole", whole)):
                began = time.perf_counter(), time.process_time()
                do()
                times[what].append(time.perf_counter() - began[0])
                spent = time.process_time() - began[1]  # without what other processes spent
                print(f"{what}: {times[what][-1]:.2f} s, processor {spent:.2f} s", flush=True)
    ratio = min(times["whole"]) / min(times["alone"])
    at_first_mb, at_last_mb = at_mb[-2:]
    growth = at_last_mb - at_first_mb
    print(f"ratio {ratio:.2f}, bound {MOST}: {'kept' if ratio <= MOST else 'BROKEN'}")
    is_flat = growth <= MOST_GROWTH_MB
    print(
        f"memory after 100 files {at_first_mb:.0f} MB, after {files} {at_last_mb:.0f} MB: growth "
        f"{growth:.1f} MB, bound {MOST_GROWTH_MB:.0f}: {'kept' if is_flat else 'BROKEN'}"
    )


if __name__ == "__main__":
    main()
