import Testing

@testable import Boards

struct BoardSearchTests {
    private static let text = "u-boot: {version: 1}\ncommands: []\nmemory: {ram: [{start: 0, size: 1M}]}\n"

    @Test func theFirstFolderWins() throws {
        let folder = try ScratchFolder()
        let first = try folder.write(Self.text, to: "a/one.yaml")
        try folder.write(Self.text, to: "b/one.yaml")
        let second = try folder.write(Self.text, to: "b/two.yaml")
        try folder.write(Self.text, to: "b/.two.yaml")
        try folder.write(Self.text, to: "b/note.txt")
        let folders = ["a", "b", "none"].map { "\(folder.path)/\($0)" }
        #expect(Board.known(in: folders).map(\.path) == [first, second])
        #expect(try Board.named("one", in: folders).path == first)
        #expect(try Board.named(second, in: []).name == "two")
    }

    @Test(arguments: [
        ("twoo", "unknown board 'twoo', did you mean 'two'?"),
        ("seventeen", "unknown board 'seventeen', known: one, two"),
        ("", "unknown board '', known: one, two"),
    ])
    func aMissSaysWhatIsNear(_ name: String, _ message: String) throws {
        let folder = try ScratchFolder()
        try folder.write(Self.text, to: "one.yaml")
        try folder.write(Self.text, to: "two.yaml")
        let error = #expect(throws: BoardError.self) { try Board.named(name, in: [folder.path]) }
        #expect(error?.description == message)
    }

    @Test(arguments: ["none.yaml", "./none", "no/ne"])
    func whatLooksLikeAPathIsOne(_ path: String) throws {
        let error = #expect(throws: BoardError.self) { try Board.named(path, in: [Transcript.boards]) }
        #expect(error?.description == "cannot read \(path): No such file or directory")
    }

    @Test(arguments: [
        ("/usr/bin/ibtest", ["/usr/share/ibtest/boards"]),
        ("/ibtest", []),
        (
            "/src/ibtest/.build/x86_64-unknown-linux-gnu/debug/ibtest",
            ["/src/ibtest/.build/x86_64-unknown-linux-gnu/share/ibtest/boards", "/src/ibtest/boards"]
        ),
    ])
    func foldersBelongToTheProgram(_ path: String, _ folders: [String]) {
        #expect(Board.searchFolders(executable: path) == folders)
    }

    @Test func theRunningProgramIsAsked() {
        #expect(!Board.searchFolders().isEmpty)
    }
}
