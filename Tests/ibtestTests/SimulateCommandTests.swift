import BootImages
import DeviceTree
import Foundation
import Testing

@testable import ibtest

/// `ibtest simulate` on good and bad input.
struct SimulateCommandTests {
    /// An arm64 Image of one page.
    private static var image: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 4096)
        bytes.replaceSubrange(16..<24, with: [0, 0x20, 0, 0, 0, 0, 0, 0])
        bytes[24] = 0xa
        bytes.replaceSubrange(56..<60, with: Array("ARM".utf8) + [0x64])
        return bytes
    }

    private static func tree() throws -> [UInt8] {
        let root = DeviceTreeNode(
            "", [.init("#address-cells", cells: [2]), .init("#size-cells", cells: [2])],
            children: [DeviceTreeNode("chosen"), DeviceTreeNode("aliases")])
        return try DeviceTreeDocument(root: root).blob()
    }

    private static func bootFolder(_ script: String) throws -> (folder: Folder, script: String) {
        let folder = try Folder()
        _ = try folder.write(image, as: "Image")
        _ = try folder.write(tree(), as: "board.dtb")
        return (folder, try folder.write(script, as: "boot.source"))
    }

    private static let goodScript = """
        tftpb 0x44000000 board.dtb
        tftpb 0x40400000 Image
        fdt addr 0x44000000
        fdt resize 1024
        fdt set /chosen bootargs "console=ttyAMA0"
        booti 0x40400000 - 0x44000000

        """

    @Test func cleanScriptShowsLoadsMapChosenAndHandOff() throws {
        let (folder, script) = try Self.bootFolder(Self.goodScript)
        defer { withExtendedLifetime(folder) {} }
        let run = try ToolRun(["simulate", script])
        #expect(run.code == 0, "\(run.output)")
        for text in ["Loads", "Memory", "/chosen", "Hand-off", "0x40400000", "console=ttyAMA0", "booti", "no findings"]
        {
            #expect(run.output.contains(text), "\(text)")
        }
        #expect(!run.output.contains("\u{1b}["))
    }

    @Test(arguments: [("board", 0), ("ignore", 0), ("error", 1)])
    func unknownCommandsAreListed(_ policy: String, _ code: Int32) throws {
        let (folder, script) = try Self.bootFolder("if hdmidet; then echo on; fi\n")
        defer { withExtendedLifetime(folder) {} }
        let run = try ToolRun(["simulate", "--unknown-command", policy, script])
        #expect(run.code == code, "\(run.output)")
        #expect(run.output.contains("Not executed"))
        #expect(run.output.contains("hdmidet      1  "))
        let json = try ToolRun(["simulate", "--json", "--unknown-command", policy, script])
        #expect(json.output.contains("\"notExecuted\" : [\n    {"))
        #expect(json.output.contains(policy == "ignore" ? "\"reason\" : \"ignored\"" : "\"reason\" : \"unknown\""))
    }

    @Test func colourComesOnlyWhenAsked() throws {
        let (folder, script) = try Self.bootFolder(Self.goodScript)
        defer { withExtendedLifetime(folder) {} }
        #expect(try ToolRun(["simulate", "--color", "always", script]).output.contains("\u{1b}["))
        #expect(try !ToolRun(["simulate", "--color", "never", script]).output.contains("\u{1b}["))
    }

    @Test func missingFileIsAnErrorAtItsLine() throws {
        let (folder, script) = try Self.bootFolder("# comment\ntftpb 0x50000000 nothere\n")
        defer { withExtendedLifetime(folder) {} }
        let run = try ToolRun(["simulate", script])
        #expect(run.code == 1)
        #expect(run.output.contains("boot.source:2:1: error:"))
        #expect(run.output.contains("[UB-FILE-MISSING]"))
        #expect(run.output.contains("    2 | tftpb 0x50000000 nothere"))
    }

    @Test func jsonHasTheRecordAndASchema() throws {
        let (folder, script) = try Self.bootFolder(Self.goodScript)
        defer { withExtendedLifetime(folder) {} }
        let run = try ToolRun(["simulate", "--json", script])
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        #expect(object?["schema"] as? Int == 1)
        let record = object?["record"] as? [String: Any]
        #expect(record?["schema"] as? Int == 1)
        #expect((record?["loads"] as? [Any])?.count == 3)
        #expect((record?["ending"] as? [String: Any])?["kind"] as? String == "hand-off")
        #expect((object?["findings"] as? [Any])?.isEmpty == true)
    }

    @Test func scriptImageIsTheSameAsItsText() throws {
        let (folder, script) = try Self.bootFolder(Self.goodScript)
        let image = try folder.write(ScriptImage.encode(text: Array(Self.goodScript.utf8)), as: "boot.image0")
        let text = try ToolRun(["simulate", script]).output.replacing("boot.source", with: "boot.image0")
        #expect(try ToolRun(["simulate", image]).output == text)
    }

    @Test func filesOutsideOfTheRootAreNotServed() throws {
        let (folder, script) = try Self.bootFolder("tftpb 0x50000000 link\ntftpb 0x50000000 ../../etc/passwd\n")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: "/etc/passwd")
        let run = try ToolRun(["simulate", script])
        #expect(run.code == 1)
        #expect(!run.output.contains("0x50000000  0x5"))
        #expect(run.output.components(separatedBy: "not loaded\n").count == 3, "\(run.output)")
    }
}

