"""What is refused of saved baskets and of other names of brands."""

from domain.errors import Refusal


class NameTaken(Refusal):
    """Something of one's own is called so already."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class TooManySaved(Refusal):
    """No more baskets can be saved."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most
