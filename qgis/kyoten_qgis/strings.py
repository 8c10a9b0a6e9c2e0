"""In which language does the plugin speak, and where do its texts come from?

Texts stand in English where they arise, in calls of `tr`, and are translated by `i18n/kyoten_qgis_ja.qm`.
"""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

#: The context of every text of the plugin in its `.ts` file.
CONTEXT = "kyoten"

_TRANSLATIONS = Path(__file__).parent / "i18n"


def tr(text: str) -> str:
    """The text in the language of QGIS."""
    return QCoreApplication.translate(CONTEXT, text)


def language() -> str:
    """The language of QGIS among those that the program speaks: `ja` or `en`."""
    return "ja" if QgsApplication.locale().lower().startswith("ja") else "en"


def install_translator() -> QTranslator | None:
    """Has QGIS look for the plugin's texts; what it returns must be kept as long as the plugin lives."""
    translator = QTranslator()
    if not translator.load(str(_TRANSLATIONS / f"kyoten_qgis_{language()}.qm")):
        return None
    QCoreApplication.installTranslator(translator)
    return translator
