"""A made-up city: people arriving, tested, checked and transferred, with late, missing and corrected facts."""
