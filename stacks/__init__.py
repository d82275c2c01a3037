"""The Pulumi program: one module a target, the only reader of Pulumi's configuration, outputs."""

import gc

# What Pulumi has imported by now stays to the end. Unless that is said, the collector walks through
# all of it while our classes are made, for a tenth of the program's time.
gc.freeze()
