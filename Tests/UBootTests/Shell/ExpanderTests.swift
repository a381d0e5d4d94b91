import Testing

@testable import UBoot

struct ExpanderTests {
    private let environment = Environment(defaults: [
        "e": "env", "both": "env", "empty": "", "lines": "a\nb", "q": "a 'b",
    ])

    private func expander() -> Expander {
        var variables = ShellVariables(release: Release(year: 2023, month: 1))
        _ = variables.set("s", "shell")
        _ = variables.set("both", "shell")
        return Expander(environment: environment, variables: variables, status: 1)
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
        var expander = expander()
        #expect(String(decoding: expander.expand(word(text)), as: UTF8.self) == value)
    }

    @Test func anAssignmentStays() {
        var expander = expander()
        _ = expander.expand(word("${new:=1}"))
        #expect(expander.variables["new"] == "1")
        #expect(!expander.hitReadOnly)
        _ = expander.expand(word("${HUSH_VERSION:=1}"))
        #expect(!expander.hitReadOnly)
    }

    @Test func quotedWordsStandInSingleQuotes() {
        var expander = expander()
        let words = ["echo", "\"$q\"", "$e", "\"\""].map { word($0) }
        #expect(String(decoding: expander.line(words[...]), as: UTF8.self) == "echo 'a 'b' env ''\n")
    }

    @Test func valuesCanBeLeftAlone() {
        var expander = expander()
        _ = expander.variables.set("HUSH_NO_EVAL", "1")
        #expect(String(decoding: expander.line([word("$q")]), as: UTF8.self) == "\u{4}a 'b\u{4}\n")
        _ = expander.variables.set("HUSH_NO_EVAL", "0")
        #expect(String(decoding: expander.line([word("$q")]), as: UTF8.self) == "a 'b\n")
    }

    @Test func listsAreSplitAtBlanksOnly() {
        var expander = expander()
        let words = ["'a b'", "$lines", "$nope", "'c\td'"].map { word($0) }
        #expect(expander.list(words) == ["a", "b", "a", "b", "c\td"])
    }

    @Test func unsetNamesAreNoted() {
        var expander = expander()
        for text in ["$nope", "${nope:-d}", "${also}", "$e", "$empty"] { _ = expander.expand(word(text)) }
        #expect(expander.unset == ["nope", "also"])
    }
}
