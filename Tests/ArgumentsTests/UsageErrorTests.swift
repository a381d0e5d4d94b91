import Arguments
import Testing

struct UsageErrorTests {
    @Test(arguments: [
        (["run", "--baord", "x"], "unknown option '--baord', did you mean '--board'?"),
        (["run", "--borad=x"], "unknown option '--borad', did you mean '--board'?"),
        (["run", "--hepl"], "unknown option '--hepl', did you mean '--help'?"),
        (["run", "--verbsoe"], "unknown option '--verbsoe', did you mean '--verbose'?"),
        (["run", "--xyzzy"], "unknown option '--xyzzy'"),
        (["run", "-x"], "unknown option '-x'"),
        (["run", "-vx5"], "unknown option '-x'"),
        (["run", "-progress"], "unknown option '-progress', did you mean '--progress'?"),
        (["rnu"], "unknown command 'rnu', did you mean 'run'?"),
        (["frobnicate"], "unknown command 'frobnicate', known commands: run, copy, list"),
        (["list", "baords"], "unknown command 'baords', did you mean 'boards'?"),
        ([], "expected a command: run, copy, list"),
        (["list", "-v"], "expected a command: boards, codes"),
        (["run", "s"], "missing option '--board FILE'"),
        (["run", "-bx"], "missing operand SCENARIO"),
        (["copy", "a"], "missing operand TARGET"),
        (["list", "boards", "x"], "unexpected operand 'x'"),
        (["list", "codes", "a", "b"], "unexpected operand 'b'"),
        (["list", "--", "boards"], "unexpected operand 'boards'"),
        (["run", "s", "--board"], "option '--board' expects a value FILE"),
        (["run", "s", "-kb"], "option '-b' expects a value FILE"),
        (
            ["run", "--board", "--keep", "s"],
            "option '--board' expects a value FILE, write '--board=--keep' if '--keep' is meant"
        ),
        (
            ["run", "-b", "--jobs=3", "s"],
            "option '-b' expects a value FILE, write '-b--jobs=3' if '--jobs=3' is meant"
        ),
        (["run", "-j", "-v", "s"], "option '-j' expects a value N"),
        (["run", "--keep=yes"], "option '--keep' takes no value, got 'yes'"),
        (["run", "--jobs", "x"], "option '--jobs' expects a number from 1 to 64, got 'x'"),
        (["run", "-j65"], "option '-j' expects a number from 1 to 64, got '65'"),
        (["run", "--jobs="], "option '--jobs' expects a number from 1 to 64, got ''"),
        (["--color", "alwas"], "option '--color' expects auto, always, never, got 'alwas', did you mean 'always'?"),
        (["--color", "red"], "option '--color' expects auto, always, never, got 'red'"),
        (["--color=auto", "run", "--color", "never"], "option '--color' may be given only once"),
        (["run", "-k", "--keep"], "option '--keep' may be given only once"),
        (["run", "-c", "a", "-cb"], "option '-c' may be given only once"),
        (["run", "--bo\nard"], "unknown option '--bo ard', did you mean '--board'?"),
    ])
    func sentencesNameWhatIsAtFault(_ words: [String], _ expected: String) {
        #expect(complaint(words) == expected)
    }

    @Test func firstMistakeIsReported() {
        #expect(complaint(["run", "-x", "--jobs", "y"]) == "unknown option '-x'")
    }

    @Test func usageLineIsThatOfTheCommandReached() {
        let error = #expect(throws: UsageError.self) { try SampleSpec.root.parse(["run", "--bogus"]) }
        #expect(error?.usageLine == "usage: boots run [options] --board FILE SCENARIO...")
        #expect(error?.path == ["run"])
        let atRoot = #expect(throws: UsageError.self) { try SampleSpec.root.parse(["bogus"]) }
        #expect(atRoot?.usageLine == "usage: boots [options] COMMAND")
    }

    @Test func commandsMayFindMistakesOfTheirOwn() {
        let error = SampleSpec.root.usageError("'--keep' and '--tag' exclude each other", path: ["run"])
        #expect(error.description == "'--keep' and '--tag' exclude each other")
        #expect(error.usageLine == "usage: boots run [options] --board FILE SCENARIO...")
    }

    @Test func halfOpenRangesAreSpelledOut() {
        let spec = CommandSpec(
            name: "x", abstract: "",
            options: [
                OptionSpec("low", value: .number("N", in: 1...Int.max), help: ""),
                OptionSpec("high", value: .number("N", in: Int.min...9), help: ""),
            ])
        #expect(complaint(["--low", "0"], spec: spec) == "option '--low' expects a number from 1 up, got '0'")
        #expect(complaint(["--high", "10"], spec: spec) == "option '--high' expects a number up to 9, got '10'")
    }
}
