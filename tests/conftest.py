"""What holds for every suite."""

from hypothesis import settings

# A property holds or does not; how long one example takes says only how busy the machine is.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
