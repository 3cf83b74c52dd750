"""Thousands of mutated pictures, documents and inks: opened or refused, soon, in bounded memory.

    python tests/benchmarks/hostile_files.py [--files 1000] [--seed 7]
    python tests/benchmarks/hostile_files.py --guided 300

The first mutates that many files of each format. Each is opened in a process that is watched: one
that ends is a crash, one that is silent for ten seconds a hang. The second lets a fuzzer that sees
which lines run (atheris, from PyPI, on Linux) search for so many seconds in each of our own
parsers, InkML and SVG; the decoders of pictures are compiled, and it sees nothing in them.
"""

import argparse
import io
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
from measure import CHECKOUT
from PIL import Image
from process_memory import most_memory

MOST_S = 10.0
#: What a process may have more than before the first file: pictures of 120 million pixels are not
#: refused, and the hungriest decoder takes 16 bytes a pixel; none of the seeds comes near.
MOST_GROWTH_MB = 2500.0
PICTURES = ("jpeg", "png", "tiff", "gif", "webp", "pdf")
INKS = ("inkml", "svg")


def page() -> Image.Image:
    """Some strokes on grained paper: flat parts and noise take different ways through a decoder."""
    chance = np.random.default_rng(5)
    paper = chance.normal(225, 6, (120, 160, 3)).clip(0, 255).astype(np.uint8)
    paper[20:100, 40:46], paper[20:26, 40:90], paper[60:66, 100:140] = 30, 30, 30
    return Image.fromarray(paper)


def picture_seeds(kind: str) -> list[bytes]:
    """Valid files of a format, in several of its variants."""
    options: dict[str, list[dict[str, object]]] = {
        "jpeg": [{}, {"progressive": True}, {"quality": 20, "subsampling": 2}],
        "png": [{}, {"mode": "P"}, {"mode": "1"}, {"mode": "RGBA"}],
        "tiff": [
            {"compression": name, "mode": mode}
            for name, mode in (("raw", "RGB"), ("tiff_lzw", "RGB"), ("group4", "1"), ("jpeg", "L"))
        ],
        "gif": [{"mode": "P"}, {"mode": "P", "pages": 3}],
        "webp": [{}, {"lossless": True}, {"pages": 3}],
        "pdf": [{}, {"mode": "1"}, {"pages": 3}],
    }
    seeds = []
    for wanted in options[kind]:
        mode, pages = str(wanted.pop("mode", "RGB")), int(str(wanted.pop("pages", 1)))
        if pages > 1:
            wanted |= {"save_all": True, "append_images": [page().convert(mode)] * (pages - 1)}
        file = io.BytesIO()
        page().convert(mode).save(file, kind, **wanted)
        seeds.append(file.getvalue())
    if kind == "tiff":
        file = io.BytesIO()
        page().save(file, "tiff", save_all=True, append_images=[page().convert("L")] * 2)
        seeds.append(file.getvalue())
    return seeds


def ink_seeds(kind: str) -> list[bytes]:
    """Ink as we write it and as others do."""
    if kind == "svg":
        return [
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="10cm">'
            b'<g transform="rotate(5) scale(2)" style="stroke:#000;fill:none">'
            b'<path d="M10,10 C20 20 30-5 40 10s5 5 9 9 q1 2 3 4 t5 5 a5 6 10 0 1 20 5 z"/>'
            b'<polyline points="1,2 3,4 5,6"/><line x1="1" y1="2" x2="3" y2="4"/>'
            b'<circle cx="5" cy="5" r="3"/></g></svg>'
        ]
    head = b'<ink xmlns="http://www.w3.org/2003/InkML">'
    return [
        head + b"<trace>10 0, 9 14, 8 28, 7 42, 6 56</trace><trace>1 1</trace></ink>",
        head + b'<definitions><context xml:id="c"><inkSource xml:id="s"><traceFormat>'
        b'<channel name="X" type="decimal" units="mm"/><channel name="Y" units="mm"/>'
        b'<channel name="T" units="ms"/><channel name="F" max="1023"/></traceFormat>'
        b'<sampleRate value="100"/></inkSource></context></definitions>'
        b'<traceGroup contextRef="#c"><annotation type="truth">7</annotation>'
        b"<trace>1.5 2 0 500, '1 '2 '8 '3, \"1 \"1 8 0, * * * *, ? ? ? ?, !3 4 5 6</trace>"
        b"</traceGroup></ink>",
    ]


def mutated(seed: bytes, chance: random.Random) -> bytes:
    """Change, add and take away bytes, copy pieces elsewhere, cut the end off."""
    data = bytearray(seed)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 9, 20))):
        at = chance.randrange(len(data) + 1)
        length = chance.choice((1, 1, 2, 4, 8, 40))
        kind = chance.randrange(7)
        if kind == 0 and at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            data[at : at + length] = chance.randbytes(length)
        elif kind == 2:
            data[at : at + 4] = chance.choice((b"\xff" * 4, b"\0" * 4, b"\x7f" + b"\xff" * 3))
        elif kind == 3:
            del data[at : at + length]
        elif kind == 4:
            where = chance.randrange(len(data) + 1)
            data[at:at] = data[where : where + 10 * length]
        elif kind == 5:
            # Numbers, which text formats are full of, become other numbers.
            found = list(re.finditer(rb"\d+", data[at:]))[:1]
            for number in found:
                other = chance.choice((b"0", b"-1", b"99999999999", b"1e309", b"65536", b"nan"))
                data[at + number.start() : at + number.end()] = other
        elif chance.random() < 0.3:
            del data[at:]
    return bytes(data)


