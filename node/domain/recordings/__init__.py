"""Sound and moving pictures as they are given: the same to hear and to see, without what a device wrote beside it."""
