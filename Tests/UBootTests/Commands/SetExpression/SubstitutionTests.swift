import Testing

@testable import UBoot

struct SubstitutionTests {
    static let substitutions: [Exchange] = [
        Exchange("setexpr x sub a b banana; echo $x", "x=bbnana\nbbnana\n"),
        Exchange("setexpr x gsub a b banana; echo $x", "x=bbnbnb\nbbnbnb\n"),
        Exchange("setenv x banana; setexpr x sub n N; echo $x", "x=baNana\nbaNana\n"),
        Exchange("setexpr nope sub a b", "## Error: variable \"nope\" not defined\n", 1),
        Exchange("setexpr x sub q Q abc; echo $?", "abc: No match\n1\n"),
        Exchange("setexpr x gsub q Q abc; echo $?", "abc: No match\n1\n"),
        Exchange("setenv o x; setexpr o sub x '' x; printenv o", "o=\n## Error: \"o\" not defined\n", 1),
        Exchange("setexpr x sub 'o$' X 'foo boo'", "x=fXo boo\n"),
        Exchange("setexpr x gsub '[0-9]' X 'a0-95b'", "x=aXXX5b\n"),
        Exchange("setexpr x gsub '[^ab]' X 'abcd'", "x=abXX\n"),
        Exchange("setexpr x sub '(b)(c)' '<\\\\2\\\\1>' abcd", "x=a<cb>d\n"),
        Exchange("setexpr x sub '(b)(c)' '<\\\\0>' abcd", "x=a<bc>d\n"),
        Exchange("setexpr x sub \"(b)\" \"<\\\\1>\" abcd", "x=a<\\b>cd\n"),
        Exchange("setexpr x sub 'b*' X abc", "x=Xabc\n"),
        Exchange("setexpr x gsub 'b*' X abc", "## error: substitution buffer overflow\n", 1),
        Exchange("setexpr x sub 'a+' X baaac", "x=bXc\n"),
        Exchange("setexpr x sub 'a+?' X baaac", "x=bXac\n"),
        Exchange("setexpr x sub 'a*?c' X baaac", "x=bX\n"),
        Exchange("setexpr x sub 'ab?c' X xacx", "x=xXx\n"),
        Exchange("setexpr x sub '\\\\d+' N 'ab 123 c'", "x=ab N c\n"),
        Exchange("setexpr x sub '\\\\s' _ 'a b c'", "x=a_b c\n"),
        Exchange("setexpr x gsub '\\\\S' x 'a b'", "x=x x\n"),
        Exchange("setexpr x sub '^b' X ab", "ab: No match\n", 1),
        Exchange("setexpr x sub '^a' X ab", "x=Xb\n"),
        Exchange("setexpr x sub 'a|b' X cba", "x=cXa\n"),
        Exchange("setexpr x sub '(a|b)c' X dbc", "x=dX\n"),
        Exchange("setexpr x sub 'a.c' X abc", "x=X\n"),
        Exchange("setexpr x sub 'a\\\\.c' X abc", "abc: No match\n", 1),
        Exchange("setexpr x sub '\\\\w' X w", "x=X\n"),
        Exchange("setexpr x sub '(a' X a", "Error compiling regex: No closing bracket\n", 1),
        Exchange("setexpr x sub '[a' X a", "Error compiling regex: No closing ']' bracket\n", 1),
        Exchange("setexpr x sub '' X a", "x=Xa\n"),
        Exchange("setexpr x sub a X ''", ": No match\n", 1),
        Exchange("setexpr x gsub a aa aaa", "x=aaaaaa\n"),
        Exchange("setexpr x foo a b", "invalid op\n", 1),
        Exchange(
            "setexpr x sub a",
            """
            \(UsageText.setexpr)

            """, 1),
        Exchange(
            "setexpr x sub a b c d",
            """
            \(UsageText.setexpr)

            """, 1),
        Exchange(
            "setexpr ethaddr sub a b a",
            """
            ethaddr=b
            ## Error: flags type check failure for "ethaddr" <= "b" (type: m)
            ## Error inserting "ethaddr" variable, errno=1

            """, 1),
        Exchange(
            """
            setexpr x sub 'a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a' Y aaaa
            """,
            "Error compiling regex: RE is too long (code overflow)\n", 1),
        Exchange(
            """
            setexpr x sub '|b|c|d|e|f|g|a|b|c|d|e|f|g|a|b|c|d|e|f|g|a|b|c|d|e|f|g|a|b|c|d|e|f|g|a|b|c|d|e|f|g|a|b|c|d|e|f|g|a|b|c|d|e|f|g|a|b|c|d|e|f|g|a|b|c|d|e|f|g' Y aaaa
            """,
            "Error compiling regex: RE is too long (code overflow)\n", 1),
        Exchange(
            """
            setexpr x sub 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' Y aaaa
            """,
            "Error compiling regex: RE is too long (data overflow)\n", 1),
        Exchange(
            """
            setexpr x sub '((((((((((((((((((((((((((((((((((((((((((((a))))))))))))))))))))))))))))))))))))))))))))' Y aaaa
            """,
            "x=Yaaa\n"),
    ]

    @Test(arguments: substitutions)
    func textIsSubstituted(_ exchange: Exchange) throws { try exchange.check() }

    @Test(
        arguments: [
            ("a", "b", "a", "b"), ("(a)(b)", "\\2\\1", "ab", "ba"), ("a", "\\0\\0", "xa", "xaa"),
            ("b", "", "abc", "ac"),
        ] as [(ByteString, ByteString, ByteString, ByteString)])
    func textIsReplaced(_ pattern: ByteString, _ new: ByteString, _ text: ByteString, _ result: ByteString) throws {
        let substitution = try Substitution(pattern: pattern, replacement: new, isGlobal: false)
        #expect(try substitution.apply(to: text) == result)
    }

    @Test func buffersAreFinite() throws {
        let long = ByteString([UInt8](repeating: 0x61, count: 16384))
        let full = try Substitution(pattern: "b", replacement: "c", isGlobal: false)
        #expect(
            throws: Substitution.Failure.refused(
                message: "## error: subst buffer overflow: have 16384, need 16385\n")
        ) { try full.apply(to: long) }
        let wide = try Substitution(
            pattern: "a", replacement: ByteString([UInt8](repeating: 0x62, count: 4096)), isGlobal: false)
        #expect(
            throws: Substitution.Failure.refused(
                message: "## error: pattern buffer overflow: have 4096, need 4097\n")
        ) { try wide.apply(to: "a") }
    }
}
