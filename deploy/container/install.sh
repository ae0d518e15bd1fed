#!/bin/sh
# Puts the packed packages into a folder, as they run in the container: install.sh TARBALLS INTO. The image leaves out the embedded
# PostgreSQL, for in a container the database is one of its own (DATABASE_URL).
set -eu
tarballs=$1
into=$2
mkdir -p "$into"
npm install --prefix "$into" --omit=optional --omit=dev --ignore-scripts --offline --no-audit --no-fund --no-save \
  "$tarballs"/daybook-[0-9]*.tgz "$tarballs"/daybook-server-[0-9]*.tgz
# only root owns and writes it
chmod -R u=rwX,go=rX "$into"
