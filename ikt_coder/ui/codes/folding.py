"""Which branches of the codebook are folded, remembered for this project on this computer."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex

from ikt_coder.ui.codes.tree import CodeTree
from ikt_coder.ui.codes.tree_model import CodeTreeModel
from ikt_coder.ui.context import Context

_STATE = "codebook.folded"


class Folding:
    """Branches are open until folded by hand; while finding, all are open."""

    def __init__(self, tree: CodeTree, model: CodeTreeModel, context: Context) -> None:
        self._tree = tree
        self._model = model
        self._settings = context.settings
        self._project = context.project.local_id
        stored = self._settings.local_state(self._project).get(_STATE)
        self._folded = {str(name) for name in stored} if isinstance(stored, list) else set()
        self._restoring = False
        self.scrolled_to = 0
        tree.collapsed.connect(self._fold)
        tree.expanded.connect(self._unfold)

    def restore(self) -> None:
        """Fold and open the branches of a tree that was built anew."""
        self._restoring = True
        self._tree.expandAll()
        if not self._model.query:
            for index in self._model.branches():
                if self._model.branch(index).fold_name in self._folded:
                    self._tree.collapse(index)
        self._restoring = False

    def _fold(self, index: QModelIndex) -> None:
        if not self._restoring and not self._model.query:
            self._folded.add(self._model.branch(index).fold_name)
            self._remember()

    def _unfold(self, index: QModelIndex) -> None:
        name = self._model.branch(index).fold_name
        if not self._restoring and not self._model.query and name in self._folded:
            self._folded.discard(name)
            self._remember()

    def _remember(self) -> None:
        state = dict(self._settings.local_state(self._project))
        state[_STATE] = sorted(self._folded)
        self._settings.remember_local_state(self._project, state)
