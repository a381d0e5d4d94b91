import Testing

struct ListRunTests {
    static let lists: [Exchange] = [
        Exchange("true && echo a", "a\n"),
        Exchange("false && echo a", "", 1),
        Exchange("true || echo a", ""),
        Exchange("false || echo a", "a\n"),
        Exchange("false && echo a || echo b", "", 1),
        Exchange("true || echo a && echo b", ""),
        Exchange("true && false || echo b", "b\n"),
        Exchange("false || true && echo b", "b\n"),
        Exchange("false && echo a; echo b", "b\n"),
        Exchange("true && true && echo a", "a\n"),
        Exchange("false || false || echo a", "a\n"),
        Exchange("if true; then echo a; fi && echo b", "a\nb\n"),
        Exchange("if false; then echo a; fi || echo b", "b\n"),
        Exchange("nosuch || echo b", "Unknown command 'nosuch' - try 'help'\nb\n"),
        Exchange("false && then", "syntax error\n"),
    ]

    @Test(arguments: lists)
    func aSkippedCommandSkipsTheRest(_ exchange: Exchange) throws { try exchange.check() }

    static let conditions: [Exchange] = [
        Exchange("if true; then echo a; else echo b; fi", "a\n"),
        Exchange("if false; then echo a; else echo b; fi", "b\n"),
        Exchange("if false; then echo a; fi", "", 1),
        Exchange("if false; then echo a; elif true; then echo b; else echo c; fi", "b\n"),
        Exchange("if false; then echo a; elif false; then echo b; else echo c; fi", "c\n"),
        Exchange("if true; then false; fi", "", 1),
        Exchange("if true; false; then echo a; else echo b; fi", "b\n"),
        Exchange("if false || true; then echo a; fi", "a\n"),
        Exchange("if false && true || true; then echo a; else echo b; fi", "b\n"),
        Exchange("if; then echo a; fi", "a\n"),
        Exchange("if false; then echo a; else; fi", "", 1),
        Exchange("if true; then if false; then echo a; else echo b; fi; fi", "b\n"),
        Exchange("if true; then; echo a; fi", "a\n"),
        Exchange("if true\nthen\necho a\nfi", "a\n"),
        Exchange("echo if then fi", "if then fi\n"),
        Exchange("then echo a", "syntax error\n"),
        Exchange("if true; fi", "syntax error\n"),
        Exchange("if true; then echo a; fi echo b", "syntax error\n"),
        Exchange("fi", "syntax error\n"),
        Exchange("else", "syntax error\n"),
        Exchange("if true; then echo a; done", "syntax error\n"),
        Exchange("if test 1 -eq 1 && test 2 -eq 2; then echo both; fi", "both\n"),
    ]

    @Test(arguments: conditions)
    func conditionsChooseAPart(_ exchange: Exchange) throws { try exchange.check() }

    static let loops: [Exchange] = [
        Exchange("for i in 1 2 3; do echo $i; done; echo $i", "1\n2\n3\n3\n"),
        Exchange("for i in \"a b\" c; do echo $i; done", "a\nb\nc\n"),
        Exchange("setenv l 'x y \"z w\"'\nfor i in $l; do echo $i; done", "x\ny\nz\n\nw\n\n"),
        Exchange("for i in; do echo $i; done; echo $?", "0\n"),
        Exchange("for i in $nope; do echo $i; done", ""),
        Exchange("for i in 1 2; do for j in a b; do echo $i$j; done; done", "1a\n1b\n2a\n2b\n"),
        Exchange("for i in 1 2; do false; done", "", 1),
        Exchange("for x do", "syntax error\n"),
        Exchange("for i in 1 2\ndo\necho $i\ndone", "1\n2\n"),
        Exchange("x=1; while test $x != 111; do echo $x; x=${x}1; done", "1\n11\n", 1),
        Exchange("while false; do echo a; done", "", 1),
        Exchange("x=1; until test $x = 111; do x=${x}1; done; echo $? $x", "0 111\n"),
        Exchange("until true; do echo a; done", ""),
        Exchange("echo a; done", "syntax error\n"),
        Exchange("for i in a b; do if test $i = a; then echo $i; fi; done", "a\n", 1),
        Exchange("for i in '' \"\"; do echo x$i; done", ""),
        Exchange("x=1; while test $x != 111; do x=${x}1; done && echo a", "", 1),
        Exchange("for i in a; do echo $i; done || echo b", "a\n"),
        Exchange("for i in 1 2 3; do a=1 b=$a echo x; done", "x\nx\nx\n"),
    ]

    @Test(arguments: loops)
    func loopsRunTheirBodies(_ exchange: Exchange) throws { try exchange.check() }
}
