"""Simple-English stories and questions with a known world behind them. All words and sentences are our own."""
