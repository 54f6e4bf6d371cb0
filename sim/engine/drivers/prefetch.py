"""Asking for a person's row some people ahead: where few are awake, half of a day's time is waiting for memory."""

from __future__ import annotations

from typing import Any

from sim.engine.compiled import ENABLED
from sim.engine.records import Rows
from sim.engine.state.people import Person

#: How many people ahead.
AHEAD = 12
_LINE = 64

if ENABLED:
    from llvmlite import ir
    from numba.core import cgutils, types
    from numba.extending import intrinsic

    @intrinsic
    def prefetch(context: Any, rows: Any, index: Any) -> Any:  # noqa: ARG001 - Numba gives the types by these names
        """Hint that row ``index`` of a structured array will be read and written soon."""

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            kind = signature.args[0]
            array = context.make_array(kind)(context, builder, arguments[0])
            row = cgutils.get_item_pointer(context, builder, kind, array, [arguments[1]], wraparound=False)
            byte, flag = ir.IntType(8).as_pointer(), ir.IntType(32)
            hint = ir.FunctionType(ir.VoidType(), [byte, flag, flag, flag])
            ask = cgutils.get_or_insert_function(builder.module, hint, "llvm.prefetch.p0")
            start = builder.bitcast(row, byte)
            for offset in range(0, kind.dtype.size, _LINE):
                line = builder.gep(start, [ir.Constant(ir.IntType(64), offset)])
                builder.call(ask, [line, flag(1), flag(3), flag(1)])  # to be written, soon again, data
            return context.get_dummy_value()

        return types.void(rows, types.intp), generate

else:

    def prefetch(rows: Rows[Person], index: int) -> None:
        """Nothing to hint at without the compiler."""
