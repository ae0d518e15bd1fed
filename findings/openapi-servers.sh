#!/usr/bin/env bash
# OpenAPI 3.1 lets a server's url be relative to the address of the document ("/log"). Swagger's client resolves it; a converter to Postman
# collections and a generator of clients copy the path, so their requests have no host.
#
# Guess: both leave the base address empty, or ask for it.
# Seen with openapi-to-postmanv2 6.3.3 and @hey-api/openapi-ts 0.95.0 on Node 20.20:
#   postman, no servers   baseUrl "/"
#   postman, "/"          baseUrl "/"
#   postman, "/log"       baseUrl "/log"
#   hey-api, no servers   no baseUrl
#   hey-api, "/"          no baseUrl
#   hey-api, "/log"       baseUrl "/log"
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --save-exact openapi-to-postmanv2@6.3.3 @hey-api/openapi-ts@0.95.0 typescript@5.9.3

cat >document.cjs <<'JS'
const document = {
  openapi: "3.1.0",
  info: { title: "Notes", version: "1" },
  paths: { "/notes": { get: { operationId: "listNotes", responses: { 200: { description: "The notes" } } } } },
};
module.exports = (url) => (url === "none" ? document : { ...document, servers: [{ url }] });
JS
cat >postman.cjs <<'JS'
const { convertV2 } = require("openapi-to-postmanv2");
const data = require("./document.cjs")(process.argv[2]);
convertV2({ type: "json", data }, {}, (error, result) => {
  if (error || !result.result) throw error ?? new Error(result.reason);
  const { value } = result.output[0].data.variable.find(({ key }) => key === "baseUrl");
  console.log(`baseUrl "${value}"`);
});
JS

seen=""
for url in none / /log; do
  seen+="postman $url: $(node postman.cjs "$url")"$'\n'
done
for url in none / /log; do
  node -p 'JSON.stringify(require("./document.cjs")(process.argv[1]))' "$url" >document.json
  npx openapi-ts -i document.json -o "client$url" -p @hey-api/client-fetch >generator.log 2>&1
  base=$(sed -n "s/.*baseUrl: '\([^']*\)'.*/baseUrl \"\1\"/p" "client$url/client.gen.ts")
  seen+="hey-api $url: ${base:-no baseUrl}"$'\n'
done

expected='postman none: baseUrl "/"
postman /: baseUrl "/"
postman /log: baseUrl "/log"
hey-api none: no baseUrl
hey-api /: no baseUrl
hey-api /log: baseUrl "/log"
'
printf '%s' "$seen"
diff <(printf '%s' "$expected") <(printf '%s' "$seen")
