import Arguments
import Testing

struct ArgumentReaderTests {
    @Test(arguments: [
        ["run", "--board", "x", "s"], ["run", "--board=x", "s"], ["run", "-b", "x", "s"], ["run", "-bx", "s"],
        ["run", "s", "-b", "x"], ["run", "-kbx", "s"], ["run", "-vkb", "x", "s"], ["-v", "run", "-b", "x", "--", "s"],
    ])
    func waysToGiveAValue(_ words: [String]) throws {
        let parsed = try #require(try arguments(words))
        #expect(parsed.value("board") == "x")
        #expect(parsed.operands("SCENARIO") == ["s"])
    }

    @Test func clustersEndInAValue() throws {
        let parsed = try #require(try arguments(["run", "-vvj5", "-b", "x", "-vt", "a", "-tb", "s"]))
        #expect(parsed.count("verbose") == 3)
        #expect(parsed.number("jobs") == 5)
        #expect(parsed.values("tag") == ["a", "b"])
        #expect(parsed.value("tag") == "b")
        #expect(!parsed.flag("keep"))
        #expect(parsed.value("progress") == nil)
    }

    @Test func optionsOfTheRootStandAnywhere() throws {
        let parsed = try #require(try arguments(["--color", "never", "-v", "run", "s", "-v", "--board=b"]))
        #expect(parsed.value("color") == "never")
        #expect(parsed.count("verbose") == 2)
        #expect(complaint(["--board", "x", "run", "s"]) == "unknown option '--board'")
    }

    @Test func runTellsTheCommand() throws {
        guard case .run(let path, let spec, let parsed) = try SampleSpec.root.parse(["list", "codes", "X"]) else {
            Issue.record("not a run")
            return
        }
        #expect(path == ["list", "codes"])
        #expect(spec.name == "codes")
        #expect(parsed.operand("PREFIX") == "X")
    }

    @Test func valuesMayBeginWithADash() throws {
        let words = [
            "run", "-b", "-", "--tag", "-x", "--tag=--keep", "--tag", "--other", "-t", "-v", "--shift", "-5", "s",
        ]
        let parsed = try #require(try arguments(words))
        #expect(parsed.value("board") == "-")
        #expect(parsed.values("tag") == ["-x", "--keep", "--other", "-v"])
        #expect(parsed.number("shift") == -5)
        #expect(parsed.count("verbose") == 0)
    }

    @Test func emptyAndOddValuesAreKept() throws {
        let parsed = try #require(try arguments(["run", "--board=", "--tag", "", "--tag=a=b", "-t=c", ""]))
        #expect(parsed.value("board") == "")
        #expect(parsed.values("tag") == ["", "a=b", "=c"])
        #expect(parsed.operands("SCENARIO") == [""])
    }

    @Test func dashesAndNegativeNumbersMayBeOperands() throws {
        let words = ["run", "-bx", "-", "-5", "-0x10", "--", "-v", "--", "run"]
        #expect(try arguments(words)?.operands("SCENARIO") == ["-", "-5", "-0x10", "-v", "--", "run"])
    }

    @Test func numbersAreDecimalOrHexadecimal() throws {
        #expect(try arguments(["run", "-bx", "-j", "0x10", "--shift=-0x2", "s"])?.numbers("jobs") == [16])
        for value in ["x", "", "1.5", "0x", "1_0", "99999999999999999999", "٣"] {
            let sentence = complaint(["run", "-bx", "s", "--shift=\(value)"])
            #expect(sentence == "option '--shift' expects a number, got '\(value)'")
        }
    }

    @Test(arguments: [
        (["run", "-bx", "a"], ["a"]), (["run", "-bx", "a", "b", "c"], ["a", "b", "c"]),
    ])
    func repeatingOperandTakesAll(_ words: [String], _ expected: [String]) throws {
        #expect(try arguments(words)?.operands("SCENARIO") == expected)
    }

    @Test func requiredOperandsAreServedFirst() throws {
        let two = try #require(try arguments(["copy", "a", "b"]))
        #expect(two.operands("SOURCE") == ["a"] && two.operand("TARGET") == "b" && two.operand("NOTE") == nil)
        let four = try #require(try arguments(["copy", "a", "b", "c", "d"]))
        #expect(four.operands("SOURCE") == ["a", "b", "c"] && four.operand("TARGET") == "d")
    }

    @Test func optionalOperandsAreFilledFromTheLeft() throws {
        let spec = CommandSpec(
            name: "x", abstract: "",
            operands: [
                OperandSpec("A", help: "", required: false), OperandSpec("B", help: ""),
                OperandSpec("C", help: "", required: false, repeats: true),
            ])
        let one = try #require(try arguments(["1"], spec: spec))
        #expect(one.operand("A") == nil && one.operand("B") == "1")
        let four = try #require(try arguments(["1", "2", "3", "4"], spec: spec))
        #expect(four.operand("A") == "1" && four.operand("B") == "2" && four.operands("C") == ["3", "4"])
    }

    @Test func commandMayHaveOperandsAndCommands() throws {
        let spec = CommandSpec(
            name: "x", abstract: "", operands: [OperandSpec("FILE", help: "", required: false)],
            subcommands: [CommandSpec(name: "sub", abstract: "")])
        #expect(
            try spec.parse(["sub"])
                == .run(path: ["sub"], spec: spec.subcommands[0], try #require(try arguments(["sub"], spec: spec))))
        #expect(try arguments(["file"], spec: spec)?.operand("FILE") == "file")
        #expect(try arguments(["--", "sub"], spec: spec)?.operand("FILE") == "sub")
        #expect(try arguments([], spec: spec)?.operand("FILE") == nil)
    }

    @Test func innerOptionWinsOverAnOuterOneOfItsName() throws {
        let inner = CommandSpec(
            name: "in", abstract: "",
            options: [OptionSpec("level", value: .number("N"), help: ""), OptionSpec("help", help: "")])
        let spec = CommandSpec(
            name: "x", abstract: "", options: [OptionSpec("level", help: "")], subcommands: [inner])
        let parsed = try #require(try arguments(["in", "--level", "3", "--help"], spec: spec))
        #expect(parsed.number("level") == 3)
        #expect(parsed.flag("help"))
    }

    @Test func digitsMayNameOptions() throws {
        let spec = CommandSpec(name: "x", abstract: "", options: [OptionSpec(short: "1", help: "one per line")])
        #expect(try arguments(["-1"], spec: spec)?.flag("1") == true)
    }
}
