"""Training side of Quickfire: data, nano training, QFt-T, evaluation and export. Not needed by users."""
