"""An order that was written as people write: what it says, before anybody looks for the products it names."""

from domain.written.lines import read_order
from domain.written.order import Line, Op, WrittenOrder

__all__ = ["Line", "Op", "WrittenOrder", "read_order"]
