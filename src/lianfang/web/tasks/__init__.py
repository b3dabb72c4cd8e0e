"""Tasks: who leads, who helps, by when; handed in with proof, accepted or returned, brought before the unit above."""
