"""A few small inputs for each target of scripts/fuzz, made by the tools that make such things."""

import glob
import json
import os
import subprocess
import tempfile

import trees
from dice import Dice

SESSIONS = os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "..", "Tests", "ConformanceTests", "Sessions")
ENVIRONMENT = [b"\0a=1\nb=two words\n# no\nc\n d=\\\ne=f\n\0", b"\1a=1\0b=\0c=d\0\0", b"\3a=1\r\nb=2\r\n\0", b"\x0ca=1\n.flags=a:d\n\0"]
TREE_LINES = [b"set / p <1 2 0x3>\nset /chosen q \"x\" y\nprint /\nget value v / p", b"mknode / n\nrm /n1\nresize 100\nlist /soc",
              b"rsvmem add 1 2\nrsvmem delete 0\nmemory 40000000 1000\nchosen 1 2\nheader", b"move 48000000 49000000\nget name v /soc 0"]
MENUS = [b"# menu\nMENU TITLE t\nTIMEOUT 10\nDEFAULT a\nLABEL a\n\tMENU LABEL first\n\tKERNEL /Image\n\tINITRD /rd\n\tFDT /t.dtb\n"
         b"\tAPPEND console=ttyS0 root=$x\n\tIPAPPEND 3\n\nLABEL b\n\tLOCALBOOT 1\n",
         b"include other\nprompt 1\nontimeout l0\nlabel l0\nlinux fit#conf\nfdtdir /dtbs\nfdtoverlays a.dtbo b.dtbo\nkaslrseed\n"
         b"label l1\nmenu default\nkernel k\nmenu include more\nfallback l0\nmenu background b.bmp\n"]
CONFIGS = [b'MEMORY_START="0x0"\nMEMORY_END=0x80000000\nDEVICE_TREE="b.dtb"\nXEN=xen\nDOM0_KERNEL=Image # c\nNUM_DOMUS=1\nDOMU_KERNEL[0]=k\n',
           b"export A=( x 'y z' \"$B\" )\nB=${A[1]:-d}\nC=$(( 1 + 0x10 ))\nDOMU_STATIC_MEM[0]=\"0x1000 2M\"\nC+=1 \\\n\nX[0,1]=2\n",
           b"LOAD_CMD=`x`\nif true; then\nfi\n"]
SERIAL = [b"\x01U-Boot\r\n=> \r\nStarting kernel ...\r\n\r\n(XEN) Xen version 4\r\n(XEN) *** Serial input to DOM1 (type)\r\n"
          b"(XEN) HEL(XEN) DOM2: x\r\r\nLO\r\n(XEN) d1v0: y\r\n(XEN) Panic on CPU 0:\r\n",
          b"\x04Starting kernel ...\r\n\r\n(XEN) *** Serial input to DOM0\r\n[    0.1] a(XEN) [1.2] DOM1: "
          + b"z" * 126 + b"\r\n(XEN) DOM1: \r\nb\r\r\n", b"\x02Starting kernel ...\r\n\r\n[ 0.1] Kernel panic - not syncing: x\r\n"]
MONITOR = [b'{"QMP": {"version": {"qemu": {"micro": 1, "minor": 2, "major": 7}}, "capabilities": []}}\r\n{"return": {}, "id": 1}\r\n',
           b'{"timestamp": {"seconds": 1}, "event": "SHUTDOWN", "data": {"reason": "x", "n": [1, 1.5, null, true]}}\n'
           b'{"id": 2, "error": {"desc": "no"}}\n']
SCENARIOS = [b"artifacts:\n  a: {package: p, path: x/*, suite: trixie}\n  b: {gzip: a}\nconfig: |\n  A=1\nmachine: {gic: 3}\n"
             b"expect:\n  dom0: [a, {match: '^b+'}, {fact: {match: c}}, {never: d}]\nlimits: {silence: 5}\n"
             b"steps: [a, {at: dom0, after: x, type: y}]\n",
             b"files: {bin/x: {file: x}}\nlinks: {bin/sh: x}\nfolders: [dev]\ninit: |\n  #!/bin/sh\n"]
