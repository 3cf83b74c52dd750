"""Contexts: the formats and brushes that InkML's traces refer to (InkML 2011, sections 3 and 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from handwrite_gui.storage.inkml_format import MILLIMETRES, TraceFormat, finite_number

_Item = TypeVar("_Item")
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass(slots=True)
class Brush:
    """What a trace was drawn with.

    Attributes:
        width_mm: Its width in millimetres, or None where the file does not say.
        erases: Whether what it drew is no ink. InkML has no word for that; programs name it so.
    """

    width_mm: float | None = None
    erases: bool = False

    def set_property(self, attributes: Mapping[str, str]) -> None:
        """Take a brushProperty element."""
        name, value = attributes.get("name", "").lower(), attributes.get("value", "").lower()
        unit, width = MILLIMETRES.get(attributes.get("units", "")), finite_number(value)
        if name == "width" and unit is not None and width is not None and width > 0.0:
            self.width_mm = width * unit
        self.erases |= _names_eraser(value) or (_names_eraser(name) and value in ("true", "1"))


@dataclass(slots=True)
class Source:
    """An inkSource: the device, of which the format and its resolutions matter here."""

    format: TraceFormat | None = None


@dataclass(slots=True)
class Context:
    """What holds for the traces that refer to it, or follow it."""

    format: TraceFormat
    brush: Brush


class Contexts:
    """Everything that has an id and can be referred to, but the traces.

    Attributes:
        here: What holds where the file has been read to.
    """

    def __init__(self) -> None:
        self.here = Context(TraceFormat.default(), Brush())
        self._contexts: dict[str, Context] = {}
        self._formats: dict[str, TraceFormat] = {}
        self._sources: dict[str, Source] = {}
        self._brushes: dict[str, Brush] = {}

    def resolve(self, attributes: Mapping[str, str], base: Context | None = None) -> Context:
        """Return what holds for an element, by its references; unknown ones change nothing.

        Args:
            attributes: Of a context, trace or traceGroup.
            base: What holds where they do not say; by default `here`.
        """
        context = self._contexts.get(reference(attributes, "contextRef"), base or self.here)
        source = self._sources.get(reference(attributes, "inkSourceRef"))
        if source and source.format:
            context = replace(context, format=source.format)
        trace_format = self._formats.get(reference(attributes, "traceFormatRef"))
        if trace_format:
            context = replace(context, format=trace_format)
        brush = reference(attributes, "brushRef")
        if brush:
            named = self._brushes.get(brush, Brush(erases=_names_eraser(brush)))
            context = replace(context, brush=named)
        return context

    def new_context(self, attributes: Mapping[str, str], is_definition: bool) -> Context:
        """Begin a context; one among definitions takes nothing from where it stands."""
        base = Context(TraceFormat.default(), Brush()) if is_definition else None
        return _keep(self._contexts, attributes, replace(self.resolve(attributes, base)))

    def new_format(self, attributes: Mapping[str, str]) -> TraceFormat:
        """Begin a traceFormat."""
        return _keep(self._formats, attributes, TraceFormat())

    def new_source(self, attributes: Mapping[str, str]) -> Source:
        """Begin an inkSource."""
        return _keep(self._sources, attributes, Source())

    def new_brush(self, attributes: Mapping[str, str]) -> Brush:
        """Begin a brush."""
        brush = replace(self._brushes.get(reference(attributes, "brushRef"), Brush()))
        brush.erases |= _names_eraser(identity(attributes))
        return _keep(self._brushes, attributes, brush)


def identity(attributes: Mapping[str, str]) -> str:
    """Return an element's id, or ""; some programs leave the prefix of xml:id out."""
    return attributes.get(_XML_ID, attributes.get("id", ""))


def reference(attributes: Mapping[str, str], name: str) -> str:
    """Return the id that an attribute refers to, or ""."""
    return attributes.get(name, "").rpartition("#")[2]


def _keep(table: dict[str, _Item], attributes: Mapping[str, str], item: _Item) -> _Item:
    """Put an element into its table, if it has an id, and return it."""
    if name := identity(attributes):
        table[name] = item
    return item


def _names_eraser(name: str) -> bool:
    return "eraser" in name.lower()
