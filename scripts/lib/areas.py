"""Commands of U-Boot by area: the environment, memory, expressions and scripts.

Each function takes the shell that composes words and gives (weight, function) pairs that make one command each; what a
session needs before is put into its files and first lines.
"""

RAM = 0x50000000
ROOM = 0x400


def address(shell, room=ROOM):
    """An address in a small window of RAM, spelled in one of several ways."""
    dice = shell.dice
    value = RAM + dice.pick([0, 0, 0, 0x100, 0x200, dice.below(room), dice.below(room) & ~7])
    return dice.weighted([(10, f"{value:x}"), (3, f"0x{value:x}"), (1, f"{value:X}"), (1, f"{value:x}zz"),
                          (1, f"0{value:x}")])


def count(shell, limit=0x40):
    dice = shell.dice
    return dice.weighted([(6, f"{dice.below(limit):x}"), (4, f"{dice.below(9)}"), (1, "0"), (1, f"0x{dice.below(limit):x}"),
                          (1, "1")])


def width(shell):
    return shell.dice.weighted([(6, ""), (4, ".b"), (3, ".w"), (3, ".l"), (3, ".q"), (1, ".x"), (1, ".s"), (1, ".bb"),
                                (1, ".b.l")])


def environment(shell, files, lines):
    """`setenv`, `printenv`, `env` and what it imports and exports."""
    dice = shell.dice
    name = shell.name
    files["env.txt"] = {"text": environment_text(shell)}
    files["env2.txt"] = {"text": environment_text(shell)}

    def names(low, high):
        pool = ["nope", "ethaddr", "bootdelay", "fdt_high", "arch", ".hidden", "serial#", "a=b"]
        return " ".join(name() if dice.chance(80) else dice.pick(pool) for _ in range(dice.between(low, high)))

    def flags(letters, percent):
        return "".join(f" -{letter}" for letter in letters if dice.chance(percent))

    def form():
        return dice.weighted([(6, " -t"), (3, " -b"), (3, " -c"), (1, ""), (1, " -t -b"), (1, " -c -t"), (1, " -x")])

    def size():
        return dice.weighted([(6, ""), (2, " $filesize"), (2, f" {dice.below(0x80):x}"), (1, " -"), (1, " 40"), (1, " 0")])

    def export():
        size = dice.weighted([(5, ""), (2, f" -s {dice.below(0x80):x}"), (1, " -s 40"), (1, " -s 0")])
        return f"env export{form()}{size} {address(shell, 1)} {names(1, 4)}"

    def load():
        return f"tftpboot {RAM:x} {dice.pick(['env.txt', 'env2.txt', 'none.txt'])}"

    return [
        (10, lambda: f"setenv {name()} {shell.words(0, 3)}"), (3, lambda: f"setenv{flags('f', 30)} {names(0, 1)} {shell.words(0, 1)}"),
        (6, lambda: f"printenv {names(1, 3)}"), (1, lambda: "printenv"), (1, lambda: "printenv -a"),
        (4, lambda: f"env print {names(1, 2)}"), (4, lambda: f"env exists {names(0, 2)}"),
        (3, lambda: f"env delete{flags('f', 30)} {names(0, 3)}"), (2, lambda: f"env set {name()} {shell.words(0, 2)}"),
        (2, lambda: f"env default{flags('f', 30)} {names(0, 2)}"), (1, lambda: f"env default -a{flags('f', 50)}"),
        (2, lambda: f"env {dice.pick(['pri', 'del', 'se', 'ex', 'def', 'x', 'e', 'd'])} {names(0, 2)}"),
        (6, export), (4, lambda: f"env import{flags('dr', 15)}{form()} {address(shell, 1)}{size()} {names(0, 2)}"),
        (6, lambda: load() + f"; env import{flags('dr', 25)} -t {RAM:x} {dice.pick(['$filesize', '', '-', '20'])} {names(0, 2)}"),
        (3, lambda: f"{export()}; md.b {RAM:x} 40; echo $filesize"), (1, lambda: "env print -n x"),
        (2, lambda: f"echo {names(0, 1)} ${name()} \"${name()}\""), (1, lambda: f"setenv {name()} \"$long\"$long"),
    ]


