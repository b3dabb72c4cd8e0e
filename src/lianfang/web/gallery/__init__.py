"""Every part in every state on two pages, for looking at; there only while developing and in tests."""
