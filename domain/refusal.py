"""What every refusal is."""


class Refusal(Exception):
    """The business says no. Shown to the person who asked; never logged as a crash."""
