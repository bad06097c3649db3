# Read by the other commands: finds a Python; `in_venv ARGUMENTS…` then runs that of an up-to-date .venv.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || exit 1
REQUIREMENTS=requirements.txt

recent() { command -v "$1" >/dev/null && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

for candidate in ${AGGLO_PYTHON:-python3 python3.13 python3.12 python3.11}; do
  if recent "$candidate"; then python=$candidate; break; fi
done
if [ -z "${python:-}" ]; then
  echo "Il faut Python 3.11 ou plus récent : installez-le, ou indiquez-le, par exemple AGGLO_PYTHON=/usr/bin/python3.12." >&2
  exit 1
fi

export PYTHONPATH=$root/bin:$root
in_venv() { exec "$python" "$root/bin/bootstrap.py" $REQUIREMENTS -- "$@"; }
