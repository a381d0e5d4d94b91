import Testing
import UBoot

@testable import ImageBuilder

struct ConfigParserTests {
    private func values(_ text: String) throws -> [String: [Int: String]] {
        try ConfigParser.parse(Array(text.utf8), name: "config").byName.mapValues { $0.elements.mapValues(\.text) }
    }

    struct Reading: Sendable, CustomTestStringConvertible {
        var text: String
        var values: [String: [Int: String]]
        var testDescription: String { text }

        init(_ text: String, _ values: [String: [Int: String]]) {
            self.text = text
            self.values = values
        }
    }

    @Test(arguments: [
        Reading("A=1", ["A": [0: "1"]]),
        Reading("A=", ["A": [0: ""]]),
        Reading("A=\"x y\" # a comment", ["A": [0: "x y"]]),
        Reading("A=x#y", ["A": [0: "x#y"]]),
        Reading("A='a\"$b\\'", ["A": [0: "a\"$b\\"]]),
        Reading("A=\"a\\\"b\\$c\\d\\\\\"", ["A": [0: "a\"b$c\\d\\"]]),
        Reading("A=a\\ b\\\nc", ["A": [0: "a bc"]]),
        Reading("A=$'t\\tn\\x41\\101'", ["A": [0: "t\tnAA"]]),
        Reading("A[0]=x A[3]=y", ["A": [0: "x", 3: "y"]]),
        Reading("A=x; A[1]=y;B=z", ["A": [0: "x", 1: "y"], "B": [0: "z"]]),
        Reading("A=(x \"y z\"\n # comment\n [5]=q r)", ["A": [0: "x", 1: "y z", 5: "q", 6: "r"]]),
        Reading("A=(x y)\nA+=(z)\nA[0]+=w", ["A": [0: "xw", 1: "y", 2: "z"]]),
        Reading("A=x\nA+=' y'", ["A": [0: "x y"]]),
        Reading("export A=1 B\nC=2", ["A": [0: "1"], "C": [0: "2"]]),
        Reading("A=b\nB=${A}$A\"${A}\"", ["A": [0: "b"], "B": [0: "bbb"]]),
        Reading("A='x  y'\nB=$A C=($A)", ["A": [0: "x  y"], "B": [0: "x  y"], "C": [0: "x", 1: "y"]]),
        Reading("A[1]=q\nB=${A[1]}${A[0]:-none}${A[1]+set}", ["A": [1: "q"], "B": [0: "qnoneset"]]),
        Reading("A=$((0x40000000 + 2*1024))", ["A": [0: "1073743872"]]),
        Reading("A=010 B=$((A+1)) C=$(( B > 8 ? 1 : 2 ))", ["A": [0: "010"], "B": [0: "9"], "C": [0: "1"]]),
        Reading("I=2\nA[I+1]=x\nA[-1]+=y", ["I": [0: "2"], "A": [3: "xy"]]),
        Reading("A=\"it's\"", ["A": [0: "it's"]]),
        Reading("A=\"$\" B=a$", ["A": [0: "$"], "B": [0: "a$"]]),
        Reading("A=one\r\nB=two\r\n", ["A": [0: "one"], "B": [0: "two"]]),
    ])
    func readsAsBashWould(reading: Reading) throws {
        #expect(try values(reading.text) == reading.values)
    }

    @Test func keepsIndicesThatAreTexts() throws {
        let read = try ConfigParser.parse(Array("DOMU_VCPU_HARD_AFFINITY[0,1]=\"1,3-4\"".utf8), name: "c")
        #expect(read.byName["DOMU_VCPU_HARD_AFFINITY"]?.keyed["0,1"]?.text == "1,3-4")
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var text: String
        var message: String
        var testDescription: String { text }

        init(_ text: String, _ message: String) {
            self.text = text
            self.message = message
        }
    }

