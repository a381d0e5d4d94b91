#!/usr/bin/env python3
"""Record what the real U-Boot and the real mkimage make of legacy images.

    record.py ORACLE        writes the other files of this folder

ORACLE is a program that takes `--root DIR --net -c LINE...`, types the lines
at the prompt of a U-Boot 2023.01 (Debian, qemu_arm64) that can load files of
DIR by TFTP, and prints JSON: {"uboot": banner, "commands": [{"command",
"output", "status"}]}, bytes of the console as Latin-1 code points.
mkimage is the one of Debian's u-boot-tools 2023.01.
"""
import json, os, struct, subprocess, sys, tempfile, zlib

HERE = os.path.dirname(os.path.abspath(__file__))
BASE = 0x50000000
DATA = b"0123456789abcdef"


def image(data=DATA, size=None, time=1600000000, load=BASE, entry=BASE + 0x40, os=5, arch=22, type=2, comp=0,
          name=b"Linux-6.1", header_crc=None, data_crc=None):
    """A legacy image with any field wrong that is asked for."""
    size = len(data) if size is None else size
    data_crc = zlib.crc32(data) if data_crc is None else data_crc
    head = struct.pack(">7I4B32s", 0x27051956, 0, time, size, load, entry, data_crc, os, arch, type, comp, name)
    header_crc = zlib.crc32(head) if header_crc is None else header_crc
    return head[:4] + struct.pack(">I", header_crc) + head[8:] + data


def words(*values):
    return struct.pack(">%dI" % len(values), *values)


def pad(part):
    return part + b"\0" * (-len(part) % 4)


def table(*parts):
    return words(*map(len, parts), 0) + b"".join(map(pad, parts))


class Board:
    """Collects images and the lines that ask about each, then asks all at once."""

    def __init__(self, *first):
        self.blob, self.cases, self.first = bytearray(), [], first

    def add(self, about, data, *lines):
        address = BASE + len(self.blob)
        self.blob += data + b"\0" * (-len(data) % 64 + 64)
        self.cases.append((about, address, data, [line % {"a": address} for line in lines]))

    def ask(self, oracle):
        with tempfile.TemporaryDirectory() as root:
            open(root + "/x.img", "wb").write(self.blob)
            lines = ["tftpb %x x.img" % BASE, *self.first] + [l for c in self.cases for l in c[3]]
            arguments = [a for l in lines for a in ("-c", l)]
            run = subprocess.run([sys.executable, oracle, "--root", root, "--net", *arguments],
                                 capture_output=True, text=True, check=True)
        answer = json.loads(run.stdout)
        records = iter(answer["commands"][1 + len(self.first):])
        result = []
        for about, address, data, asked in self.cases:
            got = [next(records) for _ in asked]
            result.append({"about": about, "address": address, "image": data.hex(),
                           "commands": [{k: r[k] for k in ("command", "output", "status")} for r in got]})
        return {"uboot": answer["uboot"], "cases": result}


def save(name, value):
    with open(os.path.join(HERE, name), "w") as file:
        json.dump(value, file, indent=1)
        file.write("\n")


def record_names(oracle):
    board = Board()
    for kind in ("type", "os", "arch", "comp"):
        for number in range(256):
            board.add("%s %d" % (kind, number), image(**{kind: number}), "iminfo %(a)x")
    lines = []
    for case in board.ask(oracle)["cases"]:
        kind = case["about"].split()[0]
        printed = next(l for l in case["commands"][0]["output"].split("\n") if l.startswith("   Image Type:   "))
        printed = printed[len("   Image Type:   "):]
        before, after = {"type": ("AArch64 Linux ", " (uncompressed)"), "os": ("AArch64 ", " Kernel Image (uncompressed)"),
                         "arch": ("", " Linux Kernel Image (uncompressed)"), "comp": ("AArch64 Linux Kernel Image (", ")")}[kind]
        assert printed.startswith(before) and printed.endswith(after), printed
        lines.append("%s %s" % (case["about"], printed[len(before):len(printed) - len(after)]))
    open(os.path.join(HERE, "legacy-names.txt"), "w").write("\n".join(lines) + "\n")


def record_reports(oracle):
    board, ask = Board("setenv verify n"), "iminfo %(a)x"
    for name in (b"A" * 32, b"B" * 31, b"", b"a\x01\x1b\xe4\xff\tb", b"a\nb\rc%s", b"ab\0cd", "\u00e9".encode()):
        board.add("name %r" % name, image(name=name), ask)
    for time in (0, 1, 59, 3600, 86399, 86400, 68169599, 68169600, 951782400, 951868800, 978307199, 978307200, 1709164800, 1735689599,
                 0x7FFFFFFF, 0x80000000, 4107542399, 4107542400, 0xFFFFFFFF):
        board.add("time %d" % time, image(time=time), ask)
    board.add("addresses high", image(load=0xFFFFFFFF, entry=0xDEADBEEF), ask)
    board.add("addresses zero", image(load=0, entry=0), ask)
    board.add("no data", image(b""), ask)
    board.add("bad header checksum", image(header_crc=0), ask)
    board.add("bad data checksum", image(data_crc=0), ask)
    for load, entry in ((0x1000, 0x20), (0, 0), (0x20, 0), (0x877FF400, 0x87800000)):
        board.add("HAB blocks for load %x" % load, image(type=32, load=load, entry=entry), ask)
    board.add("HAB blocks for 3000 bytes", image(b"z" * 3000, type=32), ask)
    for type, kind in ((4, "multi"), (6, "script"), (2, "kernel")):
        for parts in ((b"x" * 5,), (b"x" * 4, b"x" * 5, b"x" * 6, b"x" * 7, b"x" * 8), (), (b"x" * 3000,)):
            lengths = " ".join(str(len(p)) for p in parts)
            board.add("%s of [%s]" % (kind, lengths), image(table(*parts), type=type), ask)
        board.add(kind + " with huge lengths", image(words(0xFFFFFFF1, 0x80000000, 3000, 0), type=type), ask)
        board.add(kind + " whose table ends in what follows", image(words(1, 2, 3), type=type), ask)
        board.add(kind + " with no data at all", image(b"", type=type), ask)
    sizes = [0, 1, 1000, 1023, 1024, 1025, 1075, 1076, 1126, 2048, 3000, 1044991, 1047552, 1048524, 1048525, 1048575, 1048576,
             1048577, 1100000, 1101004, 1101005, 1572864, 10485760, 10485761, 11010048, 104857600, 1073741823, 1073741824,
             1073741825, 1610612736, 2147483647, 2147483648, 3221225472, 4241489920, 4242538496, 4294967294, 4294967295]
    for size in sizes:  # too large to verify; bootm prints the report and refuses the type
        board.add("size %d" % size, image(size=size, type=5), "bootm %(a)x")
    save("reports.json", board.ask(oracle))


