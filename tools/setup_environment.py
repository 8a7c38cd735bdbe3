"""Dựng môi trường: makes `.venv/` and everything that is built beside it, from nothing but Python, its venv module and a network.

Contract: `python3 tools/setup_environment.py run` brings what the product and its demo need, `dev` adds what tests and checks
need. Python packages come by hash from requirements*.txt, Node from one of them, browser and type files by hash from
web/package-lock.json; no tool of the machine is used and no compiler is needed. Each step leaves a stamp of what it was made
from, so a second run does only what has changed. It runs on Linux and Windows alike and imports the standard library only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
EXE = ".exe" if os.name == "nt" else ""
PYTHON = BIN / f"python{EXE}"
STAMPS = VENV / "stamps"
WEB = ROOT / "web"
BUILT = ROOT / "src" / "tinnhiem" / "app" / "static" / "built"
FONTS = ROOT / "src" / "tinnhiem" / "typeset" / "fonts"
LOCALE = ROOT / "src" / "tinnhiem" / "app" / "locale"
UV = BIN / f"uv{EXE}"
# Only what was hashed, and only wheels: nothing is built from source, so no compiler is asked for.
HASHED = ("--require-hashes", "--only-binary", ":all:", "-r")
FACES = ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")
INSTALLER = "requirements-installer.txt"
LEVELS = {"run": "requirements-build.txt", "dev": "requirements-dev.txt"}


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    """One hash over names, sizes and bytes of `paths` (folders are walked) and over `words`."""
    total = hashlib.sha256("\0".join(words).encode("utf-8"))
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in (each for each in files if each.is_file()):
            content = file.read_bytes()
            total.update(f"{file.relative_to(ROOT).as_posix()}\0{len(content)}\0".encode())
            total.update(content)
    return total.hexdigest()


def run(command: Sequence[str | Path], folder: Path = ROOT) -> None:
    """Run one command silently; if it fails, show what it said and stop."""
    environment = os.environ | {
        "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}",
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_NO_PROGRESS": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = "\n".join(done.stdout.splitlines()[-40:])
        sys.exit(
            f"{said}\n\nLệnh này không chạy xong: {' '.join(words)}\n"
            "Sửa theo thông báo phía trên rồi chạy lại; phần đã xong được giữ.\n"
            "The command did not finish. Mend what it names and run again; what is done stays done."
        )


def step(name: str, made_from: str, made: Iterable[Path], work: Callable[[], None]) -> None:
    """Do `work` unless its stamp says it was done from the same things and what it `made` is still there."""
    stamp = STAMPS / name
    if all(path.exists() for path in made) and stamp.exists() and stamp.read_text(encoding="utf-8") == made_from:
        return
    start = time.monotonic()
    print(f"  {name} … ", end="", flush=True)
    stamp.unlink(missing_ok=True)
    work()
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(made_from, encoding="utf-8")
    print(f"{time.monotonic() - start:.1f} s", flush=True)


def make_venv() -> None:
    """An empty `.venv/`, made anew when the one there is broken or of another Python."""
    run([sys.executable, "-m", "venv", "--clear", VENV])


def install_installer() -> None:
    """uv, by hash, with the pip that `venv` brings."""
    run([PYTHON, "-m", "pip", "install", "--quiet", *HASHED, INSTALLER])


def install_packages(lock: str) -> None:
    """Wheels by hash; a package already there in the locked version is left alone."""
    run([UV, "pip", "install", "--python", PYTHON, *HASHED, lock])


def install_project() -> None:
    """This checkout itself, editable, with the hashed hatchling that is already there."""
    run([UV, "pip", "install", "--python", PYTHON, "--no-deps", "--no-build-isolation", "--editable", "."])


def install_web() -> None:
    """What web/package-lock.json names; nothing a package brings is run while installing."""
    run([BIN / f"npm{EXE}", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"], WEB)


def build_web() -> None:
    """web/src/*.ts → app/static/built/, and beside it the htmx that django-htmx carries, so that pages load from one folder."""
    shutil.rmtree(BUILT, ignore_errors=True)
    BUILT.mkdir(parents=True)
    run([BIN / f"node{EXE}", "build.mjs"], WEB)
    (carried,) = VENV.rglob("django_htmx/static/django_htmx/htmx-2.min.js")
    shutil.copyfile(carried, BUILT / "htmx.min.js")


def bring_fonts() -> None:
    """The four faces of Tinos (Times metrics, every Vietnamese letter) and their licence → typeset/fonts/."""
    shutil.rmtree(FONTS, ignore_errors=True)
    FONTS.mkdir(parents=True)
    package = WEB / "node_modules" / "@expo-google-fonts" / "tinos"
    for file in [*(package / face / f"Tinos_{face}.ttf" for face in FACES), package / "LICENSE_FONT"]:
        shutil.copyfile(file, FONTS / file.name)


def compile_translations() -> None:
    """locale/*/LC_MESSAGES/*.po → .mo, without gettext on the machine."""
    run([PYTHON, ROOT / "tools" / "translations.py", "compile"])


def setup(level: str) -> None:
    """Bring `.venv/` and what is built beside it to `level`, doing only what has changed."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    lock = ROOT / LEVELS[level]
    step("python", version, [PYTHON], make_venv)
    step("installer", fingerprint([ROOT / INSTALLER], version), [UV], install_installer)
    step(f"packages-{level}", fingerprint([lock], version), [BIN / f"npm{EXE}"], lambda: install_packages(lock.name))
    step("project", fingerprint([ROOT / "pyproject.toml"], version), [BIN / f"tinnhiem{EXE}"], install_project)
    modules = WEB / "node_modules"
    web_lock = [WEB / "package.json", WEB / "package-lock.json"]
    step("web-packages", fingerprint(web_lock), [modules / "esbuild"], install_web)
    built_from = [*web_lock, WEB / "build.mjs", WEB / "src", ROOT / "requirements.txt"]
    step("web-build", fingerprint(built_from), [BUILT / "htmx.min.js"], build_web)
    step("fonts", fingerprint(web_lock), [FONTS / "Tinos_400Regular.ttf"], bring_fonts)
    catalogues = sorted(LOCALE.rglob("*.po"))
    step(
        "translations", fingerprint(catalogues), [file.with_suffix(".mo") for file in catalogues], compile_translations
    )


def main() -> None:
    """Read the level from the command line and set up."""
    level = sys.argv[1] if len(sys.argv) > 1 else "dev"
    if level not in LEVELS:
        sys.exit(f"Mức dựng là một trong: {', '.join(LEVELS)}. / The level is one of: {', '.join(LEVELS)}.")
    if sys.version_info < (3, 11):
        sys.exit(
            "Cần Python 3.11 trở lên; máy đang dùng bản cũ hơn. / Python 3.11 or later is needed; this one is older."
        )
    setup(level)


if __name__ == "__main__":
    main()
