"""What the engine relies on in numba beyond its public promises."""

import inspect

import numba
import numpy as np
import pytest
from numba.core.errors import NumbaError
from numba.np import arrayobj

from plantwright.jit import DISABLED, entry


@pytest.mark.skipif(DISABLED, reason="nothing is compiled")
def test_a_kernel_cannot_allocate():
    # The private option _nrt=False is gone if this compiles. Fallback: drop it from KERNEL_OPTIONS; the kernel is
    # then right as before and two to seven times slower.
    @entry
    def allocates(count):
        return np.zeros(count).sum()

    with pytest.raises((NumbaError, RuntimeError, TypeError, AttributeError, NotImplementedError)):
        allocates(3)


def test_the_lowering_of_indices_has_the_form_that_is_replaced():
    # If numba changes it, drop the replacement in jit.py: the kernel is then right as before and a sixth slower.
    assert list(inspect.signature(arrayobj.fix_integer_index).parameters)[-1] == "size"


def test_code_that_is_no_kernel_keeps_negative_indices():
    last = numba.njit(lambda values: values[-1])
    assert last(np.array([1.0, 2.0, 3.0])) == 3.0
