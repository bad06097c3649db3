# Read by the commands of this folder: finds a Python, makes .venv. Arguments: the requirement files.
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

python=${AGGLO_PYTHON:-}
for candidate in python3 python3.13 python3.12 python3.11; do
  [ -n "$python" ] && break
  command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null &&
    python=$candidate
done
if [ -z "$python" ] || ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "Il faut Python 3.11 ou plus récent : installez-le, ou indiquez-le avec AGGLO_PYTHON=/chemin/vers/python3.11." >&2
  exit 1
fi
"$python" bin/bootstrap.py "${@:-requirements.txt}" || exit 1
export PYTHONPATH=$PWD/bin:$PWD
