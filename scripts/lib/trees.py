"""Device trees to work on, and the commands of `fdt`."""

import struct

from areas import RAM, count

TREE = 0x48000000
OTHER = 0x49000000
NODES = ["", "soc", "soc/uart@9000", "soc/uart@9100", "memory@40000000", "chosen", "cpus", "cpus/cpu@0", "n1", "n1/n2",
         "n1/n2/n3", "aliases"]
PROPERTIES = ["reg", "compatible", "status", "#address-cells", "#size-cells", "bootargs", "p", "q", "long", "empty",
              "linux,initrd-start", "device_type", "cells", "name", "model"]

FIELDS = ["totalsize", "magic", "version", "off_dt_struct", "size_dt_strings", "size_dt_struct", "off_mem_rsvmap", "x", ""]


class Writer:
    """Writes a flattened device tree, version 17."""

    def __init__(self):
        self.structure = b""
        self.strings = b""

    def node(self, name):
        data = name.encode() + b"\0"
        self.structure += struct.pack(">I", 1) + data + b"\0" * (-len(data) % 4)

    def end(self):
        self.structure += struct.pack(">I", 2)

    def property(self, name, value):
        data = name.encode() + b"\0"
        if data not in self.strings:
            self.strings += data
        place = self.strings.index(data)
        self.structure += struct.pack(">III", 3, len(value), place) + value + b"\0" * (-len(value) % 4)

    def blob(self, reservations, room):
        table = b"".join(struct.pack(">QQ", *entry) for entry in [*reservations, (0, 0)])
        structure = self.structure + struct.pack(">I", 9)
        start = 40 + len(table)
        size = start + len(structure) + len(self.strings) + room
        header = struct.pack(">10I", 0xd00dfeed, size, start, start + len(structure), 40, 17, 16, 0, len(self.strings),
                             len(structure))
        return header + table + structure + self.strings + b"\0" * room


def value(dice):
    """The bytes of a property: text, lists of text, cells or anything."""
    return dice.weighted([
        (4, lambda: dice.text("abc ,-xyz", 0, 12).encode() + b"\0"), (2, lambda: b"a\0bc\0" + dice.text("xy", 0, 3).encode() + b"\0"),
        (4, lambda: struct.pack(">I", dice.below(1 << 32))), (2, lambda: struct.pack(">I", dice.below(100))), (2, lambda: b""),
        (3, lambda: bytes(dice.below(256) for _ in range(4 * dice.below(8)))), (1, lambda: b"no end"), (1, lambda: b"\0"),
        (2, lambda: bytes(dice.below(256) for _ in range(dice.below(20)))), (1, lambda: b"\0\0"), (1, lambda: b"line\n"),
        (1, lambda: b"tab\there\0"), (1, lambda: b"\xa0\xff\0"), (1, lambda: b"quote\"s\0"), (1, lambda: struct.pack(">I", 0x00f42400)),
        (1, lambda: bytes(dice.below(256) for _ in range(0x48))),
    ])()


def random_tree(dice):
    """A small tree with the nodes of `NODES`, and properties at random."""
    writer = Writer()

    def fill(path):
        names = [name for name in PROPERTIES if dice.chance(25)]
        if path == "":
            names = ["#address-cells", "#size-cells"] + [name for name in names if "cells" not in name]
        if path == "aliases":
            names = []
            writer.property("serial0", b"/soc/uart@9000\0")
            writer.property("bad", b"soc\0")
        for name in names:
            cells = struct.pack(">I", dice.pick([1, 2, 2, 2]))
            writer.property(name, cells if name.startswith("#") else value(dice))
        children = [node for node in NODES if node and (node.rpartition("/")[0] == path)]
        for child in children:
            writer.node(child.rpartition("/")[2])
            fill(child)
            writer.end()

    writer.node("")
    fill("")
    writer.end()
    reservations = [(dice.below(1 << 40), dice.below(1 << 20) + 1) for _ in range(dice.below(3))]
    return writer.blob(reservations, dice.pick([0, 0, 0x40, 0x100, 0x1000, 0x4000]))


