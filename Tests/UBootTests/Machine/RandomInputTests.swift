import BootImages
import DeviceTree
import Testing

@testable import UBoot

/// Input that nobody would write; each test only wants to come to its end.
struct RandomInputTests {
    private static let seeds: [UInt64] = [1, 2, 3, 4]

    /// A small board, so that nothing that a line asks for takes long.
    private func machine(with presets: [TestBoard.Preset] = []) throws -> Machine {
        var limits = Limits()
        limits.steps = 2000
        limits.nesting = 50
        limits.outputByteCount = 1 << 15
        var description = TestBoard.description(ramByteCount: 1 << 20)
        description.banks[0].range.size = 0x10000
        description.banks[1].range = AddressRange(start: 0x10000, size: 0x10000)
        description.loadAddress = 0x4002_0000
        description.defaultEnvironment["loadaddr"] = "40020000"
        description.fdtFeatures = ["apply"]
        var machine = try Machine(description, limits: limits)
        for preset in presets { try machine.memory.preset(preset.bytes, at: preset.address) }
        machine.fileServer = TestServer(files: ["f": TestServer.counting(5000), "t": TestTree.tight])
        return machine
    }

    private static let shellParts = [
        "if ", "then ", "else ", "elif ", "fi", "for ", "i ", "in ", "while ", "until ", "do ", "done", ";", "&&", "||",
        "&", "|", "\n", "\"", "'", "\\", "$", "${", "}", "$x", "$?", "#", "true", "false", "echo ", "x=", "setenv x ",
        "run x", ":-", ":=", " ", "\t", "a", "\u{3}", "\u{4}", "IFS ", "exit", "HUSH_NO_EVAL=1",
    ]

    @Test(arguments: seeds)
    func scriptsOfRandomPartsEnd(_ seed: UInt64) throws {
        var random = SeededBytes(seed: seed)
        var machine = try machine()
        for index in 0..<500 {
            if index % 50 == 0 { machine = try self.machine() }
            let count = Int.random(in: 1...20, using: &random)
            let text = (0..<count).compactMap { _ in Self.shellParts.randomElement(using: &random) }.joined()
            machine.environment.set("x", ByteString(utf8: text))
            _ = machine.type(Array(text.utf8), source: "<prompt>")
            _ = machine.type(Array("run x".utf8), source: "<prompt>")
        }
    }

    @Test(arguments: seeds)
    func scriptsOfRandomBytesEnd(_ seed: UInt64) throws {
        var random = SeededBytes(seed: seed)
        var machine = try machine()
        for index in 0..<400 {
            if index % 50 == 0 { machine = try self.machine() }
            let text = random.bytes(Int.random(in: 1...40, using: &random))
            try machine.memory.preset(try ScriptImage.encode(text: text), at: 0x4002_0000)
            _ = machine.source(at: 0x4002_0000)
            _ = machine.type(text, source: "<prompt>")
        }
    }

    private static let words = [
        "", "-", "0", "1", "4", "8", "10", "100", "1000", "-1", "zz", "ffffffff", "ffffffffffffffff", "40000000",
        "40000001", "40010000", "40020000", "400ffff0", "40100000", "0x40000010", "*40010000", "*0",
        "*ffffffffffffffff",
        "40010000:100", "40020000:ffffffffffffffff", ":", "7fffffff", "80000000", "8000000000000000", "a", "x", "$x",
        "\"$x\"", "'a b'", "\\\\1", "a=b", "bootargs", "ethaddr", "ipaddr", ".flags", "loadaddr", "/", "/soc",
        "/chosen",
        "serial0", "reg", "<1", "2>", "<0x1>", "[1", "ff]", "<?>", "print", "addr", "get", "value", "size", "name",
        "set",
        "mknode", "rm", "move", "resize", "rsvmem", "add", "delete", "memory", "bootcpu", "chosen", "apply", "header",
        "list", "magic", "export", "import", "-t", "-b", "-c", "-s", "-d", "-r", "-a", "-f", "-q", "exists", "default",
        "sub", "gsub", "(a|b)*", "[^a", "a*?", "+", "*", "/", "%", "\"|\"", "\"&\"", "^", "-eq", "==", "=", "<", "!",
        "-o",
        "f", "t", "10.0.2.2:f", "nope", "n", "fdt", "echo", "2", "5", "3",
    ]

