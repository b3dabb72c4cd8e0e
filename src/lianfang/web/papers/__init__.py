"""Papers: issue one or many, print them, see which were issued, withdraw one."""
