"""The commands of ``afterword``, one small file each: ``add_arguments`` and ``run``."""
