#!/usr/bin/env python3
"""Make .venv, install qingbao into it, and run one thing: the whole project on a fresh machine, standard library only.

python scripts/bootstrap.py install [--extra NAME …]   install only
python scripts/bootstrap.py run [ARGS …]               qingbao demo
python scripts/bootstrap.py test [ARGS …]              lint, types, tests
python scripts/bootstrap.py soak                       the long rounds and benches
python scripts/bootstrap.py exec COMMAND …             a command of the environment
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
PIP = "pip==25.3"
LEAST = (3, 11)
QUICK = "not soak and not ci and not elasticsearch"


def call(*command: str | Path) -> None:
    """Run a command in the project's folder and end with its exit code where it fails."""
    code = subprocess.call([str(part) for part in command], cwd=ROOT)
    if code:
        sys.exit(code)


def stamp(extras: list[str]) -> str:
    """What an installation depends on; equal stamps need no new installation."""
    digest = hashlib.sha256(PIP.encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest() + " " + " ".join(sorted(extras))


def install(extras: list[str]) -> None:
    """Create .venv and install the project with these extras, unless that is done already; extras add up."""
    done = VENV / "qingbao.stamp"
    before = done.read_text(encoding="utf-8").split() if done.is_file() else []
    extras = sorted({*extras, *before[1:]})
    if before and " ".join(before) == stamp(extras).strip():
        return
    if not PYTHON.is_file():
        print("creating .venv", flush=True)
        venv.create(VENV, with_pip=True)
    call(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PIP)
    target = ".[{}]".format(",".join(extras)) if extras else "."
    print(f"installing {target} (constraints.txt)", flush=True)
    call(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", "constraints.txt", "-e", target)
    done.write_text(stamp(extras).strip(), encoding="utf-8")


def run(arguments: list[str]) -> None:
    install([])
    call(PYTHON, "-m", "scripts.cli", "demo", *arguments)


def test(arguments: list[str]) -> None:
    install(["dev"])
    call(PYTHON, "-m", "ruff", "check", ".")
    call(PYTHON, "-m", "mypy")
    call(PYTHON, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-m", QUICK, "--ignore", "tests/real", *arguments)


def soak(arguments: list[str]) -> None:
    install(["dev"])
    call(PYTHON, "-m", "pytest", "-m", "soak", *arguments)


def main() -> None:
    if sys.version_info < LEAST:
        sys.exit("qingbao needs Python {}.{} or newer; this is {}".format(*LEAST, sys.version.split()[0]))
    command, *arguments = sys.argv[1:] or [""]
    if command == "install":
        install([name for name in arguments if name != "--extra"])
    elif command == "exec":
        install([])
        call(BIN / arguments[0] if (BIN / arguments[0]).exists() else arguments[0], *arguments[1:])
    elif command in ("run", "test", "soak"):
        {"run": run, "test": test, "soak": soak}[command](arguments)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
