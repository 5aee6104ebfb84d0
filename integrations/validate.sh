#!/usr/bin/env bash
# Runs aksnet validate for a CI job: annotations or text on stdout, a report file beside it, and validate's own exit code.
#
#   AKSNET          the binary (default: aksnet)
#   AKSNET_FILES    spec files or folders, one per line (default: aksnet.yaml)
#   AKSNET_FORMAT   what stdout gets: text, json or github (default: text)
#   AKSNET_FAIL_ON  error, warning, note or never (default: error)
#   AKSNET_AGAINST  an older spec or saved plan to compare with (default: none)
#   AKSNET_SARIF    file for a SARIF report (default: none)
#   AKSNET_JUNIT    file for a JUnit report (default: none)
set -u -o pipefail

aksnet=${AKSNET:-aksnet}

files=()
while IFS= read -r line; do
  [ -n "$line" ] && files+=("$line")
done <<< "${AKSNET_FILES:-aksnet.yaml}"

args=(--fail-on "${AKSNET_FAIL_ON:-error}")
if [ -n "${AKSNET_AGAINST:-}" ]; then
  args+=(--against "$AKSNET_AGAINST")
fi

# report FORMAT FILE: findings are no failure here, the run that prints them decides; not being able to work is one.
report() {
  "$aksnet" validate -o "$1" "${args[@]}" -- "${files[@]}" > "$2"
  local code=$?
  if [ "$code" -gt 1 ]; then
    exit "$code"
  fi
}

[ -n "${AKSNET_SARIF:-}" ] && report sarif "$AKSNET_SARIF"
[ -n "${AKSNET_JUNIT:-}" ] && report junit "$AKSNET_JUNIT"

exec "$aksnet" validate -o "${AKSNET_FORMAT:-text}" "${args[@]}" -- "${files[@]}"
