"""FIT images, as mkimage would make them and as it would not."""

import hashlib
import struct
import zlib

import legacy
import packed
import trees

DIGESTS = {"crc32": lambda data: struct.pack(">I", zlib.crc32(data)), "md5": lambda data: hashlib.md5(data).digest(),
           "sha1": lambda data: hashlib.sha1(data).digest(), "sha256": lambda data: hashlib.sha256(data).digest(),
           "sha384": lambda data: hashlib.sha384(data).digest(), "sha512": lambda data: hashlib.sha512(data).digest()}
IMAGES = ["kernel-1", "kernel-2", "ramdisk-1", "fdt-1", "fdt-2", "script-1", "load-1", "fpga-1"]
CONFIGURATIONS = ["conf-1", "conf-2", "conf-3"]
KINDS = {"kernel": ["kernel", "kernel", "kernel", "kernel_noload"], "ramdisk": ["ramdisk"], "fdt": ["flat_dt"],
         "script": ["script"], "load": ["standalone", "firmware", "filesystem", "loadable", "tee", "multi"], "fpga": ["fpga"]}


def text(value):
    return value.encode("latin-1") + b"\0"


def cells(value, dice):
    """An address in one cell, or in two."""
    return struct.pack(">Q", value) if dice.chance(12) else struct.pack(">I", value)


def digest(dice, number, data):
    """A node with the checksum of the data."""
    name = dice.weighted([(8, f"hash-{number}"), (1, "hash"), (1, f"hash@{number}"), (1, f"checksum-{number}")])
    algorithm = dice.pick(list(DIGESTS))
    value = DIGESTS[algorithm](data)
    value = dice.weighted([(24, value), (1, bytes([value[0] ^ 1]) + value[1:]), (1, value[:-1]), (1, b"")])
    properties = [("value", value)] if dice.chance(97) else []
    declared = dice.weighted([(24, algorithm), (1, "crc16"), (1, "SHA1"), (1, "")])
    properties += [("algo", text(declared))] if dice.chance(97) else []
    if dice.chance(4):
        properties.append(("uboot-ignore", struct.pack(">I", 1)))
    return name, properties, []


def signature(dice, number):
    """A node as mkimage leaves it; no key of the board fits it, so any bytes do."""
    size = dice.pick([256, 256, 512])
    name = dice.weighted([(6, f"signature-{number}"), (1, "signature"), (1, f"signature@{number}")])
    algorithm = f"{dice.pick(['sha1', 'sha256', 'sha256', 'sha512'])},rsa{size * 8}"
    properties = [("hashed-strings", struct.pack(">II", 0, 0x50)), ("hashed-nodes", text("/") + text("/configurations/conf-1")),
                  ("timestamp", struct.pack(">I", dice.below(1 << 31))), ("signer-version", text("2023.01")),
                  ("signer-name", text("mkimage")), ("value", bytes(dice.below(256) for _ in range(size))),
                  ("algo", text(dice.weighted([(10, algorithm), (1, "sha256"), (1, "sha1,dsa")]))),
                  ("key-name-hint", text(dice.pick(["dev", "prod"]))), ("padding", text(dice.pick(["pkcs-1.5", "pss"])))]
    return name, [entry for entry in properties if dice.chance(96)], []