    @Test(arguments: seeds)
    func randomCommandLinesEnd(_ seed: UInt64) throws {
        var random = SeededBytes(seed: seed)
        let names =
            TestBoard.commandNames.sorted() + ["fdt", "fdt", "fdt", "fdt", "fdt", "setexpr", "booti", "env", "md.b"]
        let suffixes = ["", "", "", "", ".b", ".w", ".l", ".q", ".s", ".x"]
        var machine = try machine()
        for index in 0..<1000 {
            if index % 25 == 0 {
                machine = try self.machine(with: [
                    (TestTree.board, 0x4001_0000), (TestImage.kernel(imageSize: 0x2000), 0x4002_0000),
                ])
                machine.type(
                    line: "setenv x 'a b'; setenv ipaddr 10.0.2.15; setenv serverip 10.0.2.2; fdt addr 40010000")
            }
            let name = (names.randomElement(using: &random) ?? "") + (suffixes.randomElement(using: &random) ?? "")
            let count = Int.random(in: 0...6, using: &random)
            let words = (0..<count).compactMap { _ in Self.words.randomElement(using: &random) }
            _ = machine.type(Array(([name] + words).joined(separator: " ").utf8), source: "<prompt>")
        }
    }

    // MARK: Device trees

    private static let treeLines = """
        fdt addr 40010000
        fdt header
        fdt print
        fdt list /soc
        fdt get value v / compatible; fdt get size v /; fdt get name v / 1; fdt get addr v /soc reg
        fdt rsvmem print; fdt rsvmem add 1 2; fdt rsvmem delete 0
        fdt mknode /soc n; fdt set /soc/n p <1>; fdt set /chosen q a; fdt rm /soc/n p; fdt rm /soc/n
        fdt memory 1 2; fdt chosen 1 2; fdt bootcpu 1
        fdt resize 100; fdt addr 40010000 2000; fdt move 40010000 40030000 2000
        fdt apply 40010000
        booti 40020000 40040000:10 40010000
        """

    /// A small tree that has a bit of everything.
    private static let tree: [UInt8] = TestTree.blob(
        DeviceTreeNode(
            "", [TestTree.property("compatible", text: "a", "b")],
            children: [
                DeviceTreeNode("aliases", [TestTree.property("ethernet0", text: "/soc")]),
                DeviceTreeNode("soc", [TestTree.property("reg", cells: 1, 2)], children: [DeviceTreeNode("x")]),
            ]), padded: 0)

    private func use(_ tree: [UInt8]) throws {
        var machine = try machine(with: [(tree, 0x4001_0000), (TestImage.kernel(imageSize: 0x2000), 0x4002_0000)])
        for line in Self.treeLines.split(separator: "\n") {
            _ = machine.type(Array(line.utf8), source: "<prompt>")
        }
    }

    @Test func treesCutAtEveryLengthDoNoHarm() throws {
        for length in 1...Self.tree.count { try use(Array(Self.tree.prefix(length))) }
    }

    @Test(arguments: zip([4, 5, 6, 7], [0x00, 0x01, 0x7f, 0xff] as [UInt8]))
    func treesWithAWrongByteDoNoHarm(_ first: Int, _ byte: UInt8) throws {
        for index in stride(from: first, to: Self.tree.count, by: 4) where Self.tree[index] != byte {
            var tree = Self.tree
            tree[index] = byte
            try use(tree)
        }
    }

    @Test(arguments: seeds)
    func treesWithSeveralWrongBytesDoNoHarm(_ seed: UInt64) throws {
        var random = SeededBytes(seed: seed)
        for _ in 0..<15 {
            var tree = Self.tree
            for _ in 0..<4 { tree[Int.random(in: 4..<tree.count, using: &random)] = random.bytes(1)[0] }
            try use(tree)
        }
    }

    @Test func treesAtTheEndOfMemoryDoNoHarm() throws {
        for length in stride(from: 0, through: Self.tree.count, by: 3) {
            let address = Address(0x4010_0000 - UInt64(length))
            var machine = try machine(with: length > 0 ? [(Array(Self.tree.prefix(length)), address)] : [])
            for line in Self.treeLines.replacing("40010000", with: "\(hexadecimal(address.value))").split(
                separator: "\n")
            {
                _ = machine.type(Array(line.utf8), source: "<prompt>")
            }
        }
    }
}