/// `--commands`, `--transcript`, `--fdt-out` and `--fdt-at`.
struct SimulateTypedLinesTests {
    private func transcript(_ text: String, _ options: [String] = []) throws -> (run: ToolRun, folder: Folder) {
        let folder = try Folder()
        let file = try folder.write(text, as: "lines.txt")
        return (try ToolRun(["simulate", "--commands", file, "--transcript", "json"] + options), folder)
    }

    @Test func transcriptIsAnArrayOfCommandOutputAndStatus() throws {
        let run = try transcript("echo caf\u{e9} \u{80}\nfalse\nif true; then\necho x\nfi\nreset\necho never\n").run
        #expect(run.code == 0)
        let entries = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]]
        #expect(
            entries?.map { $0["command"] as? String } == [
                "echo caf\u{e9} \u{80}", "false", "if true; then\necho x\nfi", "reset",
            ])
        #expect(entries?.map { $0["output"] as? String } == ["caf\u{e9} \u{80}\n", "", "x\n", "resetting ...\n"])
        #expect(entries?.map { $0["status"] as? Int } == [0, 1, 0, nil])
        #expect(entries?.last?["status"] is NSNull)
    }

    @Test func treeAtAnAddressIsWritten() throws {
        let folder = try Folder()
        let out = folder.path + "/out.dtb"
        _ = try transcript("fdt addr 40000000\nfdt set /chosen x y\n", ["--fdt-out", out, "--fdt-at", "40000000"])
        let tree = try DeviceTreeDocument(blob: [UInt8](Data(contentsOf: URL(filePath: out))))
        #expect(tree["/chosen"]?.property("x")?.string == "y")
    }

    @Test(arguments: ["x0", "none", "50000000", "ffffffffffffffff", "0"])
    func noTreeMeansNoFileAndTheTranscriptAllTheSame(_ place: String) throws {
        let folder = try Folder()
        let out = folder.path + "/out.dtb"
        let run = try transcript("echo a\n", ["--fdt-out", out, "--fdt-at", place]).run
        #expect(run.code == 0)
        #expect(run.output.contains("\"output\":\"a\\n\""))
        #expect(!FileManager.default.fileExists(atPath: out))
    }

    @Test func anInputIsNotOverwritten() throws {
        let folder = try Folder()
        let file = try folder.write("fdt addr 40000000\n", as: "lines.txt")
        let run = try ToolRun(["simulate", "--commands", file, "--fdt-out", file, "--fdt-at", "40000000"])
        #expect(run.code == 2)
        #expect(run.errors.contains("is an input"))
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "fdt addr 40000000\n")
    }

    @Test func charactersBeyondLatin1AreRefused() throws {
        let run = try transcript("echo \u{20ac}\n").run
        #expect(run.code == 2)
        #expect(run.errors.contains("U+00FF"))
    }
}

