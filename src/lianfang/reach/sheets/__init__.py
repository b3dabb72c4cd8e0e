"""Tables in and out: Excel, OpenDocument and CSV files that offices send and receive."""
