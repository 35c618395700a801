"""Afterword: a coach for the days after a job rejection."""
