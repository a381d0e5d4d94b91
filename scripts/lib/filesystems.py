"""File systems as mkfs.vfat, mtools, mke2fs and debugfs make them, with files that are hard to find and to read."""

import os
import subprocess

import areas
import legacy
import uboot

TOOLS = {**os.environ, "PATH": os.environ.get("PATH", "") + ":/usr/sbin:/sbin", "LC_ALL": "C.UTF-8", "MTOOLS_SKIP_CHECK": "1",
         "E2FSPROGS_FAKE_TIME": "1700000000", "SOURCE_DATE_EPOCH": "1700000000"}
FOLDERS = ["boot", "extlinux", "Deep", "Deep/er", "Deep/er/est"]
NAMES = ["hello.txt", "UPPER.TXT", "MiXeD.TxT", "noext", "a.b.c.d", "Long File Name With Spaces.bin", "very-long-name-" + "x" * 40,
         "123", "empty", ".hidden", "trail.e", "tilde~1.txt", "name,with+odd=[signs];x"]
# Without letters of other scripts, whose lower case the two releases know differently well.
FEATURES = ["^64bit", "^extent", "^metadata_csum", "^dir_index", "^flex_bg", "^sparse_super", "^huge_file", "^filetype", "^resize_inode",
            "^extra_isize", "inline_data", "meta_bg,^resize_inode", "^has_journal", "^large_file", "^dir_nlink"]
UUID = "11111111-2222-3333-4444-555555555555"


def tool(folder, *words, text=None, may_fail=False):
    """Runs a tool in a folder."""
    done = subprocess.run(words, cwd=folder, env=TOOLS, input=text, text=True, capture_output=True, check=False)
    if done.returncode and not may_fail:
        raise uboot.Fault(f"{' '.join(words)}: {done.stderr.strip() or done.stdout.strip()}")


def menu(dice):
    """A file for `sysboot`, which boots at once and asks nothing."""
    # A title would make the menu wait for an answer.
    lines = [dice.pick(["default l1", "DEFAULT l2", "default nolabel", "say hello", "# remark", "", "bogus word", "timeout 0"])]
    for number in range(dice.between(1, 3)):
        lines.append(f"{dice.pick(['label', 'LABEL'])} l{number + 1}")
        lines += [line for line in [
            dice.pick(["kernel", " linux", "\tKERNEL"]) + " " + dice.pick(["/nope", "/hello.txt", "boot/kernel.img", "/boot/Image", "../boot/Image"]),
            " append " + dice.pick(["root=$x", "a='${arch}' b", "", "console=ttyAMA0 initrd=/x"]),
            " initrd " + dice.pick(["/hello.txt", "/nope", "/empty"]), " fdt " + dice.pick(["/boot/board.dtb", "/nope", "/hello.txt"]),
            " fdtdir " + dice.pick(["/boot", "/"]), " menu label One", " menu default", " localboot 1", " ipappend 3", " say hello",
        ] if dice.chance(55 if "kernel" in line.lower() or "linux" in line else 22)]
    return "\n".join(lines) + "\n"


def contents(shell):
    """The files by their paths, as bytes."""
    dice = shell.dice
    files = {}
    folders = [""] + [name + "/" for name in FOLDERS]
    for name in NAMES:
        if dice.chance(65):
            size = dice.weighted([(4, dice.below(30)), (2, dice.below(3000)), (1, 512), (1, 4096), (2, dice.below(40000))])
            files[dice.pick(folders) + name if dice.chance(50) else name] = ramp(dice, 0 if name == "empty" else size)
    files["env.txt"] = areas.environment_text(shell).encode("latin-1")
    files["boot/boot.scr"] = uboot.script_image(legacy.script(dice))
    files["boot/Image"] = legacy.arm64_kernel(dice)
    files["boot/board.dtb"] = legacy.board_tree(dice)
    files["extlinux/extlinux.conf"] = menu(dice).encode()
    if dice.chance(50):
        files["m2.conf"] = menu(dice).encode()
    if dice.chance(30):
        # With holes, where the file system can have them.
        files["holes"] = b"".join(bytes(4096) if dice.chance(60) else ramp(dice, 4096) for _ in range(dice.between(2, 9)))
    if dice.chance(20):
        for number in range(dice.between(30, 150)):
            files[f"Deep/file-number-{number}.dtb"] = str(number).encode()
    return {path: data for path, data in files.items() if dice.chance(95)}


def ramp(dice, size):
    start = dice.below(256)
    return bytes((start + i * 7 + (i >> 8)) & 255 for i in range(size))


