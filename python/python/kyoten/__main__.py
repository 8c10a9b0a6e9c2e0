"""``python -m kyoten`` is the command ``kyoten``."""

import sys

from ._command import main

if __name__ == "__main__":
    sys.exit(main())
