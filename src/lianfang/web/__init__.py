"""The pages people work in: a room per word, with its views, addresses and templates; `parts` holds what they share."""
