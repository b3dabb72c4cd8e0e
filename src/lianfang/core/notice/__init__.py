"""An official notice becomes a clause tree, units, deadlines, numbers and a draft pack."""
