import Testing
import UBoot

@testable import Sessions

struct CompletionTests {
    private static func candidates(_ line: String) throws -> [String] {
        let test = try TestSession()
        try test.folder.write("", as: "Image")
        try test.folder.write("", as: "Imagine")
        try test.folder.write("", as: "sub/boot.scr")
        try test.folder.write("", as: ".hidden")
        var session = try test.session()
        _ = session.enter("setenv zebra 1")
        _ = session.enter("zulu=1")
        let completion = Completion(session, root: test.folder.path)
        let separators = Array(Completion.separators.utf8)
        let start = line.utf8.count - line.utf8.reversed().prefix { !separators.contains($0) }.count
        return completion.candidates(line, wordAt: start)
    }

    @Test(arguments: [
        ("pri", ["printenv"]), ("set", ["setenv", "setexpr"]), ("echo a; prin", ["printenv"]),
        ("true && prin", ["printenv"]), ("if prin", ["printenv"]), ("while true; do prin", ["printenv"]),
        ("a=1 prin", ["printenv"]), ("nosuch", []), ("echo 'a; pri", []),
        ("printenv z", ["zebra", "zulu"]), ("printenv a zeb", ["zebra"]), ("run zeb", ["zebra"]),
        ("setenv zeb", ["zebra"]), ("setenv a zeb", []), ("env exists zeb", ["zebra"]),
        ("setenv a ${zeb", ["${zebra}"]),
        ("echo $zeb", ["$zebra"]), ("echo a$zeb", ["a$zebra"]), ("echo ${zebra}", []), ("echo zeb", []),
        ("fdt res", ["resize"]), ("fdt r", ["resize", "rm", "rsvmem"]), ("fdt set res", []),
        ("env de", ["default", "delete"]),
        ("help setex", ["setexpr"]), ("md.b 4", []), ("source a", []),
        ("tftpboot 50000000 Im", ["Image", "Imagine"]), ("tftpb 50000000 s", ["sub/"]),
        ("tftpboot 50000000 sub/", ["sub/boot.scr"]), ("tftpboot 50000000 .", [".hidden"]),
        ("tftpboot 50000000 ../", []), ("tftpboot 50000000 /", ["/Image", "/Imagine", "/sub/"]),
        (":f", [":findings"]), (":re", [":record", ":reset"]), ("echo :f", []),
    ])
    func tabOffers(_ line: String, _ expected: [String]) throws {
        #expect(try Self.candidates(line) == expected)
    }

    @Test func aWordThatIsNotThereHasNoCandidates() throws {
        let session = try TestSession().session()
        let completion = Completion(session, root: nil)
        #expect(completion.candidates("echo", wordAt: 9) == [])
        #expect(completion.candidates("tftpboot 1 a", wordAt: 11) == [])
    }

    @Test func oneWordInAUsageIsNoSubcommand() {
        #expect(Completion.subcommands(of: "source", usage: "addr\n\t- run script") == [])
        #expect(Completion.subcommands(of: "x", usage: "on|off\nx show - all\n   x hidden") == ["off", "on", "show"])
    }
}
