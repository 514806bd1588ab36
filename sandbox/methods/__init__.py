"""The methods of the Bot API, one module for each noun."""
