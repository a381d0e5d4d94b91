import Foundation
import Testing
import UBoot

@testable import Boards

struct InheritanceTests {
    private static let parent = """
        description: the parent
        u-boot: {version: 2023.01, prompt: "old> "}
        memory:
          ram: [{start: 0, size: 16M}]
          reserved: [{start: 0, size: 4K, why: firmware}, {start: 0xf00000, size: 1M, why: U-Boot}]
        environment: {file: p.env, variables: {c: 3}, runtime: {r: 1}}
        commands: [md, echo, fdt]
        fdt: [apply]
        usage: {md: peek}
        answers: {bdinfo: memory}
        network: {device: eth0, dhcp: {ipaddr: 10.0.0.1}}

        """

    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
        try folder.write(Self.parent, to: "parent.yaml")
        try folder.write("a=1\nb=2\n", to: "p.env")
    }

    private func board(_ lines: String..., name: String = "child.yaml") throws -> Board {
        let file = try folder.write(lines.joined(separator: "\n") + "\n", to: name)
        return try Board(file: file, in: [folder.path])
    }

    @Test func whatTheFileDoesNotSayIsInherited() throws {
        let board = try board("extends: parent", "u-boot: {version: 2025.01}")
        #expect(board.name == "child")
        #expect(board.parent == "parent")
        #expect(board.summary == "the parent")
        #expect(board.prompt == "old> ")
        #expect(board.description.version == "2025.01")
        #expect(board.description.commands == ["md", "echo", "fdt"])
        #expect(board.description.defaultEnvironment == ["a": "1", "b": "2", "c": "3"])
        #expect(board.description.network?.device == "eth0")
    }

    @Test func variablesChangeTheInheritedFileOfThem() throws {
        let board = try board("extends: parent", "environment: {variables: {a: ~, b: x, d: 4}, runtime: {r: ~, s: 2}}")
        #expect(board.description.defaultEnvironment == ["b": "x", "c": "3", "d": "4"])
        #expect(board.description.runtimeEnvironment == ["s": "2"])
    }

    @Test func listsAreReplacedOrChanged() throws {
        let changed = try board(
            "extends: parent", "commands: {add: [mw, 'warp - go'], remove: [echo]}",
            "memory: {reserved: {remove: [{why: U-Boot}]}, bus: {add: [{start: 1G, size: 1M}]}}")
        #expect(changed.description.commands == ["md", "fdt", "mw"])
        #expect(changed.description.foreignCommands == ["warp": "go"])
        #expect(changed.reservations.map(\.reason) == ["firmware"])
        #expect(changed.description.banks.map(\.kind) == [.ram, .bus])
        let replaced = try board("extends: parent", "commands: [md]", "fdt: []")
        #expect(replaced.description.commands == ["md"])
        #expect(replaced.description.fdtFeatures == [])
    }

    @Test func linesOfHelpAreKnownByTheirNames() throws {
        try folder.write(
            "extends: parent\ncommands: |\n  md        - display\n  warp      - drive\n  mw        - write\n",
            to: "text.yaml")
        let board = try board("extends: text", "commands: {remove: [warp], add: [echo]}")
        #expect(board.description.commands == ["md", "mw", "echo"])
        #expect(board.description.foreignCommands == [:])
    }

    @Test func anEmptyValueTakesAway() throws {
        let board = try board("extends: parent", "network: ~", "usage: {md: ~}", "answers: {bdinfo: ~}", "fdt: ~")
        #expect(board.description.network == nil)
        #expect(board.description.usages == [:])
        #expect(board.description.answers == [:])
        #expect(board.description.fdtFeatures == [])
    }

    @Test func parentsAreFoundByNameAndByPath() throws {
        try folder.write("extends: parent\nload-address: 0x1000\n", to: "middle.yaml")
        #expect(try board("extends: middle").description.loadAddress == 0x1000)
        let below = try board("extends: ../middle.yaml", name: "sub/child.yaml")
        #expect(below.description.loadAddress == 0x1000)
        #expect(below.description.defaultEnvironment["a"] == "1")
        // A board of one's own may have the name of the one that it extends.
        try folder.write("extends: parent\nload-address: 0x2000\n", to: "own/parent.yaml")
        let own = try Board(file: folder.path + "/own/parent.yaml", in: [folder.path])
        #expect(own.description.loadAddress == 0x2000)
        #expect(own.description.commands == ["md", "echo", "fdt"])
    }

    @Test(arguments: [
        ("extends: parentt", "child.yaml:1:10: extends: unknown board 'parentt', did you mean 'parent'?"),
        ("extends: [parent]", "child.yaml:1:10: extends: expected the name of a board"),
        ("extends: ./none.yaml", "child.yaml:1:10: extends: cannot read FOLDER/./none.yaml: No such file or directory"),
        ("extend: parent", "child.yaml:1:1: unknown key 'extend', did you mean 'extends'?"),
        (
            "extends: parent\ncommands: {remove: [md, ecko]}",
            "child.yaml:2:25: commands.remove.[1]: the inherited list has no 'ecko' to take away, did you mean 'echo'?"
        ),
        (
            "extends: parent\nmemory: {reserved: {remove: [{why: x}]}}",
            "child.yaml:2:30: memory.reserved.remove.[0]: the inherited list has no '{why: x}' to take away"
        ),
        (
            "extends: parent\ncommands: {add: [md]}",
            "child.yaml:2:18: commands.[3]: the command 'md' is there already"
        ),
        (
            "extends: parent\nmemory: {ram: [{start: 0, size: 8M}]}",
            "parent.yaml:5:51: memory.reserved.[1]: [0xf00000, 0x1000000) is not inside one range of RAM"
        ),
        (
            "extends: parent\nmemory: {rom: [{start: 0, size: 1}]}",
            "child.yaml:2:16: memory.rom.[0]: [0x0, 0x1) overlaps ram [0x0, 0x1000000)"
        ),
        ("extends: parent\nmemory: ~", "child.yaml:2:9: memory: expected a mapping, got nothing"),
        (
            "extends: parent\nenvironment: {runtime: {r: ''}}",
            "child.yaml:2:25: environment.runtime.r: the variable 'r' has no value, and U-Boot keeps none without"
        ),
        ("extends: child", "child.yaml:1:10: extends: the board extends itself: child extends child"),
        ("extends: round", "round.yaml:1:10: extends: the board extends itself: child extends round extends child"),
        ("extends: typo", "typo.yaml:2:1: unknown key 'comands', did you mean 'commands'?"),
    ])
    func mistakesHaveThePlaceInTheFileAtFault(_ text: String, _ message: String) throws {
        try folder.write("extends: child\n", to: "round.yaml")
        try folder.write("extends: parent\ncomands: [md]\n", to: "typo.yaml")
        let error = #expect(throws: BoardError.self) { try board(text) }
        let expected = "\(folder.path)/\(message)".replacing("FOLDER", with: folder.path)
        let text = error.map { String(describing: $0).replacing("/./", with: "/") }
        #expect(text == expected.replacing("/./", with: "/"))
    }

    @Test func aFamilyWithoutEndIsRefused() throws {
        for index in 0..<20 {
            try folder.write("extends: b\(index + 1)\n", to: "b\(index).yaml")
        }
        let error = #expect(throws: BoardError.self) { try Board(file: folder.path + "/b0.yaml") }
        #expect(error?.description.contains("b15.yaml:1:10: extends: more than 16 boards extend each other") == true)
    }

    @Test func thePageHasAnExample() throws {
        let page = try String(contentsOfFile: Transcript.boards + "/../docs/boards.md", encoding: .utf8)
        let blocks = page.split(separator: "```yaml\n").compactMap { $0.split(separator: "```").first }
        #expect(blocks.contains { $0.hasPrefix("extends: ") })
    }
}
