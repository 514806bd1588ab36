"""What is done with cheques: by their customers, by finance, and by the clock."""
