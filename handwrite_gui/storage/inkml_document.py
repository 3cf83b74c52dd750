"""InkML's elements, as an XML parser meets them one by one (InkML 2011, chapters 3 to 5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from handwrite_gui.domain.ink import Ink
from handwrite_gui.storage.ink_file import GENERATOR
from handwrite_gui.storage.inkml_contexts import (
    Brush,
    Context,
    Contexts,
    Source,
    identity,
    reference,
)
from handwrite_gui.storage.inkml_format import Channel, TraceFormat, finite_number
from handwrite_gui.storage.inkml_ink import Trace, TraceList
from handwrite_gui.storage.inkml_limits import (
    MOST_CHANNELS,
    MOST_LABEL_CHARS,
    MOST_LEVELS,
    MOST_PARTS,
    MOST_TRACES,
    not_inkml,
    too_large,
)
from handwrite_gui.storage.inkml_traces import TraceDecoder

NAMESPACE = "http://www.w3.org/2003/InkML"
_LABELS = ("truth", "label")
_GENERATOR_TYPE = "generator"
DIGITS = tuple("0123456789")
_Kind = TypeVar("_Kind")
Attributes = Mapping[str, str]


@dataclass(slots=True)
class _Definitions:
    """What is in it is there only to be referred to."""


@dataclass(slots=True)
class _OpenTrace:
    trace: Trace
    decoder: TraceDecoder
    name: str
    prior: str


@dataclass(slots=True)
class _Group:
    outside: Context
    name: str
    first: int
    truth: str = ""
    shows: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _View:
    name: str


@dataclass(slots=True)
class _Label:
    kind: str
    text: str = ""


class InkMLDocument:
    """Takes the events of an XML parser, as a target of ElementTree's XMLParser, and makes ink.

    Mappings and canvas transforms are not applied.

    Attributes:
        events: How many events came so far: a parser that gives none is inside a long token.
        is_ours: Whether the file says that Handwrite wrote it.

    Raises:
        StorageError: Not InkML, or more than is read. The message follows the file's name; so for
            all methods.
    """

    def __init__(self) -> None:
        self.events = 0
        self.is_ours = False
        self._parts = self._trace_count = 0
        self._open: list[object] = []  # What each open element stands for.
        self._unknown_levels = 0  # How many unknown elements are open.
        self._contexts = Contexts()
        self._traces = TraceList()
        self._file_label: str | None = None
        self._part_labels: set[str] = set()

    @property
    def has_begun(self) -> bool:
        """Whether an ink element has begun, so that the file is InkML of some kind."""
        return self._parts > 0

    @property
    def label(self) -> str | None:
        """What was written, as the file says of itself, or alike of each part that has a label."""
        if self._file_label is None and len(self._part_labels) == 1:
            return next(iter(self._part_labels))
        return self._file_label

    def ink(self) -> tuple[Ink, float | None]:
        """Return the ink, and the millimetres that its unit is, if the file says so."""
        return self._traces.ink()

    # Events

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        self.events += 1
        namespace, _, name = tag.rpartition("}")
        is_known = namespace in ("", "{" + NAMESPACE) and name in _STARTS
        if not self.has_begun and not (is_known and name == "ink"):
            raise not_inkml()
        self._parts += 1 + len(attributes)
        if self._parts > MOST_PARTS or len(self._open) + self._unknown_levels >= MOST_LEVELS:
            raise too_large()
        # What is in an unknown element is none of ours, whatever it is called: an annotationXML
        # of Office holds a "context" of its own, and a canvas a traceFormat.
        if self._unknown_levels or not is_known:
            self._unknown_levels += 1
        else:
            self._open.append(_STARTS[name](self, attributes))

    def end(self, tag: str) -> None:
        """An element ends."""
        self.events += 1
        if self._unknown_levels:
            self._unknown_levels -= 1
            return
        closed = self._open.pop()
        if isinstance(closed, _OpenTrace):
            self._traces.add(closed.trace, closed.decoder, closed.name, closed.prior)
        elif isinstance(closed, TraceFormat):
            self._end_format(closed)
        elif isinstance(closed, Brush) and (context := self._context_here()):
            context.brush = closed
        elif isinstance(closed, Context) and not self._is_defining:
            self._contexts.here = closed
        elif isinstance(closed, _Group):
            self._contexts.here = closed.outside
            self._traces.add_group(closed.name, closed.first)
            if closed.truth in DIGITS and closed.shows:
                self._traces.add_correction(DIGITS.index(closed.truth), closed.shows)
        elif isinstance(closed, _Label):
            self._end_label(closed.kind, closed.text.strip())

    def data(self, text: str) -> None:
        """Text stands here."""
        self.events += 1
        if self._unknown_levels:
            return
        innermost = self._open[-1]
        if isinstance(innermost, _OpenTrace):
            innermost.decoder.feed(text)
            self._traces.check_points(innermost.decoder.points, innermost.trace.format)
        elif isinstance(innermost, _Label) and len(innermost.text) < MOST_LABEL_CHARS:
            innermost.text += text

    def comment(self, _text: str) -> None:
        """A comment stands here."""
        self.events += 1

    def pi(self, _target: str, _text: str) -> None:
        """A processing instruction stands here."""
        self.events += 1

    # Elements that begin; what they return is what they stand for while they are open.

    def _start_context(self, attributes: Attributes) -> Context:
        return self._contexts.new_context(attributes, self._is_defining)

    def _start_channel(self, attributes: Attributes) -> None:
        trace_format, holder = self._innermost(TraceFormat), self._open[-1]
        if trace_format:
            is_regular = isinstance(holder, TraceFormat)
            kind = trace_format.regular if is_regular else trace_format.intermittent
            kind.append(Channel.from_attributes(attributes))
            if trace_format.width > MOST_CHANNELS:
                raise too_large()

    def _start_channel_property(self, attributes: Attributes) -> None:
        source = self._innermost(Source)
        if source and source.format and attributes.get("name") == "resolution":
            channel = source.format.channel(attributes.get("channel", ""))
            value = finite_number(attributes.get("value"))
            channel.set_resolution(value, attributes.get("units", ""))

    def _start_brush_property(self, attributes: Attributes) -> None:
        brush = self._innermost(Brush)
        if brush:
            brush.set_property(attributes)

    def _start_group(self, attributes: Attributes) -> _Group:
        outside = self._contexts.here
        self._contexts.here = self._contexts.resolve(attributes)
        return _Group(outside, identity(attributes), len(self._traces))

    def _start_trace(self, attributes: Attributes) -> _OpenTrace | None:
        context = self._contexts.resolve(attributes)
        self._trace_count += 1
        if self._trace_count > MOST_TRACES:
            raise too_large()
        if attributes.get("type") == "penUp" or context.brush.erases:
            return None
        # Time counted from one moment for all traces says itself when each of them began.
        is_common_time = context.format.channel("T").respects != ""
        trace = Trace(
            context.format,
            context.brush.width_mm,
            0.0 if is_common_time else finite_number(attributes.get("timeOffset")),
            finite_number(attributes.get("duration")),
            is_shown=not self._is_defining,
        )
        continues = attributes.get("continuation") in ("middle", "end")
        prior = reference(attributes, "priorRef") if continues else ""
        return _OpenTrace(trace, TraceDecoder(context.format), identity(attributes), prior)

    def _start_view(self, attributes: Attributes) -> _View:
        outer = self._innermost(_View)
        name, shows = identity(attributes), reference(attributes, "traceDataRef")
        if group := self._innermost(_Group):
            group.shows.append(shows)
        is_shown = not self._is_defining
        return _View(self._traces.add_view(name, shows, is_shown, outer.name if outer else ""))

    def _start_annotation(self, attributes: Attributes) -> _Label | None:
        kind = attributes.get("type", "").lower()
        is_wanted = kind in (*_LABELS, _GENERATOR_TYPE) and not self._innermost(Brush)
        return _Label(kind) if is_wanted else None

    # Elements that end

    def _end_format(self, trace_format: TraceFormat) -> None:
        source, context = self._innermost(Source), self._context_here()
        if source:
            source.format = trace_format
        if context:
            context.format = trace_format

    def _end_label(self, kind: str, text: str) -> None:
        if kind == _GENERATOR_TYPE:
            self.is_ours |= text == GENERATOR
        elif self.is_ours and isinstance(self._open[-1], _Group):
            self._open[-1].truth = text  # What a person says of one digit, and not of all ink.
        elif text and len(self._open) > 1:
            self._part_labels.add(text)
        elif text and self._file_label is None:
            self._file_label = text

    # What is open

    @property
    def _is_defining(self) -> bool:
        return self._innermost(_Definitions) is not None

    def _innermost(self, kind: type[_Kind]) -> _Kind | None:
        return next((each for each in reversed(self._open) if isinstance(each, kind)), None)

    def _context_here(self) -> Context | None:
        """Return the context that a brush or a format is for; None where it is only defined."""
        context = self._innermost(Context)
        if context is None and not self._is_defining:
            context = self._contexts.here = replace(self._contexts.here)
        return context


#: The elements that are looked into.
_STARTS: dict[str, Callable[[InkMLDocument, Attributes], object]] = {
    "annotation": InkMLDocument._start_annotation,
    "brush": lambda document, attributes: document._contexts.new_brush(attributes),
    "brushProperty": InkMLDocument._start_brush_property,
    "channel": InkMLDocument._start_channel,
    "channelProperties": lambda *_: None,
    "channelProperty": InkMLDocument._start_channel_property,
    "context": InkMLDocument._start_context,
    "definitions": lambda *_: _Definitions(),
    "ink": lambda *_: None,
    "inkSource": lambda document, attributes: document._contexts.new_source(attributes),
    "intermittentChannels": lambda *_: None,
    "trace": InkMLDocument._start_trace,
    "traceFormat": lambda document, attributes: document._contexts.new_format(attributes),
    "traceGroup": InkMLDocument._start_group,
    "traceView": InkMLDocument._start_view,
}