def trees(shell, files, lines):
    """Everything that `fdt` does, on a random tree at `TREE`."""
    dice = shell.dice
    files["tree.dtb"] = {"hex": random_tree(dice).hex()}
    lines += [f"tftpboot {TREE:x} tree.dtb", f"fdt addr {TREE:x}"]
    if dice.chance(60):
        lines.append("fdt resize 1000")

    def path():
        node = dice.pick(NODES)
        return dice.weighted([(14, "/" + node), (1, node), (1, "/" + node + "/"), (1, "serial0"), (1, "serial0/x"), (1, "bad"),
                              (1, "/soc/uart"), (1, "/memory"), (2, "/" + node + "/new"), (1, "/nope"), (1, "//" + node)])

    def name():
        text = dice.pick(PROPERTIES) if dice.chance(90) else shell.name()
        return "\\" + text if text.startswith("#") else text

    def cells():
        numbers = [dice.weighted([(4, f"{dice.below(1 << 16):#x}"), (3, f"{dice.below(100)}"), (1, shell.number()), (1, "?")])
                   for _ in range(dice.below(6))]
        return "<" + dice.pick([" ", ""]) + " ".join(numbers) + dice.pick([">", " >", ">", ">", "> <1>", ""])

    def data():
        numbers = [f"{dice.below(256):02x}" for _ in range(dice.below(6))]
        return "[" + dice.pick(["", " "]) + dice.pick([" ", ""]).join(numbers) + dice.pick(["]", "]", "]", " ]", " zz]"])

    def new_value():
        return dice.weighted([
            (6, cells), (4, data), (3, lambda: shell.words(0, 3)), (3, lambda: '"' + cells() + '"'), (2, lambda: '"two words"'),
            (1, lambda: ""), (1, lambda: '""'), (2, lambda: f"${shell.name()}"), (1, lambda: f'"${shell.name()}"'),
            (1, lambda: "a b c"), (1, lambda: "x" * dice.between(1, 200)), (1, lambda: "'a;b'"),
        ])()

    def get():
        kind = dice.weighted([(5, "value"), (2, "size"), (2, "name"), (1, "addr"), (1, "x"), (1, "val")])
        rest = {"name": f"{path()} {count(shell, 4)}", "size": f"{path()} {dice.pick([name(), ''])}"}.get(
            kind, f"{path()} {name()} {dice.pick(['', '', '0', '1', '2', '9', 'x'])}")
        # An address in a variable is an address of this emulator, so it is printed, and nothing more.
        variable = shell.name()
        return f"fdt get {kind} {variable} {rest}; printenv {variable}"

    def place():
        return f"{dice.pick([TREE, TREE, OTHER, RAM, 0x4a000000]):x}"

    def size():
        return dice.pick(["", "", "100", "1000", "2000", "10000", f"{dice.below(0x800):x}", "0"])

    return [
        (16, lambda: f"fdt set {path()} {name()} {new_value()}"), (8, lambda: f"fdt print {path()} {dice.pick(['', '', name()])}"),
        (2, lambda: f"fdt list {path()}"), (6, lambda: f"fdt mknode {path()} {dice.pick(['new', 'n4', 'x@1', 'n2', 'new/x', ''])}"),
        (5, lambda: f"fdt rm {path()} {dice.pick(['', name(), name(), name()])}"), (8, get), (2, lambda: f"fdt header get {shell.name()} {dice.pick(FIELDS)}"),
        (2, lambda: "fdt header"), (3, lambda: f"fdt resize {dice.pick(['', '', '100', '10', '1000', 'zz'])}"),
        (2, lambda: f"fdt memory {shell.number()} {shell.number()}"), (1, lambda: "fdt memory 40000000"),
        (3, lambda: "fdt rsvmem print"), (3, lambda: f"fdt rsvmem add {shell.number()} {shell.number()}"),
        (2, lambda: f"fdt rsvmem delete {dice.pick(['0', '1', '2', '5', 'x'])}"), (2, lambda: f"fdt chosen {dice.pick(['', '', '44000000 1000', '44000000'])}"),
        (2, lambda: f"fdt bootcpu {shell.number()}"), (2, lambda: f"fdt addr {place()} {size()}"), (1, lambda: f"fdt addr {dice.pick(['', '-c', '-q 40', '-q ' + place()])}"),
        (2, lambda: f"fdt move {place()} {place()} {size()}"), (1, lambda: f"setenv fdt_max_dump {dice.pick(['', '4', '8', '100', '0'])}"),
        (1, lambda: "fdt print"), (1, lambda: f"fdt {dice.pick(['', 'x', 'm', 'pr', 'li', 'apply 49000000', 'se /', 'mk /', 'boardsetup', 'che', 'r /', 'h'])}"),
        (2, lambda: f"tftpboot {TREE:x} tree.dtb; fdt addr {TREE:x}; fdt resize"),
        (1, lambda: f"setenv bootargs {shell.words(0, 3)}"), (1, lambda: f"fdt print /; crc32 {TREE:x} 400"),
    ]
