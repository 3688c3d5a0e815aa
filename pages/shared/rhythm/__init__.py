"""The board of occasions, one of them, and the plans behind them."""
