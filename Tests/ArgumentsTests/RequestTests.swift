import Arguments
import Testing

struct RequestTests {
    @Test(
        arguments: [
            (["--help"], []), (["-h"], []), (["help"], []), (["-vh"], []), (["bogus", "--help"], []),
            (["--bogus", "-h"], []), (["run", "--help"], ["run"]), (["run", "-h", "--jobs", "x"], ["run"]),
            (["run", "--board", "--help"], ["run"]), (["run", "--jobs", "-h"], ["run"]), (["help", "run"], ["run"]),
            (["help", "list", "codes"], ["list", "codes"]), (["list", "help", "codes"], ["list", "codes"]),
            (["list", "-h", "boards"], ["list", "boards"]), (["run", "s", "--help", "--version"], ["run"]),
        ] as [([String], [String])])
    func helpWinsOverMistakes(_ words: [String], _ path: [String]) throws {
        guard case .help(let found, let spec) = try SampleSpec.root.parse(words) else {
            Issue.record("no help")
            return
        }
        #expect(found == path)
        #expect(spec.name == path.last ?? "boots")
    }

    @Test(arguments: [["--version"], ["run", "--version"], ["--bogus", "--version"], ["--version", "--help"]])
    func versionIsToldAnywhere(_ words: [String]) throws {
        #expect(try SampleSpec.root.parse(words) == .version)
    }

    @Test func helpAfterTwoDashesIsAnOperand() throws {
        #expect(try arguments(["run", "-bx", "--", "--help", "-h"])?.operands("SCENARIO") == ["--help", "-h"])
    }

    @Test func helpOfAnUnknownCommandIsAMistake() {
        #expect(complaint(["help", "rnu"]) == "unknown command 'rnu', did you mean 'run'?")
    }

    @Test func helpIsAnOperandWhereNoCommandIsExpected() throws {
        #expect(try arguments(["run", "-bx", "help"])?.operand("SCENARIO") == "help")
    }

    @Test func ownShortOptionTakesThePlaceOfHelp() throws {
        let spec = CommandSpec(
            name: "x", abstract: "tool", options: [OptionSpec("host", short: "h", value: .text("NAME"), help: "host")])
        #expect(try arguments(["-h", "a"], spec: spec)?.value("host") == "a")
        #expect(spec.helpText(path: [], width: 80).contains("      --help "))
    }
}
