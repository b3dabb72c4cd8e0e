"""Who met whom: stays at places, meetings, classes of contact, chains of infection."""
