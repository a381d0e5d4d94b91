"""Fetches whole Debian packages of any architecture through an apt of its own; scripts/corpus uses it.

It is for who looks through all files of many packages; one file of a package, by its path, is what `ibtest artifacts` gets.
The packages come from the mirror that this machine's apt uses. The system's architectures, lists and caches stay as they
are, and nothing is installed.
"""

import glob
import os
import re
import subprocess
import sys

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
CONFIGURATION = """\
#clear APT::Architectures;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke;
APT::Architecture "{architecture}";
APT::Architectures {{ "{architecture}"; }};
APT::Sandbox::User "root";
APT::Get::AllowUnauthenticated "false";
Acquire::GzipIndexes "true";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
Dir::State "{folder}";
Dir::State::lists "{folder}/lists";
Dir::State::status "{folder}/status";
Dir::Cache "{folder}/cache";
Dir::Etc::sourcelist "{folder}/sources.list";
Dir::Etc::sourceparts "{folder}/parts";
"""


class Unreachable(Exception):
    """The mirror cannot be reached, or has no such package."""


def mirror(suite):
    """The URI of the machine's mirror that carries a suite, or None."""
    listing = subprocess.run(["apt-get", "update", "--print-uris"], capture_output=True, text=True).stdout
    found = re.findall(rf"'(\S+)/dists/{suite}(?:/updates)?/main/binary-", listing)
    return next((uri for uri in found if "debian" in uri), found[0] if found else None)


def prepare(folder, architecture, suite):
    """Writes the configuration of an apt for one architecture and fetches its lists."""
    for part in ["lists/partial", "cache/archives/partial", "parts"]:
        os.makedirs(os.path.join(folder, part), exist_ok=True)
    main, security = mirror(suite), mirror(f"{suite}-security")
    if main is None:
        raise Unreachable(f"apt's sources name no Debian mirror with the suite {suite}")
    option = f"[signed-by={KEYRING}] " if os.access(KEYRING, os.R_OK) else ""
    sources = f"deb {option}{main} {suite} main\n"
    write(folder, "status", "")
    write(folder, "apt.conf", CONFIGURATION.format(architecture=architecture, folder=folder))
    if security:
        write(folder, "sources.list", sources + f"deb {option}{security} {suite}-security main\n")
        try:
            run(folder, ["apt-get", "update", "-qq"])
            return
        except Unreachable as reason:
            print(f"going on without {suite}-security: {reason}", file=sys.stderr)
    write(folder, "sources.list", sources)
    run(folder, ["apt-get", "update", "-qq"])


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="ascii") as file:
        file.write(text)


def run(folder, words, where=None):
    """Runs a program of that apt."""
    command = words[:1] + ["-c", os.path.join(folder, "apt.conf")] + words[1:]
    result = subprocess.run(command, cwd=where, capture_output=True, text=True)
    if result.returncode != 0:
        raise Unreachable(f"{' '.join(words[:2])} failed: {result.stderr.strip()[-300:]}")
    return result.stdout


def fetch(folder, names):
    """Downloads packages and gives the paths of their files; `folder` is a prepared one."""
    archives = os.path.join(folder, "cache", "archives")
    for old in glob.glob(os.path.join(archives, "*.deb")):
        os.unlink(old)
    run(folder, ["apt-get", "download", "-qq"] + names, archives)
    return sorted(glob.glob(os.path.join(archives, "*.deb")))
