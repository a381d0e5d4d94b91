import Testing

@testable import UBoot

struct ExpanderTests {
    private let environment = Environment(defaults: [
        "e": "env", "both": "env", "empty": "", "lines": "a\nb", "q": "a 'b",
    ])

    private static func variables() -> ShellVariables {
        var variables = ShellVariables(release: Release(year: 2023, month: 1))
        _ = variables.set("s", "shell")
        _ = variables.set("both", "shell")
        return variables
    }

    private func word(_ text: String) -> Word {
        var lexer = Lexer(Array(text.utf8))
        guard case .word(let word, _, _) = lexer.next().token else { return Word(bytes: []) }
        return word
    }

    @Test(arguments: [
        ("plain", "plain"), ("$e", "env"), ("$s", "shell"), ("$both", "env"), ("x${e}y", "xenvy"), ("$nope", ""),
        ("$?", "1"), ("${e:-d}", "env"), ("${nope:-d}", "d"), ("${empty:-d}", "d"), ("${nope:-a b}", "a b"),
        ("${e:+d}", ""), ("${nope:+d}", "d"), ("${empty:+d}", "d"), ("${nope:=d}", "d"), ("${e:?d}", "env"),
        ("${nope:?d}", ""), ("${nope:-$e}", "$e"), ("$lines", "a b"), ("${}", ""), ("${e:}", "env"),
        ("${nope:-}", ""), ("$e$s", "envshell"),
    ])
    func referencesGetValues(_ text: String, _ value: String) {
        var (expander, variables) = (Expander(status: 1), Self.variables())
        #expect(String(decoding: expander.expand(word(text), environment, &variables), as: UTF8.self) == value)
    }

    @Test func anAssignmentStays() {
        var (expander, variables) = (Expander(status: 1), Self.variables())
        _ = expander.expand(word("${new:=1}"), environment, &variables)
        #expect(variables["new"] == "1")
        #expect(!expander.hitReadOnly)
        _ = expander.expand(word("${HUSH_VERSION:=1}"), environment, &variables)
        #expect(!expander.hitReadOnly)
    }

    @Test func quotedWordsStandInSingleQuotes() {
        var (expander, variables) = (Expander(status: 1), Self.variables())
        let words = ["echo", "\"$q\"", "$e", "\"\""].map { word($0) }
        #expect(
            String(decoding: expander.line(words[...], environment, &variables), as: UTF8.self)
                == "echo 'a 'b' env ''\n")
    }

    @Test func valuesCanBeLeftAlone() {
        var (expander, variables) = (Expander(status: 1), Self.variables())
        _ = variables.set("HUSH_NO_EVAL", "1")
        #expect(
            String(decoding: expander.line([word("$q")], environment, &variables), as: UTF8.self) == "\u{4}a 'b\u{4}\n")
        _ = variables.set("HUSH_NO_EVAL", "0")
        #expect(String(decoding: expander.line([word("$q")], environment, &variables), as: UTF8.self) == "a 'b\n")
    }

    @Test func listsAreSplitAtBlanksOnly() {
        var (expander, variables) = (Expander(status: 1), Self.variables())
        let words = ["'a b'", "$lines", "$nope", "'c\td'"].map { word($0) }
        #expect(expander.list(words, environment, &variables) == ["a", "b", "a", "b", "c\td"])
    }

    @Test func unsetNamesAreNoted() {
        var (expander, variables) = (Expander(status: 1), Self.variables())
        for text in ["$nope", "${nope:-d}", "${also}", "$e", "$empty"] {
            _ = expander.expand(word(text), environment, &variables)
        }
        #expect(expander.unset == ["nope", "also"])
    }
}
