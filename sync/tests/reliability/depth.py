"""How thoroughly to look: a sample that fits into CI, or everything with RELIABILITY=full."""

import os

IS_FULL = os.environ.get("RELIABILITY") == "full"
