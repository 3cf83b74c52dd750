"""How a training shows how far it is: a bar, a line an epoch, or JSON."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from handwrite_gui.recognition.learning.progress import Progress


class Display(Protocol):
    """Shows a training's progress, while it is entered."""

    def __enter__(self) -> Display:
        """Begin to show."""
        ...

    def __exit__(self, *_: object) -> None:
        """Stop showing."""
        ...

    def show(self, progress: Progress) -> None:
        """Show one report."""
        ...

    def say(self, event: str, text: str, **details: Any) -> None:
        """Say what happened.

        Args:
            event: One word for programs.
            text: A sentence for people.
            details: Plain values for programs.
        """
        ...


class JsonLines:
    """One JSON object a line on standard output, each with its `event`.

    The events: `skipped` and `unsaved` (with a `message`), `gathered`, `resumed`, `progress` (with
    what `Progress` holds), `epoch` (the same, after a whole one), `stopped`, `saved`.
    """

    def __enter__(self) -> JsonLines:
        """Begin to show."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop showing."""

    def show(self, progress: Progress) -> None:
        """Print one report."""
        event = "epoch" if progress.whole_epoch else "progress"
        self._print({"event": event} | progress.as_json())

    def say(self, event: str, text: str, **details: Any) -> None:
        """Print what happened."""
        self._print({"event": event} | details)

    @staticmethod
    def _print(said: dict[str, Any]) -> None:
        # JSON knows no infinity and no NaN, which a loss may become.
        finite = {
            key: None if isinstance(value, float) and not math.isfinite(value) else value
            for key, value in said.items()
        }
        print(json.dumps(finite), flush=True)


class Bar:
    """A bar on a terminal, a line an epoch elsewhere; on standard error."""

    def __init__(self) -> None:
        from rich import progress as rich
        from rich.console import Console

        self._console = Console(stderr=True, highlight=False)
        self._bar = rich.Progress(
            rich.TextColumn("{task.description}"),
            rich.BarColumn(bar_width=None),
            rich.TextColumn("{task.percentage:3.0f} %"),
            console=self._console,
            expand=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task("getting ready", total=1.0)

    def __enter__(self) -> Bar:
        """Begin to show."""
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop showing."""
        self._bar.stop()

    def show(self, progress: Progress) -> None:
        """Show one report."""
        text = (
            f"loss {progress.loss:.4f}  accuracy {progress.accuracy:.2%}  "
            f"{progress.images_per_second:.0f} images/s"
        )
        left = f"  {_in_words(progress.seconds_left)} left"
        self._bar.update(self._task, completed=progress.done, description=text + left)
        if progress.whole_epoch:
            measured = "".join(
                f"  {name} {share:.2%}" for name, share in progress.validation.items()
            )
            self._print(f"epoch {progress.epoch}  {text}{measured}{left}")

    def say(self, event: str, text: str, **details: Any) -> None:
        """Print what happened."""
        self._print(text)

    def _print(self, text: str) -> None:
        self._console.print(text, markup=False, soft_wrap=True)


def _in_words(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60:02} min"
    return f"{minutes} min" if minutes else f"{round(seconds)} s"