NUMBERS = [b"0x10", b"128M", b"0K", b"077", b"1G2"]
SOURCE = """/dts-v1/; / { description = "s"; images {
 kernel { description = "k"; data = "kernel bytes"; type = "kernel"; arch = "arm64"; os = "linux"; compression = "none";
  load = <0x44000000>; entry = <0x44000000>; hash-1 { algo = "sha256"; }; hash-2 { algo = "crc32"; }; };
 script { data = "echo hi"; type = "script"; arch = "arm64"; compression = "none"; hash-1 { algo = "md5"; }; };
}; configurations { default = "c"; c { kernel = "kernel"; }; }; };
"""


def make(name):
    """The inputs of a target."""
    with tempfile.TemporaryDirectory(prefix="ibtest-seeds-") as folder:
        return {"shell": shell, "environment": lambda _: ENVIRONMENT, "fdt": fdt, "legacy": legacy, "fit": fit,
                "partitions": partitions, "fat": fat, "extlinux": lambda _: MENUS, "config": lambda _: CONFIGS,
                "number": lambda _: NUMBERS, "serial": lambda _: SERIAL, "qmp": lambda _: MONITOR,
                "scenario": lambda _: SCENARIOS}[name](folder)


def shell(_):
    """The lines of the recorded sessions about the shell."""
    inputs = []
    for path in sorted(glob.glob(os.path.join(SESSIONS, "hush-*.json"))):
        with open(path, encoding="ascii") as file:
            inputs += [entry["command"].encode("latin-1") for entry in json.load(file)["commands"]]
    return inputs


def fdt(_):
    return [lines + b"\0" + trees.random_tree(Dice(number)) for number, lines in enumerate(TREE_LINES)]


def tool(folder, *words, **options):
    subprocess.run(words, check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)


def written(folder, name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


def content(folder, name):
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


def legacy(folder):
    written(folder, "one", b"echo one\n")
    written(folder, "two", b"two" * 9)
    tool(folder, "mkimage", "-T", "script", "-n", "s", "-d", "one", "script")
    tool(folder, "mkimage", "-T", "multi", "-C", "none", "-n", "m", "-d", "one:two", "multi")
    tool(folder, "mkimage", "-A", "arm64", "-T", "kernel", "-C", "gzip", "-a", "0", "-n", "k", "-d", "two", "kernel")
    return [content(folder, name) for name in ("script", "multi", "kernel")]


def fit(folder):
    written(folder, "image.its", SOURCE.encode())
    tool(folder, "mkimage", "-f", "image.its", "image.itb")
    return [content(folder, "image.itb")]


def partitions(folder):
    kinds = {"mbr": "label: dos\n2048,8\n2056,8,E\n2058,2\n", "gpt": "label: gpt\nfirst-lba: 34\n34,8\n42,8\n"}
    sizes = {"mbr": 2080, "gpt": 128}
    for name, text in kinds.items():
        written(folder, name, bytes(512 * sizes[name]))
        tool(folder, "/usr/sbin/sfdisk", name, input=text.encode())
    return [content(folder, "gpt")[:24576], content(folder, "mbr")[:512]]


def fat(folder):
    inputs = []
    written(folder, "file.txt", b"text" * 200)
    for bits, size in ((12, 64), (16, 128)):
        name = f"fat{bits}"
        tool(folder, "/usr/sbin/mkfs.vfat", "-F", str(bits), "-s", "1", "-C", name, str(size if bits == 12 else 2200))
        tool(folder, "mmd", "-i", name, "::sub")
        tool(folder, "mcopy", "-i", name, "file.txt", "::sub/file.txt")
        tool(folder, "mcopy", "-i", name, "file.txt", "::long-name.bin")
        inputs.append(content(folder, name)[:130000])
    return inputs
