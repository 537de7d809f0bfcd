"""The one door to numba.

Every kernel function goes through ``kernel``: no Python objects, no reference counting (``_nrt=False`` is a private
option of numba: without it the kernel is right but two to seven times slower), no GIL, and a disk cache whose folder is
stamped with the hash of every jitted source, because numba's own cache does not notice a changed helper in another
module.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent
JITTED = (
    "jit.py",
    "codes.py",
    "arrays.py",
    "engine/*.py",
    "engine/express/*.py",
    "optimise/balance/layers.py",
    "optimise/lots/annealing.py",
    "optimise/lots/flow.py",
    "optimise/lots/patterns.py",
    "optimise/lots/pricing.py",
    "optimise/schedule/floor/*.py",
    "optimise/schedule/flowshop/*.py",
    "optimise/schedule/jobshop/*.py",
)


def source_stamp() -> str:
    """Hash of every source that is compiled, so that a changed one never meets stale machine code."""
    digest = hashlib.sha256()
    for pattern in JITTED:
        for path in sorted(PACKAGE.glob(pattern)):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Where compiled kernels are kept: ``PLANTWRIGHT_CACHE`` or the user's cache folder, a folder per source stamp."""
    root = os.environ.get("PLANTWRIGHT_CACHE")
    home = Path(root) if root else Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "plantwright"
    return home / source_stamp()


os.environ.setdefault("NUMBA_CACHE_DIR", str(cache_folder()))

import numba  # noqa: E402  (the cache folder must be named before numba reads its settings)
from llvmlite import ir  # noqa: E402
from llvmlite.binding import Linkage  # noqa: E402
from numba._dynfunc import make_function  # noqa: E402
from numba.core import cgutils, types  # noqa: E402
from numba.core.codegen import JITCodeLibrary  # noqa: E402
from numba.core.cpu import CPUContext  # noqa: E402
from numba.core.datamodel import models  # noqa: E402
from numba.core.imputils import impl_ret_borrowed  # noqa: E402
from numba.core.targetconfig import ConfigStack  # noqa: E402
from numba.core.typing.templates import AttributeTemplate  # noqa: E402
from numba.cpython.unsafe.numbers import trailing_zeros  # noqa: E402
from numba.extending import NativeValue, infer_getattr, lower_getattr_generic, register_model, typeof_impl, unbox  # noqa: E402
from numba.np import arrayobj  # noqa: E402

DISABLED = bool(numba.config.DISABLE_JIT)
"""Whether the kernel runs as plain Python (``NUMBA_DISABLE_JIT=1``), for coverage and for the identity test."""


def _lowest_bit(bits: int) -> int:
    """``lowest_bit`` without the JIT."""
    return (int(bits) & -int(bits)).bit_length() - 1


lowest_bit: Callable[..., Any] = _lowest_bit if DISABLED else trailing_zeros
"""The number of the lowest bit that is set in an integer other than 0."""

KERNEL_OPTIONS: dict[str, Any] = {"_nrt": False, "nogil": True, "error_model": "numpy"}
"""``error_model``: a division by zero gives infinity instead of an error, which every caller had to ask for."""


