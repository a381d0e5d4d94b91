"""Disks with tables of partitions and file systems, and the commands that look into them."""

import base64
import gzip
import os
import tempfile

import filesystems
from areas import RAM

BUSES = ["virtio", "nvme", "scsi"]
TYPES = {"dos": ["c", "6", "83", "e", "1", "82", "da"], "gpt": ["uefi", "linux", "swap", "C12A7328-F81F-11D2-BA4B-00A0C93EC93B"]}
# Of file systems, in KiB; only the last has room for FAT32.
SIZES = [1000, 2000, 4000, 8200, 9000, 12000, 36000]


class Disk:
    """An image, where it is attached, and what is in it: (number, paths) of the partitions, 0 for the whole disk."""

    def __init__(self, bus, number, places):
        self.bus = bus
        self.number = number
        self.places = places


def table(dice, label, sizes):
    """The text for sfdisk, and (number, first sector, sectors) of each partition."""
    lines, places, start, number = [f"label: {label}"], [], 2048, 1
    if label == "dos":
        lines.append(f"label-id: 0x{dice.below(1 << 32):08x}")
        extended = dice.between(2, 4) if len(sizes) > 2 or dice.chance(30) else 9
    else:
        lines.append(f"label-id: {uuid(dice)}")
        extended = 99
    for size in sizes:
        if number == extended:
            lines.append(f"{number} : start={start}, type={dice.pick(['5', 'f'])}")
            number, start = 5, start + 2048
        if dice.chance(12) and number < 4 and number + 1 != extended and label == "dos" or label == "gpt" and dice.chance(15):
            number += 1
        line = f"{number} : start={start}, size={size}, type={dice.pick(TYPES[label])}"
        if label == "gpt":
            line += f", uuid={uuid(dice)}, name=\"{dice.pick(['boot', 'root', 'EFI System', 'boot', 'data-3', 'x' * 36, 'näme'])}\""
            line += f", attrs=\"{dice.pick(['LegacyBIOSBootable', 'RequiredPartition', 'GUID:48,63'])}\"" if dice.chance(40) else ""
        elif dice.chance(30) and number < 5:
            line += ", bootable"
        lines.append(line)
        places.append((number, start, size))
        start += size + (2048 if number >= 5 else dice.pick([0, 0, 100]))
        number += 1
    return "\n".join(lines) + "\n", places, start + 4096


def uuid(dice):
    text = "".join(f"{dice.below(16):x}" for _ in range(32))
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-8{text[17:20]}-{text[20:]}"