/// Input that no script should be: a clear error or a finding, quickly, and never a crash.
struct SimulateBadInputTests {
    private func simulate(_ bytes: some Sequence<UInt8>, _ options: [String] = []) throws -> ToolRun {
        let folder = try Folder()
        return try ToolRun(["simulate", folder.write(bytes, as: "boot.scr")] + options)
    }

    @Test func emptyFile() throws {
        let run = try simulate([])
        #expect(run.code == 2)
        #expect(run.errors.contains("boot.scr: the file is empty; expected a boot script"))
    }

    @Test func binaryRubbish() throws {
        var generator = SystemRandomNumberGenerator()
        let run = try simulate((0..<10_000).map { _ in UInt8.random(in: 0...255, using: &generator) })
        #expect(run.code == 2)
        #expect(run.errors.contains("expected a boot script"))
    }

    @Test(arguments: [7, 30, 68, 80])
    func scriptImageWithAWrongByte(_ index: Int) throws {
        var image = try ScriptImage.encode(text: Array("echo hello, this is a script\n".utf8))
        image[index] ^= 0x55
        let run = try simulate(image)
        #expect(run.code == 2)
        #expect(run.errors.contains("checksum is wrong"), "\(run.errors)")
    }

    @Test func imageOfAnotherType() throws {
        let run = try simulate(LegacyImage(type: .kernel).encode(data: [1, 2, 3, 4]))
        #expect(run.code == 2)
        #expect(run.errors.contains("expected a script image"))
    }

    @Test func hugeScriptIsRefusedAndTheLimitCanBeRaised() throws {
        let text = [UInt8](repeating: UInt8(ascii: "#"), count: 17 << 20)
        let run = try simulate(text)
        #expect(run.code == 2)
        #expect(run.errors.contains("larger than 16777216 bytes; --max-script raises the limit"))
        #expect(try simulate(text, ["--max-script", "20000000"]).code == 0)
    }

    @Test(arguments: ["a loop", "a variable that runs itself", "constructs in constructs"])
    func endlessScriptsReachALimit(_ kind: String) throws {
        let text =
            switch kind {
            case "a loop": "while true; do true; done\n"
            case "a variable that runs itself": "setenv a 'run a'; run a\n"
            default:
                String(repeating: "if true; then\n", count: 10_000) + String(repeating: "fi\n", count: 10_000)
            }
        let run = try simulate(text.utf8, ["--max-steps", "100000"])
        #expect(run.code == 1)
        #expect(run.output.contains("[UB-LIMIT]"))
        #expect(
            run.output.contains("boot.scr:1:") || run.output.contains("boot.scr:2")
                || run.output.contains("variable a:1:"))
    }

    @Test func alternatingQuotesEndQuickly() throws {
        let run = try simulate(("echo " + String(repeating: "'\"", count: 10_000) + "\n").utf8)
        #expect(run.code == 0 || run.code == 1)
    }

    @Test(arguments: ["/no/such/root", "/dev/null"])
    func unreadableRoot(_ root: String) throws {
        let run = try simulate("echo\n".utf8, ["--root", root])
        #expect(run.code == 2)
        #expect(run.errors.contains(root))
    }

    @Test(arguments: ["rpi5", "qemu-arm64-vir"])
    func unknownBoard(_ board: String) throws {
        let run = try simulate("echo\n".utf8, ["--board", board])
        #expect(run.code == 2)
        #expect(run.errors.contains("unknown board '\(board)'"))
    }

    @Test func deviceTreeCutAnywhere() throws {
        let tree = try DeviceTreeDocument(
            root: DeviceTreeNode("", [.init("a", strings: "b")], children: [DeviceTreeNode("chosen")])
        ).blob()
        let folder = try Folder()
        let script = try folder.write(
            "tftpb 50000000 cut.dtb\nfdt addr 50000000\nfdt resize 100\nfdt set /chosen x y\nfdt print\n",
            as: "boot.scr")
        for count in stride(from: 1, to: tree.count, by: 7) {
            _ = try folder.write(tree.prefix(count), as: "cut.dtb")
            let run = try ToolRun(["simulate", script])
            #expect(run.code == 0 || run.code == 1, "\(count): \(run.errors)")
        }
    }
}
