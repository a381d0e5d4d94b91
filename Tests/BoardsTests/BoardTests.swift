import Foundation
import Testing
import UBoot

@testable import Boards

struct BoardTests {
    private func board(_ lines: String..., files: [String: [UInt8]] = [:]) throws -> Board {
        let folder = try ScratchFolder()
        for (name, bytes) in files { try folder.write(bytes, to: name) }
        return try Board(file: folder.write(lines.joined(separator: "\n"), to: "own.yaml"))
    }

    @Test func aSmallBoardNeedsThreeKeys() throws {
        let board = try board(
            "u-boot: {version: 2023.01}", "memory: {ram: [{start: 4K, size: 1M}]}", "commands: [version]")
        #expect(board.name == "own")
        #expect(board.prompt == "=> ")
        #expect(board.description.banks == [.init(kind: .ram, range: .init(start: 0x1000, size: 1 << 20))])
        #expect(board.description.commands == ["version"])
        #expect(board.description.network == nil)
        var machine = try board.machine()
        #expect(machine.type(Array("version".utf8), source: "<test>").commands.first?.output == "U-Boot 2023.01\n")
    }

    @Test func readOnlyMemoryHasTheGivenBytes() throws {
        let board = try board(
            "u-boot: {version: 1}", "commands: []",
            "memory: {ram: [{start: 0, size: 1M}],",
            "  rom: [{start: 1M, size: 8, bytes: 01 02}, {start: 2M, size: 8, file: rom.bin}]}",
            files: ["rom.bin": [7, 8, 9]])
        let memory = try board.machine().memory
        #expect(try memory.read(.init(start: 0x10_0000, size: 8)) == [1, 2, 0, 0, 0, 0, 0, 0])
        #expect(try memory.read(.init(start: 0x20_0000, size: 4)) == [7, 8, 9, 0])
    }

    @Test func theTreeGetsItsSizeAndZeros() throws {
        let board = try board(
            "u-boot: {version: 1}", "commands: [fdt]", "memory: {ram: [{start: 0, size: 1M}]}",
            "device-tree: {file: t.dtb, address: 0x1000, size: 8K, control: 0x8000}",
            files: ["t.dtb": SmallTree.bytes + [1, 2, 3]])
        let machine = try board.machine()
        let bytes = try machine.memory.read(.init(start: 0x1000, size: 0x2000))
        #expect(Array(bytes[..<8]) == [0xd0, 0x0d, 0xfe, 0xed, 0, 0, 0x20, 0])
        #expect(Array(bytes[8..<0x48]) == Array(SmallTree.bytes[8...]))
        #expect(try machine.memory.read(.init(start: 0x8000, size: 0x2000)) == bytes)
        #expect(board.description.controlTree == 0x8000)
        #expect(board.description.presets.map(\.label) == ["device tree", "U-Boot's device tree"])
        #expect(board.description.presets.map(\.size) == [0x2000, 0x2000])
    }

    @Test func theEnvironmentIsWhatPrintenvShowed() throws {
        let text = "# pasted\r\na=1\r\nb=x=y\r\nc=\r\n\r\nEnvironment size: 12/4096 bytes\r\n"
        let board = try board(
            "u-boot: {version: 1}", "commands: []", "memory: {ram: [{start: 0, size: 1M}]}",
            "environment: {file: e.txt, variables: {d: 0x10}, runtime: {a: 2}, size: 4K}",
            files: ["e.txt": Array(text.utf8)])
        #expect(board.description.defaultEnvironment == ["a": "1", "b": "x=y", "d": "0x10"])
        #expect(board.description.runtimeEnvironment == ["a": "2"])
        #expect(board.description.environmentCapacity == 4096)
    }

    @Test func theTextOfHelpGivesCommandsThatAreNotKnown() throws {
        let board = try board(
            "u-boot: {version: 1}", "memory: {ram: [{start: 0, size: 1M}]}", "usage: {warpdrive: engage}",
            "commands: |", "  echo      - echo args to console", "  warpdrive - move - fast", "  ubifsumountx- umount")
        #expect(board.description.commands == ["echo"])
        #expect(board.description.foreignCommands == ["warpdrive": "move - fast", "ubifsumountx": "umount"])
        var machine = try board.machine()
        let text = Array("warpdrive 9".utf8)
        #expect(machine.type(text, source: "<test>").commands.first?.status == 1)
        #expect(machine.commands.commands.map(\.usage)[2] == "engage")
    }

    @Test func theExampleOfThePageIsABoard() throws {
        let page = try String(contentsOfFile: Transcript.boards + "/../docs/boards.md", encoding: .utf8)
        let example = try #require(page.split(separator: "```yaml\n").dropFirst().first?.split(separator: "```").first)
        let board = try board(
            String(example), files: ["board.dtb": SmallTree.bytes, "board.env.txt": Array("bootcmd=source\n".utf8)])
        #expect(try board.machine().environment["ethaddr"] == "02:00:00:00:00:01")
    }

    @Test func filesAreFoundFromTheBoardFile() throws {
        let folder = try ScratchFolder()
        try folder.write("a=1\n", to: "sub/e.txt")
        let file = try folder.write(
            "u-boot: {version: 1}\ncommands: []\nmemory: {ram: [{start: 0, size: 1M}]}\nenvironment: {file: ../sub/e.txt}",
            to: "other/b.yaml")
        #expect(try Board(file: file).description.defaultEnvironment == ["a": "1"])
    }
}
