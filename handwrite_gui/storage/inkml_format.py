"""Trace formats: what the numbers of InkML's traces mean (InkML 2011, section 3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.ink import PRESSURE, STEP_MS, TIME_MS, X, Y
from handwrite_gui.storage.errors import StorageError
from handwrite_gui.storage.inkml_limits import LARGEST_NUMBER

#: Units of length in millimetres: those of InkML, and Microsoft's hundredth of a millimetre.
MILLIMETRES = {
    "m": 1000.0,
    "cm": 10.0,
    "mm": 1.0,
    "himetric": 0.01,
    "in": 25.4,
    "pc": 25.4 / 6,
    "pt": 25.4 / 72,
}
_MILLISECONDS = {"s": 1000.0, "ms": 1.0, "us": 0.001, "ns": 1e-6}


@dataclass(slots=True)
class Channel:
    """What one number of a point means.

    Attributes:
        name: X, Y, T (time), F (force), or what else InkML and others define.
        is_integer: Whether the numbers are whole ones, as devices count.
        units: As the file says, or "".
        lowest: The least possible number, 0 where the file does not say.
        highest: The largest possible number, or None.
        sign: -1 where the numbers grow to the left, or upwards.
        respects: What time is counted from; "" for the beginning of the trace.
        step_mm: Millimetres from one whole number to the next, where the file says so.
    """

    name: str
    is_integer: bool = False
    units: str = ""
    lowest: float = 0.0
    highest: float | None = None
    sign: int = 1
    respects: str = ""
    step_mm: float | None = None

    @staticmethod
    def from_attributes(attributes: Mapping[str, str]) -> Channel:
        """Read a channel element."""
        return Channel(
            name=attributes.get("name", ""),
            is_integer=attributes.get("type") == "integer",
            units=attributes.get("units", ""),
            lowest=finite_number(attributes.get("min")) or 0.0,
            highest=finite_number(attributes.get("max")),
            sign=-1 if attributes.get("orientation") == "-ve" else 1,
            respects=attributes.get("respectTo", ""),
        )

    def set_resolution(self, value: float | None, units: str) -> None:
        """Take a resolution, such as 1000 in 1/cm or 0.01 in mm; what makes no sense is left."""
        length = MILLIMETRES.get(units.removeprefix("1/"))
        if length is not None and value is not None and 1e-12 < value < 1e12:
            self.step_mm = length / value if units.startswith("1/") else length * value

    @property
    def unit_mm(self) -> float | None:
        """Millimetres that 1.0 of a position is, or None where the file does not say.

        Office writes what its device counted, names a unit beside it, and means the resolution.
        """
        if self.step_mm is not None and (self.is_integer or self.units in ("", "dev")):
            return self.step_mm
        return MILLIMETRES.get(self.units)


@dataclass(slots=True)
class TraceFormat:
    """The channels of a trace's points, in their order.

    Attributes:
        regular: Those that each point has.
        intermittent: Those that may follow.
    """

    regular: list[Channel] = field(default_factory=list)
    intermittent: list[Channel] = field(default_factory=list)

    @staticmethod
    def default() -> TraceFormat:
        """Return what InkML means where no format is declared: X and Y."""
        return TraceFormat([Channel("X"), Channel("Y")])

    @property
    def width(self) -> int:
        """How many channels there are, counting intermittent ones."""
        return len(self.regular) + len(self.intermittent)

    @property
    def wanted(self) -> list[int | None]:
        """Where x, y, time and force stand in a point, in this order; None for what is not there.

        Raises:
            StorageError: There is no X or no Y. The message follows the file's name.
        """
        names = [channel.name for channel in self.regular + self.intermittent]
        if "X" not in names or "Y" not in names:
            raise StorageError("has traces without X and Y: save it again as InkML.")
        return [names.index(name) if name in names else None for name in ("X", "Y", "T", "F")]

    @property
    def unit_mm(self) -> float | None:
        """Millimetres that 1.0 of x is, or None where the file does not say."""
        return self.channel("X").unit_mm

    def channel(self, name: str) -> Channel:
        """Return the first channel of this name; where there is none, one that says nothing."""
        named = (each for each in self.regular + self.intermittent if each.name == name)
        return next(named, Channel(name))

    def convert(self, values: NDArray[np.float64]) -> None:
        """Turn values of any traces into stroke points, in place.

        Args:
            values: Shape (n, 4): x, y, time and force as in the file, NaN where it says nothing.
                Becomes points as in `Stroke.points`, but in the unit of X; what the file does not
                say of place and time stays NaN.
        """
        x, y, force = self.channel("X"), self.channel("Y"), self.channel("F")
        values[:, X] *= x.sign
        values[:, Y] *= y.sign
        if x.unit_mm is not None and y.unit_mm is not None:
            values[:, Y] *= y.unit_mm / x.unit_mm
        values[:, TIME_MS] *= _MILLISECONDS.get(self.channel("T").units, 1.0)
        if force.highest is None or force.highest <= force.lowest:
            values[:, PRESSURE] = 0.5
            return
        with np.errstate(over="ignore"):  # Where the file names a range of almost nothing.
            pressure = (values[:, PRESSURE] - force.lowest) / (force.highest - force.lowest)
        values[:, PRESSURE] = np.nan_to_num(np.clip(pressure, 0.0, 1.0), nan=0.5)


def fill_times(
    times: NDArray[np.float64], offset_ms: float | None, duration_ms: float | None, free_ms: float
) -> None:
    """Fill in a trace's times, in place.

    What the file does not say is spaced evenly; a trace that says nothing of when it began, and
    cannot have begun before the last one ended, follows that one.

    Args:
        times: Milliseconds, shape (n,), n ≥ 1; NaN where the file says nothing.
        offset_ms: When the trace began, if the file says so.
        duration_ms: How long it took, if the file says so.
        free_ms: When the pen was free again after the last trace.
    """
    known = np.isfinite(times)
    if not known.all():
        index = np.arange(len(times))
        if known.any():
            times[:] = np.interp(index, index[known], times[known])
        else:
            steps = max(len(times) - 1, 1)
            times[:] = index * (STEP_MS if duration_ms is None else duration_ms / steps)
    if offset_ms is not None:
        times += offset_ms
    elif times[0] < free_ms:
        times += free_ms - times[0]


def finite_number(text: str | None) -> float | None:
    """Read an attribute; None where it is missing, or no number that a pen could need."""
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if abs(number) <= LARGEST_NUMBER else None
