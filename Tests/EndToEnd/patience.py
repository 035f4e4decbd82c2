# SPDX-License-Identifier: Apache-2.0
"""How many times slower than a quiet computer with two processors this one may be.

Bounds of times are what a node itself waits and, times this, what the computer takes.
"""

import os

PATIENCE = float(os.environ.get("CARTLINK_TEST_PATIENCE", "1"))
