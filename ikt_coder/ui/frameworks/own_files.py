"""Getting frameworks of one's own: from a file, and from the project's codes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QWidget

from ikt_coder.codebooks.schema import FrameworkError
from ikt_coder.core.errors import UserError
from ikt_coder.services.framework_library import read_own_framework
from ikt_coder.ui.codes.paragraph import Paragraph
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context
from ikt_coder.ui.file_places import ask_to_read
from ikt_coder.ui.frameworks.fault_list import FaultList
from ikt_coder.ui.frameworks.save_dialog import SaveFrameworkDialog
from ikt_coder.ui.new_project.form_dialog import FormDialog

translate = QCoreApplication.translate


def install_from_file(context: Context, parent: QWidget) -> str:
    """Ask for a file and take it into the library; a bad one shows its faults. Returns the
    framework's key, nothing where none was installed."""
    path = ask_to_read(
        parent,
        context.settings,
        translate("Frameworks", "Install a framework from a file"),
        translate("Frameworks", "Frameworks (*.json);;All files (*)"),
    )
    if path is None:
        return ""
    library = context.project.frameworks.library
    try:
        framework, text = read_own_framework(path)
        kept = library.find(framework.key)
        replace = kept is not None and kept[1] != text
        if replace and not _may_replace(context, framework.key, parent):
            return ""
        library.install(path, replace=replace)
    except FrameworkError as error:
        show_faults(context, path.name, error, parent)
        return ""
    except UserError as error:
        context.fail(error)
        return ""
    words = translate("Frameworks", "Installed {name} in your library")
    context.say(words.format(name=bold(framework.name)), undo=False)
    return framework.key


def show_faults(context: Context, name: str, error: FrameworkError, parent: QWidget) -> None:
    dialog = FaultList(context.appearance, name, error.located, parent)
    dialog.exec()
    dialog.deleteLater()


def save_codes(context: Context, parent: QWidget) -> bool:
    """Ask which codes to save as a framework, and save them; whether something was saved."""
    dialog = SaveFrameworkDialog(context, parent)
    saved = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return saved


def _may_replace(context: Context, key: str, parent: QWidget) -> bool:
    dialog = _ReplaceDialog(context, key, parent)
    answer = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return answer


class _ReplaceDialog(FormDialog):
    """Whether the one of the same id may go."""

    def __init__(self, context: Context, key: str, parent: QWidget) -> None:
        super().__init__(context.appearance, "", "", parent)
        self.setWindowTitle(self.tr("Replace the framework"))
        self.keep_button.setText(self.tr("Replace"))
        words = Paragraph()
        words.say(
            self.tr(
                "Your library has another framework with the id “{key}”. It would be replaced;"
                " projects that use it keep their copy."
            ).format(key=key)
        )
        self.set_form(words, height=180)
