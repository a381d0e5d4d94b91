"""Payloads to boot, and legacy images around them."""

import struct
import zlib

import packed
import trees

# Where images lie, and where what they hold may go; all of it is free RAM on the emulated boards.
IMAGE = 0x4a000000
STEP = 0x100000
PLACES = [0x42000000, 0x44000000, 0x45000000, 0x50000000, 0x50000000, 0x50100000]
MAGIC = 0x27051956
TYPES = {"standalone": 1, "kernel": 2, "ramdisk": 3, "multi": 4, "firmware": 5, "script": 6, "filesystem": 7, "flat_dt": 8,
         "kernel_noload": 14}


def arm64_kernel(dice):
    """A kernel that turns in a circle."""
    size = dice.pick([0x1000, 0x1000, 0x1040, 0x8000, 0x20000])
    offset = dice.weighted([(8, 0), (1, 0x80000), (1, 0x1000)])
    flags = dice.weighted([(6, 0xa), (2, 2), (1, 0)])
    header = struct.pack("<IIQQQQQQ4sI", 0x14000000, 0, offset, dice.weighted([(8, size), (1, 0)]), flags, 0, 0, 0,
                         b"ARM\x64", 0)
    return header + b"\x5a" * (min(size, 0x1040) - len(header))


def payload(dice, kind):
    """The bytes of one part."""
    if kind in ("kernel", "kernel_noload", "multi"):
        return dice.weighted([(8, lambda: arm64_kernel(dice)), (1, lambda: dice.text("kernl", 1, 100).encode())])()
    if kind in ("flat_dt", "flat"):
        return dice.weighted([(8, lambda: board_tree(dice)), (2, lambda: trees.random_tree(dice)), (1, lambda: b"no tree")])()
    if kind == "script":
        return script(dice)
    return dice.weighted([(4, lambda: dice.text("ramdisk \n", 1, 300).encode()), (2, lambda: b"r" * dice.between(1, 5000)),
                          (2, lambda: bytes(dice.below(256) for _ in range(dice.below(100)))), (1, lambda: b"")])()


def board_tree(dice):
    """A tree that a kernel could be started with."""
    writer = trees.Writer()
    writer.node("")
    writer.property("#address-cells", struct.pack(">I", 2))
    writer.property("#size-cells", struct.pack(">I", 2))
    if dice.chance(80):
        writer.property("compatible", dice.pick([b"linux,dummy-virt\0", b"other\0", b"acme,one\0acme,two\0"]))
    if dice.chance(70):
        writer.node("chosen")
        if dice.chance(30):
            writer.property("bootargs", b"quiet\0")
        if dice.chance(20):
            writer.property("linux,initrd-start", bytes(8))
        writer.end()
    if dice.chance(70):
        writer.node("memory@40000000")
        writer.property("device_type", b"memory\0")
        writer.property("reg", struct.pack(">QQ", 0x40000000, 0x80000000))
        writer.end()
    writer.end()
    reserved = dice.weighted([(6, []), (1, [(0x47000000, 0x1000)]), (1, [(0xb0000000, 0x10000)])])
    return writer.blob(reserved, dice.pick([0, 0x10, 0x100, 0x1000, 0x3000]))


def script(dice):
    lines = [dice.pick([f"echo in script {number}", f"setenv s{number} here", "echo $?", "false", "# nothing", "", "printenv s0",
                        "test 1 = 1 && echo yes", "echo 'two words'", "exit 2", "echo ${loadaddr}"])
             for number in range(dice.between(0, 5))]
    return "".join(line + "\n" for line in lines).encode()


def multi(parts, dice):
    """The parts behind a table of their sizes, each at a multiple of four."""
    table = b"".join(struct.pack(">I", len(part)) for part in parts) + (b"" if dice.chance(4) else bytes(4))
    return table + b"".join(part + b"\0" * (-len(part) % 4) for part in parts)


def image(dice, kind=None):
    """A legacy image, now and then with something wrong, and the address that it names."""
    kind = kind or dice.pick(list(TYPES) + ["kernel", "kernel", "multi", "script", "ramdisk", "flat_dt"])
    declared = dice.weighted([(12, TYPES[kind]), (1, dice.below(40))])
    method = "none"
    if kind in ("multi", "script") and dice.chance(85):
        parts = [payload(dice, name) for name in ["script" if kind == "script" else "multi", "ramdisk", "flat", "script"]]
        data = multi(parts[:dice.between(1, 4 if kind == "multi" else 2)], dice)
    else:
        data = payload(dice, kind)
        method = dice.weighted([(8, "none"), (3, "gzip"), (2, "lzma"), (2, "lz4"), (1, "bzip2"), (1, "lzo"), (1, "zstd")])
        data = packed.compress(method, data, dice)
    number = packed.METHODS[method] if dice.chance(88) else dice.below(9)
    return header(dice, data, declared, number) + data


def header(dice, data, kind, method):
    """The 64 bytes in front of the data."""
    system = dice.weighted([(12, 5), (1, 17), (1, dice.below(34))])
    machine = dice.weighted([(12, 22), (2, 2), (1, dice.below(32))])
    place = dice.weighted([(10, dice.pick(PLACES)), (2, IMAGE + 64), (1, IMAGE), (1, dice.pick(PLACES) + dice.below(0x1000))])
    entry = dice.weighted([(8, place), (1, place + 0x40), (1, 0)])
    size = dice.weighted([(30, len(data)), (1, len(data) + 4), (1, max(0, len(data) - 4)), (1, 0)])
    name = dice.weighted([(6, dice.text("abc XYZ-1.0", 0, 20)), (1, "n" * 32), (1, "n" * 31), (1, "tab\there"), (1, "\xe9")])
    checksum = zlib.crc32(data[:size]) ^ dice.weighted([(20, 0), (1, 1)])
    fields = (dice.below(1 << 32), size, place, entry, checksum, system, machine, kind, method, name.encode("latin-1"))
    form = ">IIIIIIIBBBB32s"
    total = zlib.crc32(struct.pack(form, MAGIC, 0, *fields)) ^ dice.weighted([(25, 0), (1, 0x100)])
    return struct.pack(form, dice.weighted([(40, MAGIC), (1, MAGIC + 1)]), total, *fields)
