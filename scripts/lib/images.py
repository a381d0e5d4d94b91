"""Images in memory, and the commands that show, unpack and start them."""

import base64

import fits
import legacy
import packed
from legacy import IMAGE, PLACES, STEP

COUNT = 5
VARIABLES = {
    "verify": ["", "n", "no", "0", "y", "yes", "1", "f"],
    "initrd_high": ["", "ffffffffffffffff", "0xffffffff", "60000000", "50000000", "0", "no", "41000000"],
    "fdt_high": ["", "ffffffffffffffff", "0xffffffff", "60000000", "50000000", "0", "40200000"],
    "bootm_low": ["", "40000000", "50000000", "41000000", "c0000000"], "bootm_size": ["", "10000000", "40000000", "1000", "0"],
    "bootm_mapsize": ["", "10000000", "8000000"], "autostart": ["", "yes", "no", "n"],
    "bootargs": ["", "console=ttyAMA0", "root=${nope} 'q'", "quiet initrd=1"], "loadaddr": [f"{IMAGE:x}", f"{IMAGE + STEP:x}", "0x40200000"],
    "filesize": ["", "100", "0"], "fit_config": ["", "conf-1"], "kernel_comp_addr_r": ["", "54000000"],
    "kernel_comp_size": ["", "2000000", "10"],
}
WORDS = ["", "x", "zz", "ffffffff", "0", "1", "2", "4", "-1"]


