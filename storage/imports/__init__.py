"""Many rows of the company's own books at once, found again by the code that they have there."""