def image(dice, name, outside, start):
    """An image node; its data are in it, or put to those that follow the tree."""
    kind = dice.pick(KINDS[name.partition("-")[0]])
    data = legacy.payload(dice, {"kernel_noload": "kernel"}.get(kind, kind))
    method = dice.weighted([(10, "none"), (3, "gzip"), (1, "lzma"), (1, "lz4"), (1, "bzip2"), (1, "zstd")])
    if kind == "script" and dice.chance(90):
        method = "none"
    data = packed.compress(method, data, dice)
    properties = []
    if dice.chance(85):
        properties.append(("description", text(dice.text("abc XYZ", 0, 12))))
    if outside is None:
        properties += [("data", data)] if dice.chance(98) else []
    else:
        place = sum(len(part) for part in outside)
        outside.append(data + b"\0" * (-len(data) % 4))
        key = dice.pick(["data-offset", "data-offset", "data-position"])
        properties.append((key, struct.pack(">I", place if key == "data-offset" else start + place)))
        properties += [("data-size", struct.pack(">I", len(data)))] if dice.chance(97) else []
    properties.append(("type", text(dice.weighted([(30, kind), (1, "nonsense"), (1, "ramdisk")]))))
    properties.append(("arch", text(dice.weighted([(16, "arm64"), (2, "arm"), (1, "x86"), (1, "vax")]))))
    if kind not in ("flat_dt", "script") or dice.chance(20):
        properties.append(("os", text(dice.weighted([(16, "linux"), (1, "u-boot"), (1, "netbsd"), (1, "plan10")]))))
    said = dice.weighted([(24, method), (1, "gzip"), (1, "none"), (1, "rar")])
    properties.append(("compression", text(said)))
    # Where U-Boot unpacks a tree that has no place depends on all that was done before.
    is_placed = kind == "flat_dt" and said != "none"
    if is_placed or dice.chance({"kernel": 95, "load": 90, "fpga": 80}.get(name.partition("-")[0], 40)):
        place = dice.pick(legacy.PLACES)
        properties += [("load", cells(place, dice)), ("entry", cells(place, dice))]
    properties = [entry for entry in properties if dice.chance(98) or is_placed and entry[0] in ("load", "compression")]
    hashes = [digest(dice, number, data) for number in range(1, dice.weighted([(2, 0), (5, 1), (3, 2), (1, 3)]) + 1)]
    hashes += [signature(dice, 1)] if dice.chance(12) else []
    return name, properties, hashes


def configuration(dice, name):
    """A configuration node, which may name what is not there."""
    def names(key, percent, most=1):
        if not dice.chance(percent):
            return []
        chosen = [dice.pick([image for image in IMAGES if image.startswith(key)]) for _ in range(dice.between(1, most))]
        return [dice.weighted([(30, value), (1, "nope"), (1, dice.pick(IMAGES))]) for value in chosen]

    properties = [("description", text(dice.text("abc XYZ", 0, 12)))] if dice.chance(85) else []
    for key, images in (("kernel", names("kernel", 93)), ("ramdisk", names("ramdisk", 60)), ("fdt", names("fdt", 75, 2)),
                        ("loadables", names("load", 30, 2)), ("script", names("script", 60)), ("fpga", names("fpga", 5))):
        if images:
            properties.append((key, b"".join(text(image) for image in images)))
    if dice.chance(40):
        properties.append(("compatible", dice.pick([text("linux,dummy-virt"), text("acme,one"), text("acme,two")])))
    return name, properties, [signature(dice, 1)] if dice.chance(12) else []


def write(writer, node):
    name, properties, children = node
    writer.node(name)
    for key, value in properties:
        writer.property(key, value)
    for child in children:
        write(writer, child)
    writer.end()


def fit(dice):
    """A whole image."""
    outside = [] if dice.chance(25) else None
    start = 0x10000
    images = [image(dice, name, outside, start) for name in IMAGES if dice.chance(75)]
    if dice.chance(5):
        images.append(("kernel@1", images[0][1], images[0][2]) if images else ("kernel@1", [], []))
    configurations = [configuration(dice, name) for name in CONFIGURATIONS if dice.chance(75)]
    default = [("default", text(dice.weighted([(12, "conf-1"), (2, "conf-2"), (1, "nope")])))] if dice.chance(85) else []
    top = [("timestamp", struct.pack(">I", dice.below(1 << 32)))] if dice.chance(95) else []
    top += [("description", text(dice.pick(["generated", "", "a longer description"])))] if dice.chance(90) else []
    top.append(("#address-cells", struct.pack(">I", 1)))
    nodes = [("images", [], images)] if dice.chance(98) else []
    nodes += [("configurations", default, configurations)] if dice.chance(96) else []
    writer = trees.Writer()
    write(writer, ("", top, nodes))
    blob = writer.blob([], 0)
    blob += b"\0" * (-len(blob) % 4)
    if outside is None:
        return blob
    data = b"".join(outside)
    # Positions count from the start of the image, offsets from the end of the tree: the latter as mkimage does.
    return (blob + data).ljust(start, b"\0") + data