def environment_text(shell):
    """A text to import, with the oddities that such texts have."""
    dice = shell.dice
    lines = []
    for _ in range(dice.between(1, 8)):
        name = shell.name()
        value = dice.text("abc xyz=#$'\"\\\t;{}\xe9", 0, 12)
        lines.append(dice.weighted([
            (10, f"{name}={value}"), (2, f"{name}="), (2, name), (1, ""), (2, f"# {value}"), (1, f"#{name}={value}"),
            (2, f"  {name}={value}"), (1, f"{name}={value}\\"), (1, f"{name} = {value}"), (1, f"\t{name}={value}"),
            (1, "="), (1, f"={value}"), (1, f"{name}=={value}"), (1, f"{name}=a\\nb"), (1, "ethaddr=00:11:22:33:44:55"),
        ]))
    end = dice.weighted([(8, "\n"), (3, "\r\n")])
    return end.join(lines) + (end if dice.chance(70) else "") + ("\0" if dice.chance(40) else "")


def memory(shell, files, lines):
    """`mw`, `md`, `cp`, `cmp`, `crc32` and `base` in one window of RAM."""
    dice = shell.dice
    files["ramp"] = {"ramp": 0x600}
    lines += [f"tftpboot {RAM:x} ramp"]
    return [
        (10, lambda: f"mw{width(shell)} {address(shell)} {shell.number()} {count(shell)}"),
        (4, lambda: f"mw{width(shell)} {address(shell)} {shell.number()}"), (1, lambda: f"mw {address(shell)}"),
        (10, lambda: f"md{width(shell)} {address(shell)} {count(shell)}"), (2, lambda: f"md{width(shell)} {address(shell)}"),
        (6, lambda: f"cp{width(shell)} {address(shell)} {address(shell)} {count(shell)}"),
        (6, lambda: f"cmp{width(shell)} {address(shell)} {address(shell)} {count(shell)}"),
        (6, lambda: f"crc32 {address(shell)} {count(shell, 0x200)} {dice.pick(['', '', address(shell)])}"),
        (2, lambda: f"base {dice.pick(['', '0', '10', '100', '0', 'zz'])}"), (1, lambda: "md"), (1, lambda: f"cmp {address(shell)}"),
        (2, lambda: f"setexpr{width(shell)} n *{address(shell)}; echo $n"), (1, lambda: f"crc32 -v {address(shell)} 10 0"),
    ]