    @Test(arguments: [
        Refusal("A=1\n\nKEY = v", "3:1: expected an assignment, found the command 'KEY'; no blank may stand"),
        Refusal("A=$(date)", "1:3: expected a value, found a command substitution"),
        Refusal("A=`date`", "1:3: expected a value, found a command substitution"),
        Refusal("A=\"x`date`\"", "1:5: expected a value, found a command substitution"),
        Refusal("for i in a; do", "1:1: expected an assignment, found 'for'"),
        Refusal("  if true", "1:3: expected an assignment, found 'if'"),
        Refusal("f() { :; }", "1:1: expected an assignment, found the function 'f'"),
        Refusal("echo hi", "1:1: expected an assignment, found the command 'echo'"),
        Refusal("A=1 echo", "1:5: expected an assignment, found the command 'echo'"),
        Refusal("A=x > y", "1:5: expected an assignment, found a redirection"),
        Refusal("A=x>y", "1:4: expected an assignment, found a redirection"),
        Refusal("A=1 && B=2", "1:5: expected a line feed or ';', found '&&'"),
        Refusal("A=a;;", "1:4: expected a line feed or ';', found ';;'"),
        Refusal("A=\"x\nB=1", "1:3: expected the end of what \" begins here"),
        Refusal("A='x", "1:3: expected the end of what ' begins here"),
        Refusal("A=(x", "1:3: expected the end of what ( begins here"),
        Refusal("A=${B", "1:3: expected the end of what ${ begins here"),
        Refusal("A=${#B}", "1:3: expected ${NAME}"),
        Refusal("A=${B//x/y}", "1:3: expected ${NAME}"),
        Refusal("A=$1", "1:3: expected a variable of the config, found '$1'"),
        Refusal("A=$RANDOM", "1:3: expected a variable of the config, found '$RANDOM'"),
        Refusal("A=$((1/0))", "1:3: expected a divisor, found 0"),
        Refusal("A=$((1+))", "1:3: expected a value, found the end in '1+'"),
        Refusal("A=$((B=1))", "1:3: expected a value, found an assignment"),
        Refusal("A=(*.cpio)", "1:4: expected a value, found a pattern"),
        Refusal("A=(a{1,2})", "1:5: expected a value, found braces"),
        Refusal("A=~/x", "1:3: expected a value, found '~'"),
        Refusal("A[x y]=1", "1:2: expected an operator, found 'y' in 'x y'"),
        Refusal("A[-1]=1", "1:2: expected an index"),
        Refusal("A[1,2]=1", "1:2: expected an index"),
        Refusal("export A[0]=1", "1:8: expected 'export NAME'"),
        Refusal("IFS=x", "1:1: expected a key, found 'IFS'"),
        Refusal("A=a\u{0}b", "1:4: expected text, found a NUL byte"),
        Refusal("A=B\nB=A\nC=$((A))", "3:3: expected a number, found variables that refer to each other"),
        Refusal("exit 7", "1:1: expected an assignment, found the command 'exit'"),
    ])
    func refusesWhatIsNoAssignment(refusal: Refusal) {
        let error = #expect(throws: ConfigError.self) {
            try ConfigParser.parse(Array(refusal.text.utf8), name: "config")
        }
        guard let error else { return }
        let place = "\(error.place.line):\(error.place.column)"
        #expect("\(place): \(error)".hasPrefix(refusal.message), "\(place): \(error)")
    }

    @Test func notesWhatIsNotSet() throws {
        let read = try ConfigParser.parse(Array("A=x${NOPE}${ALSO:-d}".utf8), name: "c")
        #expect(read.unset.map(\.name) == ["NOPE"])
    }

    @Test func deepNestingIsRefusedAndDoesNotTrap() {
        for text in [
            "A=" + String(repeating: "${A:-", count: 5000), "A=$((" + String(repeating: "(", count: 5000),
            "A=$((" + String(repeating: "- ", count: 5000) + "1))",
            "A=$((" + String(repeating: "2**", count: 5000) + "1))",
        ] {
            #expect(throws: ConfigError.self) { try ConfigParser.parse(Array(text.utf8), name: "c") }
        }
    }
}