def kernel(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function of the engine: it can neither allocate nor touch Python objects.

    Literal arguments are treated as numbers, so that each function is compiled once, and no wrapper for calls from
    Python is made: only an ``entry`` can be called from there.
    """
    if DISABLED:
        return function
    jitted = numba.njit(**KERNEL_OPTIONS, no_cpython_wrapper=True, no_cfunc_wrapper=True)(function)
    template = jitted.get_call_template
    jitted.get_call_template = lambda args, kws: template([types.unliteral(arg) for arg in args], kws)
    return jitted  # type: ignore[no-any-return]


_INLINED: list[str] = []
"""What the symbols of kernels contain that are to be written out where they are called."""


def inlined(function: Callable[..., Any]) -> Callable[..., Any]:
    """A kernel that is written out wherever it is called: on the way of most parts a call costs more than it does."""
    module, name = function.__module__.rpartition(".")[2], function.__name__
    _INLINED.append(f"{len(module)}{module}{len(name)}{name}B")
    return kernel(function)


def entry(function: Callable[..., Any]) -> Callable[..., Any]:
    """A kernel that Python calls; its machine code, with all it calls, is kept on disk."""
    return numba.njit(**KERNEL_OPTIONS, cache=True)(function)  # type: ignore[no-any-return]


def is_kept() -> bool:
    """Whether the cache holds machine code of the present sources (whose signatures may still differ)."""
    return DISABLED or any(cache_folder().rglob("*.nbc"))


def version() -> str:
    """Version of numba, for provenance."""
    return str(numba.__version__)


_with_wraparound = arrayobj.fix_integer_index


def _index(context: Any, builder: Any, kind: Any, index: Any, size: Any) -> Any:
    """How array accesses are lowered: in kernels without Python's reading of negative indices, which no kernel uses.

    To ask at every access whether the index is negative costs the engine a sixth of its speed.
    """
    flags = ConfigStack.top_or_none()
    if kind.signed and flags is not None and not flags.nrt:
        return context.cast(builder, index, kind, types.intp)
    return _with_wraparound(context, builder, kind, index, size)


arrayobj.fix_integer_index = _index


def _is_inner(flags: Any) -> bool:
    """Whether what is compiled is a kernel that only other kernels call."""
    return flags is not None and not flags.nrt and flags.no_cpython_wrapper and flags.no_cfunc_wrapper


_finalize = JITCodeLibrary.finalize
_get_executable = CPUContext.get_executable


def _link(library: Any) -> None:
    """Finish a library. Kernels are only linked; the entry that calls them is optimised with all of them as a whole.

    Numba would optimise each kernel, with all that it calls, and make machine code of it, as often as it is called.
    And it would keep each of them callable from anywhere; as parts of the entry alone they lose the arguments and
    return codes that nobody needs.
    """
    flags = ConfigStack.top_or_none()
    library.is_inner = _is_inner(flags)
    if not library.is_inner:
        if flags is not None and not flags.nrt:
            _gather(library)
            _internalise(library)
        _finalize(library)
        return
    _gather(library)
    library._finalize_dynamic_globals()
    library._finalized = True


def _gather(library: Any) -> None:
    for other in dict.fromkeys(library._linking_libraries):
        library._reload_init.update(other._reload_init)
        library._final_module.link_in(other._get_module_for_linking(), preserve=True)
    library._linking_libraries = []


def _internalise(library: Any) -> None:
    for function in library._final_module.functions:
        if not function.is_declaration and function.linkage == Linkage.linkonce_odr:
            function.linkage = Linkage.internal
            if any(symbol in function.name for symbol in _INLINED):
                function.add_function_attribute("alwaysinline")


def _executable(context: Any, library: Any, description: Any, environment: Any) -> Any:
    """The Python side of a compiled function; a kernel has none."""
    library._ensure_finalized()
    if not getattr(library, "is_inner", False):
        return _get_executable(context, library, description, environment)
    return make_function(
        description.lookup_module(), description.qualname, description.qualname, 0, environment, (library,)
    )


JITCodeLibrary.finalize = _link
CPUContext.get_executable = _executable


class PassedByPointer(types.Type):  # type: ignore[misc]
    """A NamedTuple of arrays that kernels receive as one pointer.

    Numba would pass a tuple of 36 arrays as 250 separate arguments at every call, which takes most of the time to
    compile and a good part of the time to run. Behind a pointer a call passes one address.
    """

    def __init__(self, owner: type, fields: tuple[tuple[str, Any], ...]) -> None:
        self.owner = owner
        self.fields = fields
        digest = hashlib.sha256(repr(fields).encode()).hexdigest()[:16]
        super().__init__(name=f"{owner.__name__}_{digest}")  # the name is part of every symbol: short ones link fast

    def position(self, name: str) -> int:
        return [field for field, _ in self.fields].index(name)


@register_model(PassedByPointer)
class _PointerModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: PassedByPointer) -> None:
        members = [manager.lookup(field).get_value_type() for _, field in kind.fields]
        super().__init__(manager, kind, ir.LiteralStructType(members).as_pointer())


@infer_getattr
class _Attributes(AttributeTemplate):  # type: ignore[misc]
    key = PassedByPointer

    def generic_resolve(self, kind: PassedByPointer, name: str) -> Any:
        return dict(kind.fields).get(name)


@lower_getattr_generic(PassedByPointer)  # type: ignore[untyped-decorator]
def _read(context: Any, builder: Any, kind: PassedByPointer, value: Any, name: str) -> Any:
    """An array of the world. Where it lies does not change while a kernel runs, and the optimiser is told so."""
    position = kind.position(name)
    field = kind.fields[position][1]
    found = _load_fixed(builder, cgutils.gep_inbounds(builder, value, 0, position))
    return impl_ret_borrowed(context, builder, field, found)


def _load_fixed(builder: Any, pointer: Any) -> Any:
    """What a pointer points to, member by member, each load marked as one that always finds the same."""
    pointee = pointer.type.pointee
    if not isinstance(pointee, ir.Aggregate):
        loaded = builder.load(pointer)
        loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
        return loaded
    whole = ir.Constant(pointee, ir.Undefined)
    for member in range(len(pointee)):
        part = _load_fixed(builder, cgutils.gep_inbounds(builder, pointer, 0, member))
        whole = builder.insert_value(whole, part, member)
    return whole


@unbox(PassedByPointer)  # type: ignore[untyped-decorator]
def _unbox(kind: PassedByPointer, owner: Any, c: Any) -> Any:
    slot = cgutils.alloca_once(c.builder, c.context.get_value_type(kind).pointee)
    failed = cgutils.false_bit
    for position, (name, field) in enumerate(kind.fields):
        array = c.pyapi.object_getattr_string(owner, name)
        native = c.unbox(field, array)
        c.builder.store(native.value, cgutils.gep_inbounds(c.builder, slot, 0, position))
        c.pyapi.decref(array)
        failed = native.is_error if failed is cgutils.false_bit else c.builder.or_(failed, native.is_error)
    return NativeValue(slot, is_error=failed)


def by_pointer(owner: type) -> type:
    """Class decorator: kernels receive this NamedTuple of arrays as one pointer; without the JIT nothing changes."""

    def kind_of(value: Any, context: Any) -> PassedByPointer:
        return PassedByPointer(
            owner, tuple((name, typeof_impl(item, context)) for name, item in zip(value._fields, value, strict=True))
        )

    typeof_impl.register(owner)(kind_of)
    return owner
