"""Entry point of the plugin; the engine starts it by this folder's path."""

import sys
from pathlib import Path

# The folder itself comes first on the path when Python runs it; its file names would then
# shadow installed packages (`supervisor`), so the checkout takes its place.
sys.path[0] = str(Path(__file__).resolve().parents[2])

from components.local.version import VERSION  # noqa: E402
from providers.local.provider import LocalProvider  # noqa: E402
from providers.plugin.process import serve  # noqa: E402

serve(sys.argv[1:], VERSION, LocalProvider)
