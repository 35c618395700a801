"""Statements on versions of the library and on how reloads went, the same for every database."""

from __future__ import annotations

_LATER = "kept_at = CASE WHEN excluded.kept_at > versions.kept_at THEN excluded.kept_at ELSE versions.kept_at END"
KEEP_VERSION = f"""
INSERT INTO versions (version, kept_at, bundle) VALUES (?, ?, ?)
ON CONFLICT (version) DO UPDATE SET {_LATER}
"""
REPLACE_VERSION = f"""
INSERT INTO versions (version, kept_at, bundle) VALUES (?, ?, ?)
ON CONFLICT (version) DO UPDATE SET {_LATER}, bundle = excluded.bundle
"""
BUNDLE = "SELECT bundle FROM versions WHERE version = ?"
UNUSED = "SELECT version FROM versions WHERE kept_at <= ?"
DROP_VERSION = "DELETE FROM versions WHERE version = ?"
# One look into the index for each value there is, however many conversations have it.
USED = """
WITH RECURSIVE finishing (version) AS (
    SELECT min(finishes_on) FROM conversations WHERE finishes_on <> ''
    UNION ALL
    SELECT (SELECT min(finishes_on) FROM conversations WHERE finishes_on <> '' AND finishes_on > finishing.version)
    FROM finishing WHERE finishing.version IS NOT NULL
), planned (platform, version) AS (
    SELECT platform, version
    FROM (SELECT platform, planned_with AS version FROM conversations ORDER BY platform, planned_with LIMIT 1) AS first
    UNION ALL
    SELECT next.platform, next.planned_with FROM planned, conversations AS next
    WHERE next.id = (
        SELECT id FROM conversations AS other
        WHERE (other.platform, other.planned_with) > (planned.platform, planned.version)
        ORDER BY other.platform, other.planned_with LIMIT 1)
)
SELECT version FROM finishing WHERE version IS NOT NULL UNION SELECT version FROM planned WHERE version <> ''
"""
KEEP_RELOAD = """
INSERT INTO reloads (name, at, value) VALUES (?, ?, ?)
ON CONFLICT (name) DO UPDATE SET at = excluded.at, value = excluded.value
"""
RELOAD = "SELECT at, value FROM reloads WHERE name = ?"
FORGET_RELOAD = "DELETE FROM reloads WHERE name = ?"
BODIES = """
SELECT id, platform, tenant, person, version, body FROM conversations WHERE id > ? ORDER BY id LIMIT ?
"""
