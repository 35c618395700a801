#!/usr/bin/env bash
# Puts a copy made by `deploy/backup.sh` into a database that is not there yet, or empty. Stop the coach first.
#     deploy/restore.sh backup.db sqlite:////var/lib/afterword/afterword.db
#     deploy/restore.sh backup.dump postgresql://afterword@host/afterword
# Run it as the user whom the coach runs as, who alone will be able to read the file; then run `afterword doctor`.
# Whoever asked to be forgotten since the copy was made has to be forgotten again.
set -euo pipefail
umask 077
[ $# -eq 2 ] || { echo "usage: $0 FILE DATABASE-URL" >&2; exit 2; }
file=$1 url=$2
[ -f "$file" ] || { echo "There is no $file." >&2; exit 1; }

# Whatever else the file is, it must not become the database.
begins_with() {
	[ "$(head -c ${#1} "$file" | tr -d '\0')" = "$1" ] || { echo "$file is not a copy of such a database." >&2; exit 1; }
}

case $url in
sqlite:///*)
	to=${url#sqlite:///}
	begins_with "SQLite format 3"
	for there in "$to" "$to-wal" "$to-shm"; do
		[ ! -e "$there" ] || { echo "$there is there already; move it away first." >&2; exit 1; }
	done
	cp "$file" "$to.part"
	sync "$to.part"
	mv "$to.part" "$to"
	;;
postgres*://*)
	begins_with PGDMP
	pg_restore --exit-on-error --single-transaction --no-owner --dbname="$url" "$file"
	;;
*) echo "$url is not the address of a database." >&2; exit 2 ;;
esac
echo "The copy is restored. Now run \`afterword doctor\`."
