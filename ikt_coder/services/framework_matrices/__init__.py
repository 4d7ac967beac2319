"""Framework matrices: cases by codes or themes, with a summary a person writes in each cell."""

from ikt_coder.services.framework_matrices.service import FrameworkMatrixService

__all__ = ["FrameworkMatrixService"]