def images(shell, files, lines):
    """Legacy images, FITs, kernels, trees and packed files in RAM, and everything that looks into them or boots them."""
    dice = shell.dice
    kinds = []
    for number in range(COUNT):
        kind = dice.weighted([(6, "fit"), (6, "legacy"), (1, "kernel"), (1, "tree"), (2, "packed")])
        kinds.append(kind)
        files[f"i{number}"] = {"base64": base64.b64encode(content(dice, kind)).decode()}
        lines.append(f"tftpboot {IMAGE + STEP * number:x} i{number}")
    if dice.chance(50):
        lines.append(f"setenv initrd_high {dice.pick(VARIABLES['initrd_high'])}")
        lines.append(f"setenv fdt_high {dice.pick(VARIABLES['fdt_high'])}")

    def some(*wanted):
        """The address of an image, mostly of one of these kinds."""
        fitting = [number for number, kind in enumerate(kinds) if kind in wanted and dice.chance(95)]
        return f"{IMAGE + STEP * dice.pick(fitting or list(range(COUNT))):x}"

    def either():
        return dice.weighted([(20, lambda: some("fit", "legacy")), (1, lambda: f"{dice.pick(PLACES):x}"), (1, lambda: "${loadaddr}"),
                              (1, lambda: dice.pick(WORDS[:3])), (1, lambda: "${fileaddr}")])()

    def node():
        return dice.weighted([(12, lambda: dice.pick(fits.IMAGES)), (1, lambda: "nope"), (1, lambda: ""), (1, lambda: "kernel@1"),
                              (1, lambda: dice.pick(fits.CONFIGURATIONS))])()

    def conf():
        return dice.weighted([(10, lambda: dice.pick(fits.CONFIGURATIONS)), (1, lambda: "nope"), (1, lambda: ""),
                              (1, lambda: dice.pick(fits.IMAGES)), (1, lambda: "conf-1#conf-2")])()

    def part(key):
        names = [name for name in fits.IMAGES if name.startswith(key)]
        return f"{some('fit')}:{dice.pick(names) if dice.chance(90) else node()}"

    def target():
        return dice.weighted([(8, lambda: f"{dice.pick(PLACES):x}"), (1, lambda: f"{dice.pick(PLACES) + dice.below(64):x}")])()

    def kernel():
        return dice.weighted([(6, either), (6, lambda: f"{some('fit')}#{conf()}"), (3, lambda: part("kernel")), (1, lambda: ""),
                              (1, lambda: f"{some('fit')}#"), (1, lambda: f"{some('fit')}:"), (1, lambda: f"#{conf()}")])()

    def ramdisk():
        return dice.weighted([(5, lambda: "-"), (3, lambda: some("legacy")), (2, lambda: part("ramdisk")), (2, lambda: f"{some('packed')}:40"),
                              (1, lambda: f"{some('fit')}"), (1, lambda: f"{some('packed')}"), (1, lambda: f"{some('fit')}#{conf()}"),
                              (1, lambda: f"{target()}:{dice.pick(['1000', '0', '', 'x'])}"), (1, lambda: dice.pick(WORDS))])()

    def tree():
        return dice.weighted([(5, lambda: "40000000"), (2, lambda: "$fdtcontroladdr"), (3, lambda: some("tree")), (3, lambda: part("fdt")),
                              (1, lambda: some("legacy")), (1, lambda: f"{some('fit')}#{conf()}"), (1, lambda: dice.pick(WORDS[:3]))])()

    def boot_words():
        return dice.weighted([(5, lambda: kernel()), (2, lambda: f"{kernel()} {ramdisk()}"), (4, lambda: f"{kernel()} {ramdisk()} {tree()}"),
                              (1, lambda: f"{kernel()} {ramdisk()} {tree()} {shell.word()}")])()

    def state():
        return dice.pick(["start", "loados", "loados", "ramdisk", "ramdisk", "fdt", "fdt", "cmdline", "bdt", "prep", "prep", "lo", "x"])

    def steps():
        """The states of a boot in their order, now and then without one."""
        names = [name for name in ("loados", "ramdisk", "fdt", "cmdline", "bdt", "prep") if dice.chance(85)]
        text = f"bootm start {boot_words()}"
        for name in names:
            text += dice.pick(["; ", " && "]) + f"bootm {name}"
        return text

    def unpack():
        command = dice.pick(["unzip", "lzmadec", "unlz4"])
        source = f"{int(some('packed'), 16) + dice.pick([0, 0, 0, 64, 1]):x}"
        size = dice.weighted([(4, "10000"), (3, ""), (1, "10"), (1, "0"), (1, "100"), (1, "1040"), (1, "x")])
        if command == "lzmadec" and size in ("", "0", "x"):
            # Without a limit, what is no LZMA overwrites all memory, and U-Boot with it.
            size = "8000"
        return f"{command} {source} {target()} {size}".rstrip()

    def extract():
        name = dice.weighted([(3, lambda: f"{some('legacy')} {dice.pick(['0', '1', '2', '3', '0x1', 'x', ''])}"),
                              (4, lambda: f"{some('fit')} {node()}"), (1, lambda: f"{either()} {dice.pick(WORDS)}")])()
        return f"imxtract {name} {dice.pick(['', target(), target()])}".rstrip()

    def source():
        return "source " + dice.weighted([
            (3, lambda: some("legacy")), (3, lambda: f"{some('fit')}:{dice.pick(['script-1', node(), ''])}"), (2, lambda: some("fit")),
            (4, lambda: f"{some('fit')}#{conf()}"), (1, either), (1, lambda: dice.pick([":script-1", "#conf-1", ":", "#", "", "x:y"])),
        ])()

    def setting():
        name = dice.pick(list(VARIABLES))
        return f"setenv {name} {dice.pick(VARIABLES[name])}"

    def look():
        return dice.pick([f"crc32 {target()} 1040", f"md.b {target()} 20", "printenv filesize fileaddr", "printenv loadaddr",
                          "printenv initrd_start initrd_end fdtaddr", "printenv kernel_addr_r bootargs", "fdt print /chosen",
                          "fdt rsvmem print", "fdt header get size totalsize; echo $size"])

    def damage():
        return f"mw.b {int(some('legacy', 'fit'), 16) + dice.weighted([(3, dice.below(64)), (1, dice.below(0x400))]):x} {dice.below(256):x}"

    return [
        (10, lambda: f"iminfo {either()}"), (1, lambda: f"iminfo {either()} {either()}"), (1, lambda: "iminfo"), (12, extract), (12, source),
        (10, unpack), (12, steps), (8, lambda: f"bootm {state()}"), (3, lambda: f"bootm start {boot_words()}"),
        (4, lambda: f"bootm {boot_words()}"), (1, lambda: f"booti {some('kernel')} {ramdisk()} {tree()}"),
        (1, lambda: f"booti {some('fit')} {ramdisk()} {tree()}"), (1, lambda: "booti"), (6, setting), (8, look), (2, damage),
        (3, lambda: f"tftpboot {IMAGE + STEP * (n := dice.below(COUNT)):x} i{n}"), (1, lambda: f"fdt addr {some('fit')}; fdt list /"),
        (1, lambda: f"fdt addr {some('tree')}"), (1, lambda: "fdt addr 40000000; fdt print /chosen"),
    ]


def content(dice, kind):
    """A file of one kind."""
    if kind == "fit":
        return fits.fit(dice)
    if kind == "legacy":
        return legacy.image(dice)
    if kind == "kernel":
        return packed.compress(dice.pick(["none", "none", "gzip", "lzma", "lz4", "bzip2", "zstd"]), legacy.arm64_kernel(dice), dice)
    if kind == "tree":
        return legacy.board_tree(dice)
    data = dice.pick([legacy.payload(dice, "ramdisk"), legacy.arm64_kernel(dice)])
    result = packed.compress(dice.pick(["gzip", "gzip", "lzma", "lz4", "lz4", "none"]), data, dice)
    if dice.chance(15) and result:
        place = dice.below(len(result))
        result = dice.pick([result[:place], result[:place] + bytes([result[place] ^ 0x55]) + result[place + 1:]])
    return result