def write_files(folder, files):
    os.makedirs(os.path.join(folder, "tree"), exist_ok=True)
    names = {}
    for number, (path, data) in enumerate(files.items()):
        names[path] = os.path.join("tree", str(number))
        with open(os.path.join(folder, names[path]), "wb") as file:
            file.write(data)
    return names


def fat(dice, folder, image, kilobytes, files):
    """Makes FAT in a file and gives the paths that are in it."""
    # As many clusters as a width is for, about which mkfs.vfat, mtools and U-Boot agree.
    limits = {12: (1, 3400), 16: (4300, 65000), 32: (65600, 1 << 28)}
    bits, cluster = dice.pick([(bits, size) for bits, (low, high) in limits.items() for size in (1, 2, 4, 8)
                               if low < kilobytes * 2 / size - 600 / size < high])
    words = ["mkfs.vfat", "--invariant", "-F", str(bits), "-s", str(cluster), "-n", dice.pick(["BOOT", "data", "X Y"])]
    if dice.chance(15):
        words += ["-r", "64"] if bits != 32 else ["-R", "8"]
    if dice.chance(20):
        words += ["-f", "1"]
    tool(folder, *words, "-C", image, str(kilobytes))
    tool(folder, "mmd", "-i", image, *["::/" + name for name in FOLDERS])
    sources = write_files(folder, files)
    names = sorted(files, key=lambda name: (name.rpartition("/")[0], name))
    # One file by one: a folder's order is that of its making.
    names = sorted(names, key=lambda _: dice.draw())
    for name in names:
        tool(folder, "mcopy", "-o", "-D", "s", "-i", image, sources[name], "::/" + name, may_fail=True)
    gone = [name for name in names if dice.chance(10) and len(files) < 40]
    if gone:
        tool(folder, "mdel", "-i", image, *["::/" + name for name in gone], may_fail=True)
    if dice.chance(20) and "hello.txt" in files and "hello.txt" not in gone:
        tool(folder, "mattrib", "+h", "+s", "-i", image, "::/hello.txt")
    return list(files)


def ext(dice, folder, image, kilobytes, files):
    """Makes ext2, ext3 or ext4 in a file and gives the paths that are in it."""
    kind = dice.pick(["ext2", "ext3", "ext4", "ext4", "ext4"])
    block = dice.pick([1024, 1024, 2048, 4096])
    words = ["mke2fs", "-q", "-F", "-t", kind, "-b", str(block), "-U", UUID, "-E", f"hash_seed={UUID}", "-L", "root"]
    inodes = ["-I", dice.pick(["128", "256", "512"])] if dice.chance(40) else []
    features = [dice.pick(FEATURES) for _ in range(dice.below(3))]
    if kind != "ext4":
        features = [feature for feature in features if feature in ("^dir_index", "^sparse_super", "^filetype", "^resize_inode")]
    with open(os.path.join(folder, image), "wb") as file:
        file.truncate(kilobytes * 1024)
    try:
        tool(folder, *words, *inodes, *(["-O", ",".join(features)] if features else []), image)
    except uboot.Fault:
        # Some features do not go together.
        tool(folder, *words, image)
    sources = write_files(folder, files)
    lines = [f"mkdir {name}" for name in FOLDERS]
    for name in sorted(files, key=lambda _: dice.draw()):
        lines.append(f'write {sources[name]} "{name}"')
    links = {"link": "hello.txt", "folder": "/boot", "Deep/up": "../env.txt", "dead": "nothing", "circle": "circle", "boot/far": "/Deep/er/../../env.txt",
             "long": "/boot/" + "./" * 40 + "Image", "Deep/here": "."}
    links = {name: goal for name, goal in links.items() if dice.chance(60)}
    lines += [f'symlink "{name}" "{goal}"' for name, goal in links.items()]
    lines += [f'rm "{name}"' for name in files if dice.chance(8)]
    lines += ["mknod fifo p"] if dice.chance(20) else []
    lines += ["mknod disk b 8 1"] if dice.chance(10) else []
    tool(folder, "debugfs", "-w", "-f", "-", image, text="\n".join(lines) + "\n")
    if dice.chance(25):
        tool(folder, "e2fsck", "-f", "-y", "-D", image, may_fail=True)
    return list(files) + list(links)


def make(shell, folder, image, kilobytes):
    """A file system or something else in a file, and the paths that are in it."""
    dice = shell.dice
    files = contents(shell)
    kind = dice.weighted([(10, fat), (10, ext), (1, None)])
    if kind:
        return kind(dice, folder, image, kilobytes, files)
    with open(os.path.join(folder, image), "wb") as file:
        file.write(ramp(dice, 4096))
        file.truncate(kilobytes * 1024)
    return []
