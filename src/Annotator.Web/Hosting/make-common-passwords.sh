#!/usr/bin/env bash
# Writes common-passwords.txt from the list of zxcvbn-ts (npm package @zxcvbn-ts/language-common, MIT). Needs Node.js.
set -euo pipefail
version=4.1.3
shortest=8
target=$(cd "$(dirname "$0")" && pwd)/common-passwords.txt
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
tar -xzf "$(npm pack --silent "@zxcvbn-ts/language-common@$version")"
node - "$version" "$shortest" > "$target" <<'JS'
const [version, shortest] = process.argv.slice(2);
const { readFileSync } = require("node:fs");
console.log(`# Common passwords of ${shortest} characters and more, the commonest first.`);
console.log(`# Made by make-common-passwords.sh from @zxcvbn-ts/language-common ${version}, ${readFileSync("package/LICENSE.txt", "utf8").match(/Copyright.*/g).join(" ")}, MIT.`);
for (const password of JSON.parse(readFileSync("package/src/passwords.json", "utf8")))
  if (password.length >= Number(shortest)) console.log(password);
JS
