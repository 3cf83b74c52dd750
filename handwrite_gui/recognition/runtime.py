"""Starting TensorFlow so that the rest of the program does not feel it, and computing with it.

An import holds Python's lock while it maps hundreds of megabytes of shared libraries, and whoever
wants to paint a window meanwhile waits: 250 to 430 ms at a time, measured. A foreign call to
`dlopen` gives the lock away, and what is mapped already is imported at once.
"""

from __future__ import annotations

import ctypes
import gc
import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from handwrite_gui.logs import native_stderr_to_log
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.processor import check_processor

if TYPE_CHECKING:
    import keras
    import numpy as np
    from numpy.typing import NDArray

#: TensorFlow's shared libraries below its package, each before those that need it.
_LIBRARIES = (
    "libtensorflow_framework.*.*",
    "libtensorflow_cc.*.*",
    "python/_pywrap_tensorflow_common.*",
    "python/lib_pywrap_tensorflow_common.*",
    "python/_pywrap_tensorflow_internal.*",
)


def start_tensorflow(*, one_thread: bool = False) -> None:
    """Import TensorFlow and Keras once, quietly and without freezing other threads for long.

    Args:
        one_thread: Compute on the calling thread alone. A digit at a time is too little work to
            share: it then takes two thirds of the time (measured on two cores).

    Raises:
        RecognitionError: The processor cannot run TensorFlow, or it is not installed whole.
    """
    if "keras" in sys.modules:
        return
    check_processor()
    os.environ["KERAS_BACKEND"] = "tensorflow"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    collecting = gc.isenabled()
    gc.disable()  # A collection would walk everything that is being imported, lock in hand.
    try:
        with native_stderr_to_log():
            _map_libraries()
            import keras

            # Its bars on standard output would stand between ours, and between JSON.
            keras.utils.disable_interactive_logging()

            if one_thread:
                import tensorflow as tf

                tf.config.threading.set_intra_op_parallelism_threads(1)
                tf.config.threading.set_inter_op_parallelism_threads(1)
    except (ImportError, OSError) as error:
        raise RecognitionError(
            f"TensorFlow cannot be loaded ({error}): run handwrite-gui doctor to see what is wrong."
        ) from error
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


def trace(
    model: keras.Model, shape: tuple[int | None, ...]
) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
    """Trace a model once into a TensorFlow graph, which computes without Keras's overhead.

    Args:
        model: A model of one input and one output.
        shape: Of its input; None where a length varies.

    Returns:
        What computes the model's output for an input of that shape.
    """
    import tensorflow as tf

    traced = tf.function(
        lambda images: model(images, training=False),
        input_signature=[tf.TensorSpec(shape, tf.float32)],
        autograph=False,  # It would write a file, and a program that is ended leaves it.
    ).get_concrete_function()

    def compute(images: NDArray[np.float32]) -> NDArray[np.float32]:
        answers: NDArray[np.float32] = traced(tf.constant(images)).numpy()
        return answers

    return compute


def _map_libraries() -> None:
    """Map TensorFlow's libraries without Python's lock; what fails here, the import will report."""
    found = importlib.util.find_spec("tensorflow")
    if os.name != "posix" or found is None or found.origin is None:
        return
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.argtypes, dlopen.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
    package = Path(found.origin).parent
    for pattern in _LIBRARIES:
        for library in sorted(package.glob(pattern)):
            # Lazy and local: with RTLD_GLOBAL the import crashed.
            dlopen(os.fsencode(library), os.RTLD_LAZY | os.RTLD_LOCAL)
