"""The proof of a bound, beside the search for a plan or after it."""

from __future__ import annotations

import math
import threading
import time

from plantwright.optimise.lots.model import LotModel
from plantwright.optimise.lots.periods import suits
from plantwright.optimise.lots.tree import Tree
from plantwright.problems.lots import Floats, LotEffort


class Proof:
    """Grows the tree, where there is one for the problem."""

    def __init__(self, model: LotModel, effort: LotEffort, end: float) -> None:
        self.model, self.effort, self.end = model, effort, end
        self.tree: Tree | None = None
        self.root: Floats | None = None
        """Setups of the mixture that bounds all plans. (I, T) float64 [-]"""
        self.failure: BaseException | None = None
        self.stopped, self.planted = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._run, name="proof of lots", daemon=True)

    def start(self) -> None:
        """Begin beside the search."""
        self.thread.start()

    def mixtures(self) -> list[Floats]:
        """Setups of the mixtures that bound the plans, as shares; none where there is no tree. Each (I, T) float64 [-]

        Where the effort is in seconds they are those of all open nodes. Else, lest plans depend on how fast the
        tree grows, it is the one of the root.
        """
        if self.thread.ident is None:
            self._plant()
        else:
            self.planted.wait()
        if self.tree is None or self.root is None:
            return []
        nodes = list(self.tree.open) if math.isfinite(self.effort.seconds) else []
        return [node.mixture.setups.T for node in nodes] or [self.root]

    def finish(self) -> float:
        """The bound, once the effort is spent; begun now if it was not. [money]"""
        if self.thread.ident is None:
            self._run()
        else:
            self.thread.join()
        if self.failure is not None:
            raise self.failure
        return self.tree.bound if self.tree is not None else 0.0

    def stop(self) -> None:
        """End it; what it found so far is not asked for."""
        self.stopped.set()
        if self.thread.is_alive():
            self.thread.join()

    def _plant(self) -> None:
        """The root of the tree."""
        try:
            if self.tree is None and self.failure is None and suits(self.model.problem):
                tree = Tree(self.model, lambda: self.stopped.is_set() or time.monotonic() > self.end)
                self.root = tree.open[0].mixture.setups.T
                self.tree = tree
        except Exception as failure:  # told by finish(), in the thread that asked
            self.failure = failure
        finally:
            self.planted.set()

    def _run(self) -> None:
        self._plant()
        try:
            if self.tree is not None:
                self.tree.grow(self.effort.bound_nodes)
        except Exception as failure:  # told by finish(), in the thread that asked
            self.failure = failure
