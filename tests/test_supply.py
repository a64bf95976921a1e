"""What is installed: every package pinned with hashes, none under a licence that binds the program's users."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import pytest

from tests.conftest import ROOT

LOCKS = ("requirements.txt", "requirements-torch.txt")
LOCK = "".join((ROOT / name).read_text("utf-8") for name in LOCKS)
PINNED = sorted(set(re.findall(r"^([a-z0-9][\w.-]*)==", LOCK, re.MULTILINE)))
PERMISSIVE = re.compile(
    r"(?:MIT|Apache|BSD|ISC|PSF|0BSD|Zlib|CC0|BSL-1\.0|CNRI|Unlicense|Python Software Foundation)\b|any-OSI",
    re.IGNORECASE,
)
# Only changes of their own files must be published: no condition on the program, which changes none.
WEAK = re.compile(r"\bMPL\b|Mozilla", re.IGNORECASE)
BINDING = re.compile(r"GPL|General Public|EUPL|SSPL|Commons Clause", re.IGNORECASE)  # LGPL too: none is needed
EXPLAINED = {
    "tld": "MPL-1.1, the first of the three licences that it offers",
    "apsw": "any-OSI: any licence that the Open Source Initiative has approved",
}


def licences(package: Distribution) -> str:
    """The licence as the package declares it: an SPDX expression, else its classifiers, else free text."""
    classifiers = [value for value in package.metadata.get_all("Classifier") or [] if value.startswith("License ::")]
    declared = package.metadata["License-Expression"] or "; ".join(classifiers) or package.metadata["License"] or ""
    return declared.partition("\n")[0]


def objection(name: str, licence: str) -> str:
    """Why a package may not be used; empty if it may."""
    if name in EXPLAINED:
        return ""
    if BINDING.search(licence):
        return f"{name} is under {licence}"
    return "" if PERMISSIVE.search(licence) or WEAK.search(licence) else f"{name}: unknown licence {licence!r}"


def test_the_licences_of_all_packages_are_permissive() -> None:
    installed, objections = 0, []
    for name in PINNED:
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # of another platform, or for CUDA
        installed += 1
        objections.append(objection(name, licences(package)))
    assert not list(filter(None, objections))
    assert installed > 100


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "LGPL-2.1-or-later", "AGPL-3.0", "MIT AND GPL-2.0", "", "Custom"])
def test_other_licences_are_found(licence: str) -> None:
    assert objection("other", licence)


def test_everything_is_pinned_with_hashes() -> None:
    reference, _, locked = LOCK.partition("\n")
    assert reference == f"-r {LOCKS[1]}"
    entries = re.split(r"\n(?=\S)", locked.strip())
    assert all(re.match(r"[a-z0-9][\w.-]*==\S+", entry) and "--hash=sha256:" in entry for entry in entries)
    direct = re.findall(r"^([A-Za-z0-9][\w.-]*)==(\S+)", (ROOT / "requirements.in").read_text("utf-8"), re.MULTILINE)
    pinned = set(re.findall(r"^([a-z0-9][\w.-]*)==(\S+)", LOCK, re.MULTILINE))
    assert {(name.lower().replace("_", "-"), version) for name, version in direct} <= pinned
    [torch] = [version for name, version in direct if name == "torch"]
    assert f"\ntorch=={torch}+cpu --hash=sha256:" in (ROOT / "requirements-cpu.txt").read_text("utf-8")


def test_no_index_is_named() -> None:
    for name in (*LOCKS, "requirements.in", "requirements-cpu.txt", "requirements-dev.txt", "requirements-model.txt"):
        assert not re.search(r"://|--(?:extra-)?index|--find-links", (ROOT / name).read_text("utf-8")), name
