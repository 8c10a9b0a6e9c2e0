"""What can be set under Settings › Options › Processing › Providers › kyoten?"""

from __future__ import annotations

from processing.core.ProcessingConfig import ProcessingConfig, Setting

from .icon import icon
from .strings import language, tr

_GROUP = "kyoten"
_PROGRAM = "KYOTEN_PROGRAM"
_LANGUAGE = "KYOTEN_LANGUAGE"

#: The language of QGIS, or one of the program's.
_LANGUAGES = ["auto", "ja", "en"]


def add() -> None:
    """Adds the settings; a provider does so when it is loaded."""
    ProcessingConfig.settingIcons[_GROUP] = icon()
    program = tr("Program (kyoten or kyoten.exe); empty: looked for")
    ProcessingConfig.addSetting(Setting(_GROUP, _PROGRAM, program, "", valuetype=Setting.FILE))
    spoken = tr("Language of what the program says")
    options = {"valuetype": Setting.SELECTION, "options": _LANGUAGES}
    ProcessingConfig.addSetting(Setting(_GROUP, _LANGUAGE, spoken, _LANGUAGES[0], **options))
    ProcessingConfig.readSettings()


def remove() -> None:
    """Takes the settings away; what was set is kept."""
    ProcessingConfig.removeSetting(_PROGRAM)
    ProcessingConfig.removeSetting(_LANGUAGE)


def program() -> str:
    """The program that was set by its path; empty where it is to be looked for."""
    return ProcessingConfig.getSetting(_PROGRAM) or ""


def spoken() -> str:
    """The language that the program is to speak, `ja` or `en`."""
    chosen = ProcessingConfig.getSetting(_LANGUAGE, readable=True)
    return chosen if chosen in ("ja", "en") else language()
