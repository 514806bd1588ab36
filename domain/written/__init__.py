"""An order that was written as people write: what it says, before anybody looks for the products it names."""

from domain.written.lines import Line, Op, WrittenOrder, read_order

__all__ = ["Line", "Op", "WrittenOrder", "read_order"]