def expressions(shell, files, lines):
    """`setexpr`, `test` and `itest`."""
    dice = shell.dice
    lines += [f"mw.q {RAM:x} 1122334455667788", f"mw.q {RAM + 8:x} 0064636261", f"mw.b {RAM + 16:x} 0 3f0"]

    def operand():
        return dice.weighted([(8, shell.number), (2, lambda: f"${shell.name()}"), (3, lambda: f"*{address(shell, 24)}"),
                              (1, lambda: "\\*" + address(shell, 24))])()

    def sign():
        return dice.weighted([(3, dice.pick(["+", "-", "\\*", "*", "/", "%", "^"])), (1, dice.pick(['"&"', '"|"', "'&'", "\\|"])),
                              (1, dice.pick(["<", "**", "=", "x", "", "+x", "<<"]))])

    def string(quote=True):
        text = dice.text("aabbcoxyz01 ./-", 0, 10)
        return f"'{text}'" if quote else text.replace(" ", "")

    def pattern():
        parts = []
        for _ in range(dice.between(1, 4)):
            atom = dice.weighted([
                (8, lambda: dice.text("abcoxz01/-", 1, 2)), (2, lambda: "."), (2, lambda: f"[{dice.text('abcox-01', 1, 4)}]"),
                (1, lambda: f"[^{dice.text('abcox', 1, 3)}]"), (2, lambda: f"({dice.text('abco.', 1, 3)})"),
                (1, lambda: f"({dice.text('abc', 1, 2)}|{dice.text('abc', 1, 2)})"), (1, lambda: "\\\\d"), (1, lambda: "\\\\s"),
                (1, lambda: "\\\\S"), (1, lambda: "\\\\."), (1, lambda: dice.pick(["(", ")", "[", "]", "()", "[]", "a|b", "{2}"])),
            ])()
            parts.append(atom + dice.weighted([(8, ""), (1, "*"), (1, "+"), (1, "?"), (1, "*?"), (1, "+?")]))
        return "'" + dice.pick(["", "", "", "^"]) + "".join(parts) + dice.pick(["", "", "", "$"]) + "'"

    def replacement():
        return "'" + "".join(dice.weighted([(5, dice.text("XYZ-", 0, 2)), (2, f"\\\\{dice.below(4)}"), (1, " "), (1, "\\\\n")])
                             for _ in range(dice.between(0, 3))) + "'"

    def substitute():
        kind = dice.pick(["sub", "gsub", "gsub", "su", "gsubx"]) if dice.chance(15) else dice.pick(["sub", "gsub"])
        text = dice.pick([string(), string(), "", "$str"])
        return f"setexpr {shell.name()} {kind} {pattern()} {replacement()} {text}"

    def word():
        return shell.word() if dice.chance(50) else shell.number()

    def test():
        operators = ["=", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge"]
        terms = []
        for _ in range(dice.weighted([(5, 1), (2, 2), (1, 3)])):
            term = dice.weighted([(6, lambda: f"{word()} {dice.pick(operators)} {word()}"),
                                  (3, lambda: f"{dice.pick(['-n', '-z'])} {word()}"), (1, word), (1, lambda: shell.words(1, 4))])()
            terms.append(("! " if dice.chance(15) else "") + term)
        return "test " + dice.pick([" -a ", " -o "]).join(terms)

    def integer_test():
        operator = dice.pick(["-eq", "==", "-ne", "!=", "<>", "-lt", "<", "-gt", ">", "-le", "<=", "-ge", ">=", "=", "eq", "-a"])
        return f"itest{width(shell)} {operand()} {operator} {operand()}"

    def answered(text):
        return f"if {text}; then echo yes; else echo no; fi" if dice.chance(30) else text

    return [
        (10, lambda: f"setexpr{width(shell)} {shell.name()} {operand()} {sign()} {operand()}"),
        (4, lambda: f"setexpr{width(shell)} {shell.name()} {operand()}"), (6, lambda: f"printenv {shell.name()}"),
        (1, lambda: f"setexpr {shell.words(0, 5)}"), (10, substitute), (3, lambda: f"setenv str {string()}"),
        (2, lambda: f"setexpr.s {shell.name()} {operand()} {sign()} {operand()}"),
        (3, lambda: f"setexpr.s {shell.name()} *{RAM:x} + *{RAM + 8:x}"), (12, lambda: answered(test())),
        (12, lambda: answered(integer_test())), (1, lambda: f"itest {shell.words(0, 4)}"),
    ]


def scripts(shell, files, lines):
    """`run` of variables and `source` of script files, which do not call themselves."""
    dice = shell.dice

    def plain_list():
        """A list that calls no script, so that nothing goes round in circles."""
        areas, shell.areas = shell.areas, []
        text = shell.list().replace("'", "").replace("\n", "; ")[:300].rstrip("\\")
        shell.areas = areas
        return text

    for number in range(1, 5):
        text = plain_list()
        if number > 1 and dice.chance(60):
            text += f"; run r{dice.between(1, number - 1)}"
        lines += [f"setenv r{number} '{text}'"]
    for number in range(1, 5):
        files[f"s{number}.scr"] = {"script": script_text(shell, number)}

    def source(low=1, high=4):
        number = dice.between(low, high)
        return f"tftpboot {RAM + 0x10000 * number:x} s{number}.scr; source {RAM + 0x10000 * number:x}"

    return [
        (10, source), (8, lambda: f"run r{dice.between(1, 4)}"), (2, lambda: f"run r{dice.between(1, 4)} r{dice.between(1, 4)}"),
        (1, lambda: "run"), (2, lambda: f"run {shell.name()}"), (1, lambda: f"source {RAM + 0x100000:x}"),
        (2, lambda: f"if run r{dice.between(1, 4)}; then echo ok; else echo bad; fi"),
        (2, lambda: f"if {source()}; then echo ok; else echo bad; fi"),
        (2, lambda: f"setenv r{dice.between(1, 4)} '{plain_list()}'"),
    ]


def script_text(shell, number):
    """Lines of a script, which may source only those with a smaller number."""
    dice = shell.dice
    lines = []
    for _ in range(dice.between(1, 10)):
        lines.append(dice.weighted([
            (10, lambda: shell.line()), (1, lambda: ""), (1, lambda: f"# {shell.words(0, 3)}"), (1, lambda: "\t echo tab\tin"),
            (1, lambda: f"echo {dice.text('abc', 1, 3)} \\"), (1, lambda: "echo \xe9\x80\xff"), (1, lambda: "   "),
            (1, lambda: f"{shell.construct()}"), (1, lambda: f"echo {'long ' * 15}"), (1, lambda: "exit 1"),
        ])())
    if number > 1 and dice.chance(40):
        other = dice.between(1, number - 1)
        lines.append(f"tftpboot {RAM + 0x10000 * other:x} s{other}.scr")
        lines.append(f"source {RAM + 0x10000 * other:x}")
        lines.append("echo back $?")
    end = "\r\n" if dice.chance(8) else "\n"
    return end.join(lines) + (end if dice.chance(80) else "")
