#!/usr/bin/env bash
# Writes confusables.txt from the file of that name of UTS #39: https://www.unicode.org/Public/security/VERSION/confusables.txt
# Usage: make-confusables.sh FILE. With a later version keys of stored names change: LookAlikes of accounts must be made anew.
set -euo pipefail
target=$(cd "$(dirname "$0")" && pwd)/confusables.txt
{
  echo "# A character and what it looks like, in hexadecimal. Made by make-confusables.sh from the data of UTS #39, changed in form:"
  sed '1s/^\xef\xbb\xbf//' "$1" | grep -E '^# (Date|©|Version|For terms of use)' | sed 's/^# /#   /'
  sed '1s/^\xef\xbb\xbf//' "$1" | grep -v '^#' | sed -nE 's/^([0-9A-F]+) ;\t([0-9A-F ]+) ;.*$/\1;\2/p'
} > "$target"
