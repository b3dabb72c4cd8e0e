"""What every page shares: menu, sheets, status marks, bars, dates, fields, and the pages that say no."""
