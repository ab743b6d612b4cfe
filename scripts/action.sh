#!/usr/bin/env bash
# What action.yml runs: ESLint and faas-migrate as the project has them installed. Both run; the worse one decides.
set -uo pipefail
read -r -a paths <<< "${FAAS_PATHS:-functions/}"
result=0
if [ "${FAAS_LINT:-true}" = true ]; then
  npx --no-install eslint --max-warnings 0 -- "${paths[@]}" || result=$?
fi
npx --no-install faas-migrate --check --report "${FAAS_SARIF:-faas-migrate.sarif}" -- "${paths[@]}"
migrate=$?
if [ "$migrate" -gt "$result" ]; then result=$migrate; fi
exit "$result"
