"""For all tests: how Hypothesis runs."""

import os

from hypothesis import HealthCheck, settings

# Time is no property of the code: a busy machine must not fail a test. In CI the examples are the
# same in every run, so that a red run is red for everybody.
settings.register_profile(
    "suite",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("suite")
