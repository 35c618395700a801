#!/usr/bin/env bash
# Copies the database to a file while the coach goes on; `deploy/restore.sh` puts it back.
#     deploy/backup.sh sqlite:////var/lib/afterword/afterword.db backup.db
#     deploy/backup.sh postgresql://afterword@host/afterword backup.dump
# Everybody on a computer sees the words of a command: leave a password to PGPASSWORD or to ~/.pgpass.
# The keys are not in it, on purpose: keep a copy of the key file somewhere else, or nothing of this can be read.
set -euo pipefail
umask 077
[ $# -eq 2 ] || { echo "usage: $0 DATABASE-URL FILE" >&2; exit 2; }
url=$1 file=$2
[ ! -e "$file" ] || { echo "$file is there already." >&2; exit 1; }
part="$file.part"
trap 'rm -f "$part"' EXIT

case $url in
sqlite:///*)
	from=${url#sqlite:///}
	[ -f "$from" ] || { echo "There is no $from." >&2; exit 1; }
	python3 - "$from" "$part" <<-'END'
		import sqlite3, sys
		source, target = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True), sqlite3.connect(sys.argv[2])
		source.backup(target, pages=1000, sleep=0.01)
		assert target.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the copy is damaged"
	END
	;;
postgres*://*) pg_dump --format=custom --no-owner --file="$part" "$url" ;;
*) echo "$url is not the address of a database." >&2; exit 2 ;;
esac

sync "$part"
mv "$part" "$file"
echo "The database is copied to $file, without the keys."
