import Testing
import YAML

struct EventParserTests {
    @Test(arguments: [
        Complaint("", "1:1: the file holds no document"),
        Complaint("# only\n\n", "1:1: the file holds no document"),
        Complaint("a: 1\n---\nb: 2\n", "2:1: a second document begins here, expected one"),
        Complaint("a: 1\n--- {\n", "2:1: a second document begins here, expected one"),
        Complaint("a:\n\tb: 1\n", "2:1: a: a tab is not allowed here, indent with spaces"),
        Complaint("- \t- 1\n", "1:3: a tab is not allowed here, indent with spaces"),
        Complaint(
            "a: b: c\n", "1:5: a ':' is not allowed here, check the indentation or quote the value"),
        Complaint("a: - 1\n", "1:4: a: a '- ' is not allowed here, check the indentation"),
        Complaint("a: [1, 2\n", "2:1: a: the sequence that begins at 1:4 is not closed"),
        Complaint("a: [1, 2", "1:9: a: the sequence that begins at 1:4 is not closed"),
        Complaint("a: {b: 1\nc: 2\n", "2:2: a: the mapping that begins at 1:4 is not closed"),
        Complaint("a: \"x\nb: 1\n", "3:1: a: the quoted text that begins at 1:4 is not closed"),
        Complaint("a: 'x", "1:6: a: the quoted text that begins at 1:4 is not closed"),
        Complaint("a: @x\n", "1:4: a: no value begins with '@', quote it"),
        Complaint("é: `x\n", "1:4: é: no value begins with '`', quote it"),
        Complaint(
            "a:\n  b: 1\n c: 2\n", "3:2: this does not fit the mapping that begins at 1:1, check indentation and quotes"
        ),
        Complaint(
            "- a\nb: 1\n", "2:1: this does not fit the sequence that begins at 1:1, check indentation and quotes"),
        Complaint("a: 1\nfoo\nbar\n", "2:1: expected ':' after the key"),
        Complaint("a: \"\\q\"\n", "1:5: a: unknown or incomplete escape after '\\'"),
        Complaint("a: \"\\ud800\"\n", "1:7: a: unknown or incomplete escape after '\\'"),
        Complaint("a: [", "1:5: a: expected a value"),
        Complaint("a: ]\n", "1:4: a: expected a value"),
        Complaint("a: [1,,2]", "1:7: a: expected a value"),
        Complaint("  a: 1\nb: 2\n", "2:1: expected the end of the document, check the indentation"),
        Complaint("a: &\n", "1:5: a: expected a name after '&' or '*'"),
        Complaint("%YAML 3.0\n--- 1\n", "1:1: found incompatible YAML document"),
        Complaint("a: b\u{0}c\n", "1:5: control character 0x00 is not allowed"),
        Complaint("é: x\r\nü: \u{1}\n", "2:4: control character 0x01 is not allowed"),
        Complaint("a\r\rb\u{7f}\n", "3:2: control character 0x7f is not allowed"),
    ])
    func placeAndCauseAreNamed(_ sample: Complaint) {
        #expect(complaint(sample.text, as: YAMLNode.self) == sample.expected)
    }

    @Test(arguments: [
        Complaint("a: 1\nb: 2\na: 3\n", "3:1: duplicate key 'a', first at 1:1"),
        Complaint("x:\n  - {a: 1, 'a': 2}\n", "2:12: x.[0]: duplicate key 'a', first at 2:6"),
        Complaint("a: *x\n", "1:4: a: alias '*x' has no anchor before it"),
        Complaint("a: &x [*x]\n", "1:8: a.[0]: alias '*x' has no anchor before it"),
        Complaint("a: &x 1\nb: &x [*x]\n", "2:8: b.[0]: alias '*x' has no anchor before it"),
        Complaint("a: !foo 1\n", "1:4: a: tags are not supported, got '!foo'"),
        Complaint("a: !!binary aGk=\n", "1:4: a: tags are not supported, got 'tag:yaml.org,2002:binary'"),
        Complaint("? [a]\n: 1\n", "1:3: a key must be a text, not a sequence or mapping"),
        Complaint("- &k {a: 1}\n- {*k : 1}\n", "2:4: [1]: a key must be a text, not a sequence or mapping"),
        Complaint("a: &b {c: 1}\nd:\n  <<: *b\n", "3:3: d: merge keys ('<<') are not supported"),
    ])
    func documentsHaveRulesBeyondSyntax(_ sample: Complaint) {
        #expect(complaint(sample.text, as: YAMLNode.self) == sample.expected)
    }

    @Test func aliasMayBeAKeyAndQuotedMergeSignIsOne() throws {
        #expect(try decode("- &k a\n- {*k : b, '<<': c}\n", as: YAMLNode.self).isNull == false)
    }

    @Test(
        arguments: [
            ([0xff, 0xfe, 0x61, 0], "1:1: expected UTF-8, got UTF-16 or UTF-32"),
            ([0xfe, 0xff, 0, 0x61], "1:1: expected UTF-8, got UTF-16 or UTF-32"),
            ([0, 0, 0xfe, 0xff], "1:1: expected UTF-8, got UTF-16 or UTF-32"),
            ([0x61, 0x3a, 0x20, 0xff], "1:4: byte 0xff is not valid UTF-8 here"),
            ([0x61, 0x3a, 0x0a, 0xc3], "2:1: byte 0xc3 is not valid UTF-8 here"),
            ([0xc0, 0x80], "1:1: byte 0xc0 is not valid UTF-8 here"),
            ([0xed, 0xa0, 0x80], "1:1: byte 0xed is not valid UTF-8 here"),
            ([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0], "1:1: control character 0x7f is not allowed"),
            ([0x1f, 0x8b, 8, 0], "1:1: control character 0x1f is not allowed"),
            ([0xef, 0xbb, 0xbf], "1:1: the file holds no document"),
        ] as [([UInt8], String)])
    func bytesMustBeUTF8(_ bytes: [UInt8], _ expected: String) {
        let error = #expect(throws: YAMLError.self) {
            try YAMLDecoder(file: "f.yaml").decode(YAMLNode.self, from: bytes)
        }
        #expect(error?.description == "f.yaml:\(expected)")
    }
}
