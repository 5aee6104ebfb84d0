#!/usr/bin/env bash
# Runs aksnet validate in a CI job: prints annotations or text to stdout, optionally writes report files, and exits
# with the exit code of validate.
#
#   AKSNET          the binary (default: aksnet)
#   AKSNET_FILES    spec files or folders, one per line (default: aksnet.yaml)
#   AKSNET_FORMAT   format for stdout: text, json or github (default: text)
#   AKSNET_FAIL_ON  error, warning, note or never (default: error)
#   AKSNET_AGAINST  an older spec or saved plan to compare against (default: none)
#   AKSNET_SARIF    file for a SARIF report (default: none)
#   AKSNET_JUNIT    file for a JUnit report (default: none)
set -u -o pipefail

aksnet=${AKSNET:-aksnet}

# as_file NAME: prints a name that no program takes for an option or for standard input.
as_file() {
  case $1 in
    -*) printf './%s' "$1" ;;
    *) printf '%s' "$1" ;;
  esac
}

files=()
while IFS= read -r line; do
  [ -n "$line" ] && files+=("$(as_file "$line")")
done <<< "${AKSNET_FILES:-aksnet.yaml}"

args=(--fail-on "${AKSNET_FAIL_ON:-error}")
if [ -n "${AKSNET_AGAINST:-}" ]; then
  args+=(--against "$(as_file "$AKSNET_AGAINST")")
fi

# report FORMAT FILE: writes a report. A link of that name, which a checkout may contain, is replaced and not followed.
# Findings do not fail it, because the run that prints them decides the exit code; any other error does.
report() {
  local file code
  file=$(as_file "$2")
  if [ -L "$file" ]; then
    rm -f -- "$file" || exit 3
  fi
  "$aksnet" validate -o "$1" "${args[@]}" -- "${files[@]}" > "$file"
  code=$?
  if [ "$code" -gt 1 ]; then
    exit "$code"
  fi
}

[ -n "${AKSNET_SARIF:-}" ] && report sarif "$AKSNET_SARIF"
[ -n "${AKSNET_JUNIT:-}" ] && report junit "$AKSNET_JUNIT"

exec "$aksnet" validate -o "${AKSNET_FORMAT:-text}" "${args[@]}" -- "${files[@]}"
