"""The tests of the plans of group sessions."""
