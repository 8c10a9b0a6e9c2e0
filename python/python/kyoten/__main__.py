"""``python -m kyoten`` is the command ``kyoten``."""

import sys

from ._command import main

sys.exit(main())
