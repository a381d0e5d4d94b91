"""Composes words, lists and constructs of U-Boot's shell; areas add commands to it."""

NAMES = ["a", "b", "c", "d", "foo", "bar", "x1", "n", "long_name", "Z"]
PLAIN = ["a", "b", "xyz", "hello", "world", "if", "then", "fi", "do", "done", "for", "in", "1", "0", "10", "0x1f",
         "abc.def", "a-b", "k=v", "/", "a/b", "-n", "--", "@", "%s", "=", "+", "!", "*", "?", "(x)", "[", "]", "{",
         "}", "<1>", "~", "^", ",", ":", "a:b", "$", "$1", "$$", "#no", "a#b", "..", "x;y"]
MARKS = list("'\"\\;&|${}#= \n")
# Without d: `ed` would open an editor, `da` would tell the time. Without >: `=> ` would look like the prompt.
ORDINARY = "abcefgxyzABC0123456789._-/:,@%+=!*?()[]<~^"
LINE_LIMIT = 480


class Shell:
    """One session's worth of lines, and the names of the files that are the board's disks.

    `commands` are functions that give one command each, as (weight, function) pairs; `isolated` ones touch memory
    and are never mutilated.
    """

    def __init__(self, dice):
        self.dice = dice
        self.areas = []
        self.disks = []
        self.counter = 0

    # MARK: Words

    def name(self):
        return self.dice.pick(NAMES)

    def plain(self):
        """A word without quotes."""
        dice = self.dice
        if dice.chance(60):
            word = dice.pick(PLAIN)
            return word.replace(";", "\\;") if not dice.chance(10) else word
        return dice.text(ORDINARY, 1, 8)

    def reference(self):
        """A variable with or without braces, defaults and the like."""
        dice = self.dice
        name = self.name() if dice.chance(90) else dice.pick(["nope", "unset", "ethaddr", "loadaddr", "IFS_", "1a", ""])
        return dice.weighted([
            (30, f"${name}"), (30, f"${{{name}}}"), (8, f"${{{name}:-{self.tail()}}}"),
            (5, f"${{{name}:={self.tail()}}}"), (5, f"${{{name}:+{self.tail()}}}"), (8, "$?"),
            (2, f"${{{name}:?{self.tail()}}}"), (2, f"${{{name}-{self.tail()}}}"), (2, f"${{ {name} }}"),
            (2, "${?}"), (1, f"${{{name}:}}"), (1, f"${{#{name}}}"), (1, f"${{{name}%x}}"), (1, f"${name}${self.name()}"),
        ])

    def tail(self):
        """What stands behind the operator in `${name:-...}`."""
        dice = self.dice
        return dice.pick(["", "w", "two words", "$a", "'q'", '"q"', "\\\\", "a\\b", "x=y", ";", ":", "-", "#", " lead",
                          "trail ", "&", "|", "a  b"])

    def escape(self):
        return "\\" + self.dice.pick(list("abn$\"'\\;&|#{} t0"))

    def double_quoted(self):
        parts = [self.piece(inside='"') for _ in range(self.dice.below(4))]
        return '"' + "".join(parts) + '"'

    def single_quoted(self):
        dice = self.dice
        parts = [dice.weighted([(4, dice.text(ORDINARY, 1, 5)), (2, " "), (2, self.reference()), (1, '"'),
                                (1, self.escape().replace("'", "q")), (1, ";"), (1, "&&"), (1, "#")])
                 for _ in range(dice.below(4))]
        return "'" + "".join(parts).replace("'", "") + "'"

    def piece(self, inside=""):
        dice = self.dice
        choices = [(5, lambda: dice.text(ORDINARY, 1, 5)), (4, self.reference), (2, self.escape)]
        if inside:
            choices += [(3, lambda: " "), (1, lambda: ";"), (1, lambda: "&&"), (1, lambda: "#x"), (1, lambda: "  ")]
        return dice.weighted(choices)()

    def word(self):
        dice = self.dice
        return dice.weighted([
            (30, self.plain), (20, self.reference), (12, self.double_quoted), (9, self.single_quoted),
            (5, self.number), (4, lambda: self.plain() + self.escape() + self.plain()),
            (8, lambda: "".join(dice.pick([self.piece, self.double_quoted, self.single_quoted])()
                                for _ in range(dice.between(2, 3)))),
            (1, lambda: '""'), (1, lambda: "''"),
        ])()

    def number(self):
        dice = self.dice
        return dice.weighted([
            (6, f"{dice.below(20)}"), (4, f"{dice.below(1 << 16):x}"), (3, f"0x{dice.below(1 << 32):x}"),
            (2, f"{dice.below(1 << 32):X}"), (1, "ffffffff"), (1, "80000000"), (1, "7fffffff"), (1, "ffffffffffffffff"),
            (1, "8000000000000000"), (1, "1ffffffff"), (1, "-1"), (1, "-5"), (1, "08"), (1, "010"), (1, "0x"), (1, "12abcz"),
            (1, "zz"), (1, "0X1F"), (1, "+3"), (1, "11111111111111111"), (1, "1.5"), (1, "0b1"), (1, "00"),
        ])

    def words(self, low, high):
        return " ".join(self.word() for _ in range(self.dice.between(low, high)))

    # MARK: Commands

    def command(self):
        """One simple command of the shell or of an area."""
        dice = self.dice
        if self.areas and dice.chance(45):
            return self.area_command()
        return dice.weighted([
            (30, lambda: "echo " + self.words(0, 4)), (6, lambda: "true"), (6, lambda: "false"),
            (8, lambda: f"{self.name()}={self.word()}"), (10, lambda: f"setenv {self.name()} {self.words(0, 3)}"),
            (4, lambda: f"test {self.words(1, 4)}"), (2, lambda: f"echo -n {self.words(1, 2)}; echo"),
            (2, lambda: f"{self.name()}={self.word()} {self.name()}={self.word()}"),
            (2, lambda: f"{self.name()}={self.word()} echo {self.words(1, 2)}"), (2, lambda: self.reference()),
            (2, lambda: f"showvar {self.name()}"), (1, lambda: "showvar"), (2, lambda: f"printenv {self.name()}"),
            (2, lambda: self.plain() + " " + self.words(0, 2)), (1, lambda: "exit " + self.words(0, 1)),
            (1, lambda: "sleep 0"), (1, lambda: ""), (1, lambda: f"# {self.words(0, 3)}"),
            (1, lambda: dice.pick(["version", "base", "coninfo", "help echo", "help nosuch", "sleep", "exit 3", "echo.x hi",
                                   "ech hi", "setexp n 1 + 1", "pri a", "m", "tru", "fal", "help true run"])),
            (4, lambda: f"run {self.name()}"),
        ])()

    def area_command(self):
        return self.dice.weighted(self.areas)()

    # MARK: Lists and constructs

    def list(self, depth=0):
        """Commands joined by `;`, `&&` and `||`."""
        dice = self.dice
        text = self.item(depth)
        for _ in range(dice.weighted([(6, 0), (4, 1), (2, 2), (1, 3), (1, 5)])):
            joint = dice.weighted([(5, "; "), (3, " && "), (3, " || "), (1, ";"), (1, "&&"), (1, "||"), (1, " ;; ")])
            text += joint + self.item(depth)
        return text + (";" if dice.chance(5) else "")

    def item(self, depth):
        if depth < 3 and self.dice.chance(18 - 5 * depth):
            return self.construct(depth + 1)
        return self.command()

    def construct(self, depth=1):
        return self.dice.pick([self.if_, self.if_, self.for_, self.while_])(depth)

    def gap(self):
        """What ends a command in front of a reserved word: a semicolon, or a line feed."""
        return self.dice.weighted([(8, "; "), (1, ";"), (2, "\n"), (1, " ; ;")])

    def condition(self, depth):
        dice = self.dice
        return dice.weighted([
            (3, lambda: "true"), (3, lambda: "false"), (3, lambda: f"test {self.word()} {self.operator()} {self.word()}"),
            (2, lambda: f"itest {self.number()} {self.operator()} {self.number()}"), (2, lambda: self.list(depth + 1)),
            (1, lambda: f"{self.name()}={self.word()}"), (1, lambda: ""), (1, self.reference),
            (2, lambda: f"env exists {self.name()}"),
        ])()

    def operator(self):
        return self.dice.pick(["=", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "==", "<=", ">=", "<>", "-a",
                               "-o", "=~"])

    def if_(self, depth):
        dice = self.dice
        text = f"if {self.condition(depth)}{self.gap()}then {self.list(depth)}{self.gap()}"
        for _ in range(dice.weighted([(6, 0), (2, 1), (1, 2)])):
            text += f"elif {self.condition(depth)}{self.gap()}then {self.list(depth)}{self.gap()}"
        if dice.chance(45):
            text += f"else {self.list(depth)}{self.gap()}"
        return text + "fi"

    def for_(self, depth):
        name = self.name() if self.dice.chance(90) else self.word()
        return (f"for {name} in {self.words(0, 4)}{self.gap()}"
                f"do {self.list(depth)}{self.gap()}done")

    def while_(self, depth):
        """A loop that ends after a few rounds, whatever its body does."""
        self.counter += 1
        name = f"w{self.counter}"
        word, test = self.dice.pick([("while", "<"), ("until", ">")])
        rounds = "x" * self.dice.between(2, 4)
        # A shell variable counts, because commands in the body may drop the whole environment; it is not reset, and a loop
        # that begins again ends at once.
        return (f"{word} {name}=x${{{name}}}; test ${{{name}}} {test} {rounds}{self.gap()}"
                f"do {self.list(depth)}{self.gap()}done")

    def line(self):
        """One typed line, or several for a construct; now and then with something wrong in it."""
        dice = self.dice
        while True:
            if self.areas and dice.chance(40):
                text = self.area_command()
            else:
                text = self.list() if dice.chance(75) else self.construct()
                if dice.chance(4):
                    text = self.mutilate(text)
            lines = text.split("\n")
            if text.strip() and all(0 < len(line.strip()) and len(line) < LINE_LIMIT for line in lines):
                return text

    def mutilate(self, text):
        """The text with one to three characters too many or too few; commands that touch memory are left alone."""
        dice = self.dice
        if any(word in text for word in ("mw", "md", "cp", "crc32", "fdt", "import", "export", "tftp", "source", "while",
                                         "until", "*", "run", "bootm", "booti", "unzip", "lz", "write", "save", "load", "virtio",
                                         "nvme", "scsi", "imx", "sysboot", "pxe")):
            return text
        for _ in range(dice.between(1, 3)):
            place = dice.below(len(text) + 1)
            if dice.chance(50):
                text = text[:place] + dice.pick(MARKS[:-1]) + text[place:]
            else:
                text = text[:place] + text[place + 1:]
        return text
