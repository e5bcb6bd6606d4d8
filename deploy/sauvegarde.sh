#!/bin/sh
# Usage: sauvegarde.sh FOLDER. Backs up into FOLDER, copies the file elsewhere (SAUVEGARDE_AILLEURS), deletes those older than 30 days.
# The application may be running. A later step never runs when an earlier one failed, so that nothing old goes without something new.
set -eu
folder=$1
cd "$(dirname "$0")/.."
python=${PYTHON_DE_CLICNJOB:-.venv/bin/python}
file="$folder/clicnjob-$(date -u +%Y%m%d-%H%M%S).sauvegarde"
"$python" -m clicnjob backup "$file"
if [ -n "${SAUVEGARDE_AILLEURS:-}" ]; then
  rsync --archive --timeout=120 "$file" "$SAUVEGARDE_AILLEURS"
else
  echo "SAUVEGARDE_AILLEURS n’est pas réglé : la sauvegarde reste sur cette machine." >&2
fi
find "$folder" -maxdepth 1 \( -name 'clicnjob-*.sauvegarde' -o -name '.clicnjob-*.sauvegarde.part' \) -mtime +30 -delete
