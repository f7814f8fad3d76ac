"""Training pipeline of the embedded models: data, tokenizer, training, evaluation and export."""
