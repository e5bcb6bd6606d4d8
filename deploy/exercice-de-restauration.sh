#!/bin/sh
# Usage: exercice-de-restauration.sh FOLDER. Restores the last backup of FOLDER into a throw-away installation, and proves that it serves:
# the secret opens it, it comes up to this release, the audit log is whole, and it has professionals. The installation in use is not touched.
# A backup of PostgreSQL needs a database for this alone, in EXERCICE_DATABASE_URL; it is emptied before and after.
set -eu
folder=$1
cd "$(dirname "$0")/.."
python=${PYTHON_DE_CLICNJOB:-.venv/bin/python}
home=${CLICNJOB_HOME:-var}
last=$(find "$folder" -maxdepth 1 -name 'clicnjob-*.sauvegarde' | sort | tail -n 1)
fail() { echo "Exercice de restauration raté : $1" >&2; exit 1; }
[ -n "$last" ] || fail "aucune sauvegarde dans $folder."
[ -z "$(find "$last" -mtime +2)" ] || fail "la dernière sauvegarde a plus de deux jours."
apart=$(mktemp -d)
pg=""
clean() {
  rm -rf "$apart"
  [ -z "$pg" ] || psql -q "$pg" -c 'SET client_min_messages = warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public;'
}
trap clean EXIT
chmod 700 "$apart"
[ ! -f "$home/secret" ] || cp "$home/secret" "$apart/secret"
[ ! -f "$home/effacements.jsonl" ] || cp "$home/effacements.jsonl" "$apart/effacements.jsonl"
if [ "$(head -c 5 "$last")" = PGDMP ]; then
  [ -n "${EXERCICE_DATABASE_URL:-}" ] || fail "donnez EXERCICE_DATABASE_URL, une base PostgreSQL pour cela seul."
  [ "$EXERCICE_DATABASE_URL" != "${CLICNJOB_DATABASE_URL:-}" ] || fail "EXERCICE_DATABASE_URL est la base en service."
  pg="${EXERCICE_DATABASE_URL%%+psycopg*}${EXERCICE_DATABASE_URL#*+psycopg}"
fi
export CLICNJOB_HOME="$apart" CLICNJOB_DATABASE_URL="${EXERCICE_DATABASE_URL:-}"
"$python" -m clicnjob restore "$last" --yes || fail "la sauvegarde ne se remet pas."
"$python" -m clicnjob audit verify || fail "le journal des accès n’est pas entier."
people=$("$python" -m clicnjob staff list) || fail "les comptes ne se lisent pas."
[ -n "$people" ] || fail "la base est vide."
echo "Exercice de restauration réussi : $(basename "$last"), $(printf '%s\n' "$people" | wc -l) lignes de professionnels."