def record_parts(oracle):
    board = Board()
    for lengths in ((5,), (4, 5, 6, 7, 8), (1, 1, 1), (12, 6, 9)):
        data = table(*(bytes([65 + i]) * n for i, n in enumerate(lengths)))
        asks = [l for i in range(len(lengths) + 1)
                for l in ("setenv fileaddr; setenv filesize", "imxtract %%(a)x %x" % i, "echo $fileaddr $filesize")]
        board.add("parts %r" % (lengths,), image(data, type=4), *asks)
    save("parts.json", board.ask(oracle))


def record_scripts(oracle):
    board, ask = Board("setenv verify y"), "source %(a)x"
    text = b"echo one\necho two\n"
    board.add("one length", image(table(text), type=6), ask)
    board.add("two lengths", image(table(text, b"echo three\n"), type=6), ask)
    board.add("three lengths, the second longer", image(table(b"echo one\n", b"echo longer\n", b"echo x\n"), type=6), ask)
    board.add("no line feed at the end", image(table(b"echo one"), type=6), ask)
    board.add("more data than the length says", image(words(9, 0) + b"echo one\necho two\n", type=6), ask)
    board.add("length runs past the data", image(words(200, 0) + b"echo one\n", type=6), ask)
    board.add("NUL in the text", image(table(b"echo one\n\0echo two\n"), type=6), ask)
    board.add("empty", image(words(0), type=6), ask)
    board.add("empty first of two", image(words(0, 0) + text, type=6), ask)
    board.add("no data", image(b"", type=6), ask)
    board.add("bad header checksum", image(table(text), type=6, header_crc=1), ask)
    board.add("bad data checksum", image(table(text), type=6, data_crc=1), ask)
    board.add("bad data checksum and wrong type", image(table(text), type=2, data_crc=1), ask)
    board.add("wrong type", image(table(text), type=2), ask)
    board.add("multi", image(table(text), type=4), ask)
    board.add("said to be gzip, of x86", image(table(text), type=6, comp=1, arch=3, os=0), ask)
    board.add("not an image", b"hello", ask)
    save("scripts.json", board.ask(oracle))


def record_mkimage():
    cases = []
    with tempfile.TemporaryDirectory() as folder:
        for arguments, time, *parts in (
            ("-A arm64 -T script -C none -n NAME", 1600000000, b"echo hello\n"),
            ("-A arm64 -T script -C none", 0, b"xyz"),
            ("-A arm64 -T script -C none -n NAME -a 40000000 -e 40000040", 4294967295, b"echo \xc3\xa4\0\n" * 9),
            ("-A arm -T script -C none -n a-name-of-exactly-thirty-two-byte -a 100", 1, b"abcd"),
            ("-A arm64 -T script -C none -n a-name-of-more-than-thirty-two-bytes", 1, b"abcde"),
            ("-A arm64 -T script -C none -n both", 1600000000, b"echo hello\n", b"xyz"),
            ("-A arm64 -O linux -T multi -C none -n three", 1600000000, b"echo hello\n", b"\0" * 8, b"xyz"),
            ("-A arm64 -O linux -T multi -C gzip -n one", 1600000000, b"xyz"),
            ("-A arm64 -O linux -T kernel -C gzip -a 40080000 -e 40080040 -n k", 1600000000, b"\x1f\x8bxyz"),
            ("-A arm64 -O u-boot -T firmware -C none -a ffffffff -e fffffff0", 7, b"0123456789"),
            ("-A x86_64 -O linux -T ramdisk -C zstd -n rd", 7, bytes(range(256))),
        ):
            for index, part in enumerate(parts):
                open("%s/%d" % (folder, index), "wb").write(part)
            files = ":".join("%s/%d" % (folder, i) for i in range(len(parts)))
            subprocess.run(["mkimage", *arguments.split(), "-d", files, folder + "/out"], check=True,
                           stdout=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": str(time)})
            cases.append({"arguments": arguments, "time": time, "parts": [p.hex() for p in parts],
                          "image": open(folder + "/out", "rb").read().hex()})
    version = subprocess.run(["mkimage", "-V"], capture_output=True, text=True).stdout.strip()
    save("mkimage.json", {"mkimage": version, "cases": cases})


if __name__ == "__main__":
    record_mkimage()
    for part in (record_names, record_reports, record_parts, record_scripts):
        part(sys.argv[1])