def with_checksums(png: bytes) -> bytes:
    """Make a PNG's checksums right again: what is wrong with its chunks gets further then."""
    data, at = bytearray(png), 8
    while at + 12 <= len(data):
        end = at + 8 + int.from_bytes(data[at : at + 4])
        if end + 4 > len(data):
            break
        data[end : end + 4] = zlib.crc32(data[at + 4 : end]).to_bytes(4)
        at = end + 4
    return bytes(data)


def open_file(kind: str, data: bytes) -> str:
    """Open a file as the program does; `opened`, or the sentence that it is refused with."""
    from handwrite_gui.imaging.errors import PictureError
    from handwrite_gui.imaging.open_picture import open_picture
    from handwrite_gui.storage.errors import StorageError
    from handwrite_gui.storage.read_ink import read_ink

    try:
        if kind in INKS:
            read_ink(data)
            return "opened"
        picture = open_picture(data, "hostile")
        if picture.page_count > 1:
            open_picture(data, "hostile", page=picture.page_count - 1)
    except (PictureError, StorageError) as error:
        sentence = str(error)
        if sentence.count("\n") or not sentence.endswith(".") or len(sentence) > 300:
            raise SystemExit(f"no sentence: {sentence!r}") from error
        return sentence
    return "opened"


def work(kind: str, seed: int, first: int, last: int) -> None:
    """In a process of its own: open files, and tell of each before and after."""
    seeds = ink_seeds(kind) if kind in INKS else picture_seeds(kind)
    for whole in seeds:
        open_file(kind, whole)
    rest = most_memory()
    for index in range(first, last):
        chance = random.Random(f"{kind} {seed} {index}")
        data = mutated(chance.choice(seeds), chance)
        if kind == "png" and chance.random() < 0.7:
            data = with_checksums(data)
        print(f"{index}", flush=True)
        began = time.monotonic()
        said = open_file(kind, data)
        what = "opened" if said == "opened" else "refused"
        growth_mb = (most_memory() - rest) / 2**20
        print(f"{what} {time.monotonic() - began:.3f} {growth_mb:.0f}", flush=True)


def watch(kind: str, seed: int, files: int) -> bool:
    """Have files of one format opened; print what came of them, and tell whether all went well."""
    for whole in ink_seeds(kind) if kind in INKS else picture_seeds(kind):
        if (said := open_file(kind, whole)) != "opened":
            raise SystemExit(f"a whole {kind} is refused: {said}")
    counted: Counter[str] = Counter()
    slowest_s, growth_mb, next_index = 0.0, 0.0, 0
    while next_index < files:
        words = ["--worker", kind, str(seed), str(next_index), str(files)]
        child = subprocess.Popen(
            [sys.executable, __file__, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert child.stdout is not None
        assert child.stderr is not None
        index, is_hanging = next_index, False
        while True:
            timer = threading.Timer(MOST_S + 20 * (index == next_index), child.kill)
            timer.start()
            line = child.stdout.readline().decode().split()
            is_hanging = not timer.is_alive()
            timer.cancel()
            if not line:
                break
            if len(line) == 1:
                index = int(line[0])
            else:
                counted[line[0]] += 1
                slowest_s = max(slowest_s, float(line[1]))
                growth_mb = max(growth_mb, float(line[2]))
        told = child.stderr.read().decode()
        next_index = files
        if child.wait() != 0:
            counted["hung" if is_hanging else "crashed"] += 1
            print(f"{kind} {index} (seed {seed}): exit code {child.returncode}\n{told[-2000:]}")
            next_index = index + 1
    is_well = not counted["hung"] and not counted["crashed"] and slowest_s <= MOST_S
    is_well &= growth_mb <= MOST_GROWTH_MB
    print(
        f"{kind:6} {files} files: {counted['opened']} opened, {counted['refused']} refused, "
        f"{counted['crashed']} crashed, {counted['hung']} hung; slowest {slowest_s:.2f} s, "
        f"at most {growth_mb:.0f} MB more: {'kept' if is_well else 'BROKEN'}",
        flush=True,
    )
    return is_well


def search(kind: str, seconds: int) -> None:
    """In a process of its own: let atheris search for a file that our parser falls over."""
    import atheris

    with atheris.instrument_imports(include=["handwrite_gui.storage", "handwrite_gui.domain"]):
        from handwrite_gui.storage.errors import StorageError
        from handwrite_gui.storage.read_ink import read_ink

    def one(data: bytes) -> None:
        try:
            read_ink(data)
        except StorageError as error:
            if "\n" in str(error):
                raise RuntimeError("more than a line") from error

    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(ink_seeds(kind)):
            Path(corpus, str(number)).write_bytes(seed)
        limits = [f"-max_total_time={seconds}", f"-timeout={MOST_S:.0f}", "-rss_limit_mb=3000"]
        atheris.Setup([sys.argv[0], corpus, "-max_len=4000", *limits], one)
        atheris.Fuzz()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--guided", type=int, metavar="SECONDS")
    parser.add_argument("--worker", nargs=4, help=argparse.SUPPRESS)
    parser.add_argument("--searcher", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.worker:
        kind, *numbers = args.worker
        work(kind, *map(int, numbers))
    elif args.searcher:
        search(args.searcher, args.guided)
    elif args.guided:
        for kind in INKS:
            words = ["--searcher", kind, "--guided", str(args.guided)]
            # Where it finds something it leaves a file of it in the current folder.
            code = subprocess.call([sys.executable, __file__, *words], cwd=CHECKOUT)
            print(f"{kind}: {'nothing found: kept' if code == 0 else 'BROKEN'}", flush=True)
    else:
        kinds = PICTURES + INKS
        well = [watch(kind, args.seed, args.files) for kind in kinds]
        sys.exit(0 if all(well) else 1)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