def make(shell, folder, name):
    """A disk image, and what is in it."""
    dice = shell.dice
    label = dice.weighted([(5, "dos"), (5, "gpt"), (4, None), (1, "nothing")])
    path = os.path.join(folder, name)
    size = dice.pick(SIZES)
    if label is None:
        return [(0, filesystems.make(shell, folder, name, size))]
    if label == "nothing":
        with open(path, "wb") as file:
            file.truncate(dice.pick([100 * 512, 1 << 20]))
        return [(0, [])]
    sizes = [2 * dice.pick(SIZES) for _ in range(dice.weighted([(3, 1), (3, 2), (2, 3), (1, 5)]))]
    text, places, end = table(dice, label, sizes)
    with open(path, "wb") as file:
        file.truncate(end * 512)
    filesystems.tool(folder, "sfdisk", "-q", name, text=text)
    found = []
    for number, start, count in places:
        found.append((number, filesystems.make(shell, folder, "part", count // 2)))
        with open(os.path.join(folder, "part"), "rb") as part, open(path, "r+b") as file:
            file.seek(start * 512)
            file.write(part.read())
        os.remove(os.path.join(folder, "part"))
    return found


def attach(shell, files):
    """Makes disks, puts them into the files and says how they are attached."""
    dice = shell.dice
    found, numbers, disks = [], {}, []
    for count in range(dice.weighted([(4, 1), (3, 2), (1, 3)])):
        bus = "virtio" if count == 0 else dice.weighted([(4, "virtio"), (2, "nvme"), (2, "scsi")])
        numbers[bus] = numbers.get(bus, -1) + 1
        name = f"d{count}.img"
        with tempfile.TemporaryDirectory(prefix="ibtest-fuzz-") as folder:
            places = make(shell, folder, name)
            with open(os.path.join(folder, name), "rb") as file:
                files[name] = {"gz": base64.b64encode(gzip.compress(file.read(), 1, mtime=0)).decode()}
        disks.append(name if bus == "virtio" else f"{bus}:{numbers[bus]}={name}")
        found.append(Disk(bus, numbers[bus], places))
    return found, disks


def disks(shell, files, lines):
    """Everything that reads, lists and writes disks and what is on them."""
    dice = shell.dice
    attached, shell.disks = attach(shell, files)
    for bus in BUSES[1:]:
        if any(disk.bus == bus for disk in attached) and dice.chance(90):
            lines.append(f"{bus} scan")

    def device(disk):
        return dice.weighted([(30, f"{disk.bus} {disk.number}"), (1, f"{disk.bus} 7"), (1, f"{dice.pick(BUSES)} 0"), (1, f"{disk.bus} x"),
                              (1, f"{disk.bus} {disk.number:02d}"), (1, f"mmc {disk.number}"), (1, "host 0"), (1, f"{disk.bus}")])

    def place(disk=None, number=None):
        disk = disk or dice.pick(attached)
        number = dice.pick(disk.places)[0] if number is None else number
        return device(disk) + dice.weighted([
            (30, f":{number}" if number or dice.chance(30) else ""), (1, ":auto"), (1, ""), (1, ":0"), (1, f":{dice.below(9)}"), (1, ":x"), (1, ":"),
            (1, "#boot"), (1, ":1.0"), (1, f":{number:x}h")])

    def spelled(path):
        return dice.weighted([(10, path), (8, "/" + path), (1, path.upper()), (1, path.lower()), (1, path.swapcase()), (1, path + "/"),
                              (1, "//" + path), (1, "./" + path), (1, "/boot/../" + path), (1, path.replace("/", "\\\\")), (1, path[:-1]),
                              (1, path.replace("/", "//"))])

    def quoted(path):
        return f'"{path}"' if any(sign in path for sign in " ;[]") else path

    def file():
        """A place and a path that is mostly there."""
        disk = dice.pick(attached)
        number, paths = dice.pick(disk.places)
        folders = ["/", *filesystems.FOLDERS, "folder", "Deep/up", "lost+found"]
        path = dice.weighted([(20, lambda: dice.pick(paths or ["none"])), (3, lambda: dice.pick(folders)), (1, lambda: "nope"), (1, lambda: "boot/nope"),
                              (1, lambda: "nope/hello.txt"), (2, lambda: dice.pick(["new", "boot/new.txt", "newdir/x"])), (1, lambda: "."), (1, lambda: "..")])()
        return place(disk, number), quoted(spelled(path))

    def address():
        return dice.weighted([(10, f"{RAM:x}"), (3, f"{RAM + 0x100000:x}"), (1, f"{RAM + dice.below(64):x}"), (1, "${loadaddr}")])

    def amount():
        return dice.weighted([(6, ""), (2, f" {dice.below(0x1800):x}"), (2, f" {dice.below(0x1800):x} {dice.below(0x3000):x}"), (1, f" 0 {dice.below(0x800):x}"),
                              (1, f" {512 * dice.below(9):x} {512 * dice.below(9):x}"), (1, " 10 ffffff"), (1, " ffffffff"), (1, " x"), (1, " 0 0")])

    def command(name, percent=25):
        return dice.pick(["fat", "ext4", "ext2"]) + name if dice.chance(percent) and name in ("load", "ls", "size") else name

    def load():
        where, path = file()
        text = f"{command('load')} {where} {address()} {path}{amount()}"
        return text + dice.weighted([(4, ""), (6, f"; crc32 {RAM:x} $filesize"), (1, f"; md.b {RAM:x} 20"), (1, "; echo $filesize $fileaddr")])

    def listing():
        where, path = file()
        path = dice.weighted([(3, ""), (4, quoted(spelled(dice.pick(filesystems.FOLDERS)))), (1, path), (1, "/"), (1, "folder"), (1, "Deep/here/er")])
        return f"{command('ls')} {where} {path}".rstrip()

    def joined(text):
        where, path = file()
        return text.format(where=where, path=path, address=address(), count=f"{dice.below(0x1000):x}")

    def part():
        disk = dice.pick(attached)
        number = dice.weighted([(8, dice.pick(disk.places)[0]), (1, dice.below(9)), (1, 0)])
        which = dice.weighted([(8, f"{number}"), (2, "boot"), (1, "root"), (1, "'EFI System'"), (1, "x"), (1, ""), (1, "data-3"), (1, "0x1")])
        variable = dice.weighted([(3, ""), (5, f" {shell.name()}"), (1, " a b")])
        return dice.weighted([
            (6, f"part list {device(disk)}"), (3, f"part list {device(disk)} -bootable{variable}"), (2, f"part list {device(disk)}{variable}"),
            (5, f"part start {device(disk)} {which}{variable}"), (5, f"part size {device(disk)} {which}{variable}"), (4, f"part number {device(disk)} {which}{variable}"),
            (5, f"part uuid {place(disk)}{variable}"), (3, f"part type {place(disk)}{variable}"), (1, "part types"), (1, f"part {dice.pick(['', 'x', 'li', 'st', 'set'])}"),
            (1, f"part set virtio {dice.below(3)} {dice.pick(['dos', 'efi', 'x', 'ISO', 'mtd'])}"), (1, f"part start {place(disk)} {which}"), (1, f"part list {device(disk)} -all a")])

    def bus():
        disk = dice.pick(attached)
        name = disk.bus if dice.chance(85) else dice.pick(BUSES)
        number = dice.weighted([(6, f"{disk.number}"), (1, ""), (1, "5"), (1, "x")])
        # Outside of the disk, AHCI waits long, and what NVMe says depends on all requests before.
        start = dice.below(0x900 if name == "virtio" else 0x50)
        outside = "ffffffff" if name == "virtio" else "1"
        return name + " " + dice.weighted([
            (2, "info"), (3, f"dev {number}"), (3, f"part {number}"), (1, "scan"), (1, "device"), (1, ""), (1, "x"), (1, "inf"),
            (4, f"read {RAM:x} {start:x} {dice.below(15) + 1:x}; crc32 {RAM:x} 200"), (1, f"read {RAM:x} {outside} 1"), (1, f"read {RAM:x} 0 0"),
            (1, f"write {RAM:x} {dice.below(0x30) + 1:x} {dice.below(2) + 1:x}"), (1, "dev")])

    def look():
        return dice.pick([f"printenv {shell.name()} filesize fileaddr", f"crc32 {RAM:x} $filesize", f"md.b {RAM:x} 20", "echo $filesize", "fstypes"])

    written = ["fatwrite {where} {address} {path} {count}", "fatwrite {where} {address} {path} {count} {count}", "fatmkdir {where} {path}",
               "fatrm {where} {path}", "save {where} {address} {path} {count}", "ln {where} {path} newlink", "fatwrite {where} {address} {path}",
               "fatwrite {where} {address} new.bin {count}; load {where} {address} new.bin; crc32 {address} $filesize", "save {where} {address} {path}"]
    return [
        (14, load), (8, listing), (5, lambda: joined(command("size") + " {where} {path}; echo $filesize")), (12, part), (5, bus),
        (3, lambda: f"fstype {place()} {dice.pick(['', '', shell.name()])}".rstrip()), (2, lambda: f"fatinfo {place()}"),
        (4, lambda: joined("test -e {where} {path}")), (2, lambda: joined("if test -e {where} {path} -a 1 = 1; then echo yes; else echo no; fi")),
        (3, lambda: joined("load {where} 50000000 env.txt; env import -t 50000000 $filesize")),
        (3, lambda: joined("load {where} 50000000 boot/boot.scr; source 50000000")), (2, lambda: joined("load {where} 50000000 {path} && source 50000000")),
        (2, lambda: joined("sysboot {where} " + dice.pick(["any", "any", "fat", "ext2", "x"]) + " 50000000 " + dice.pick(["extlinux/extlinux.conf", "/m2.conf", "{path}"]))),
        (2, lambda: joined("load {where} 50000000 extlinux/extlinux.conf; pxe boot 50000000")), (8, lambda: joined(dice.pick(written))), (5, look),
        (1, lambda: joined(dice.pick(["load", "load {where}", "ls", "size {where}", "save {where}", "fatls", "ext4load {where}", "load {where} {address}", "fstype"]))),
        (1, lambda: "setenv bootfile " + dice.pick(["hello.txt", ""])),
    ]
