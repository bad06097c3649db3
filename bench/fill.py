"""Fills the synthetic ledgers and measures nothing: `bin/bench fill --measures 60 600` takes minutes."""

import argparse


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--measures", type=int, nargs="+", default=[60, 600])
    import django

    django.setup()
    from bench.data import open_ledger

    for measures in parser.parse_known_args()[0].measures:
        print(f"Registre de {measures} mesures : {open_ledger(measures):,} observations", flush=True)


if __name__ == "__main__":
    main()
