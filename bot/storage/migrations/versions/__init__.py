"""One file per step, numbered; a file that was released is never changed again."""
