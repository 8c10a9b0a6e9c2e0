"""What all algorithms have in common: how they are shown, and how they call the program."""

from __future__ import annotations

import html
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProject,
)
from qgis.PyQt.QtCore import QCoreApplication, QThread
from qgis.PyQt.QtGui import QIcon

from .. import settings
from ..icon import ICON_FILE, icon
from ..program.call import Cancelled, Outcome, call
from ..program.locate import find
from ..program.progress import ASKED, Step
from ..results.page import write_page
from ..strings import tr
from .parameters import LOAD, REPORT

#: The program's exit statuses (docs of the program): done; done, and the answer asks for attention.
_DONE, _ATTENTION = 0, 1

#: The output of every algorithm: the program's exit status.
STATUS = "STATUS"


def how_to_get() -> str:
    """What a reader without the program is told."""
    return tr(
        "The program kyoten is not on this computer, or the settings lead to a file that is not there. Get the zip for "
        "your system or the wheel (.whl) of kyoten, then open the toolbox › kyoten › “Install the program” and choose "
        "that file. Nothing else is needed, neither rights of an administrator nor a network. If the program is there "
        "already, name it under Settings › Options › Processing › Providers › kyoten."
    )


class KyotenAlgorithm(QgsProcessingAlgorithm):
    """An algorithm that calls one command of the program."""

    #: The command of the program, which is also the algorithm's name.
    command = ""
    #: Adds to a project what was found; nothing until something was, or where nobody wants it added.
    _fill: Callable[[QgsProject], None] | None = None

    def title(self) -> str:
        """What the toolbox calls it."""
        raise NotImplementedError

    def help(self) -> str:
        """What it does, in a few paragraphs."""
        raise NotImplementedError

    def createInstance(self) -> KyotenAlgorithm:  # noqa: N802
        """QGIS runs a new one each time."""
        return type(self)()

    def name(self) -> str:
        """What scripts call it by."""
        return self.command

    def displayName(self) -> str:  # noqa: N802
        """What the toolbox calls it."""
        return self.title()

    def shortHelpString(self) -> str:  # noqa: N802
        """The help beside the parameters."""
        paragraphs = (html.escape(paragraph, quote=False) for paragraph in self.help().split("\n\n"))
        return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)

    def icon(self) -> QIcon:
        """The plugin's picture."""
        return icon()

    def svgIconPath(self) -> str:  # noqa: N802
        """The same as a file."""
        return str(ICON_FILE)

    def canExecute(self) -> tuple[bool, str]:  # noqa: N802
        """Without the program nothing can be done but to say how to get it."""
        return (True, "") if find() else (False, how_to_get())

    def work(self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> dict:
        """What the algorithm does, in its own thread; raises `Cancelled` where the user has cancelled."""
        raise NotImplementedError

    def processAlgorithm(  # noqa: N802
        self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict:
        """What QGIS calls; one that was cancelled has no results."""
        try:
            return self.work(parameters, context, feedback)
        except Cancelled:
            return {}

    def add_when_done(
        self, parameters: dict, context: QgsProcessingContext, fill: Callable[[QgsProject], None]
    ) -> None:
        """Has what was found added to the project in the end, if the user wants that."""
        self._fill = fill if self.parameterAsBool(parameters, LOAD, context) else None

    def postProcessAlgorithm(  # noqa: N802
        self, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict:
        """Adds the results to the project, in the main thread."""
        filled = self._project_to_fill(context)
        if self._fill is not None and filled is not None:
            self._fill(filled)
        return {}

    @staticmethod
    def _project_to_fill(context: QgsProcessingContext) -> QgsProject | None:
        """The project that results are added to; none in a model in the background, which may not touch it."""
        is_main_thread = QThread.currentThread() == QCoreApplication.instance().thread()
        return context.project() if is_main_thread else None

    def add(self, parameter: QgsProcessingParameterDefinition, *, advanced: bool = False) -> None:
        """Adds a parameter, among the advanced ones where few need it."""
        if advanced:
            parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.FlagAdvanced)
        self.addParameter(parameter)

    def call(
        self,
        arguments: Sequence[str],
        feedback: QgsProcessingFeedback,
        folder: Path | None = None,
        *,
        is_shown: bool = True,
        bar: tuple[float, float] = (0, 100),
    ) -> Outcome:
        """Calls the command, shows what it says, and raises with the program's own words where it did nothing.

        While parcels are measured the bar goes between the two ends of `bar`, in hundredths.
        """
        program = find()
        if program is None:
            raise QgsProcessingException(how_to_get())
        words = [self.command, *arguments, "--lang", settings.spoken(), "--color", "never"]
        feedback.pushCommandInfo(shlex.join([*program.command, *words]))
        hear = feedback.pushConsoleInfo if is_shown else lambda line: None

        def advance(step: Step) -> None:
            if step.share is None:
                feedback.setProgressText(step.name)
            else:
                feedback.setProgress(bar[0] + (bar[1] - bar[0]) * step.share)

        try:
            outcome = call(program, [*words, *ASKED], feedback.isCanceled, hear, folder, advance)
        except OSError as error:
            reason = tr("{program} cannot be started ({reason}). Install the program again.")
            raise QgsProcessingException(reason.format(program=program.command[0], reason=error)) from error
        return _judged(outcome, feedback)

    def report(self, parameters: dict, context: QgsProcessingContext, text: str) -> dict:
        """Writes what the program said as a page, where one is wanted; the page as an output."""
        file = self.parameterAsFileOutput(parameters, REPORT, context)
        if not file:
            return {}
        write_page(Path(file), self.displayName(), text)
        return {REPORT: file}


def _judged(outcome: Outcome, feedback: QgsProcessingFeedback) -> Outcome:
    complained = outcome.complained.rstrip()
    if outcome.status not in (_DONE, _ATTENTION):
        reason = complained or tr("The program ended with status {status}.").format(status=outcome.status)
        raise QgsProcessingException(reason)
    if complained:
        feedback.pushWarning(complained)
    if outcome.status == _ATTENTION:
        feedback.pushWarning(tr("The program is done, and its answer asks for attention (status 1)."))
    return outcome
