import Testing

@testable import Boards

struct BoardErrorTests {
    /// A board file with one thing wrong, and what is said about it behind the file's path.
    struct Mistake: Sendable, CustomTestStringConvertible {
        var lines: [String]
        var message: String
        var testDescription: String { message }

        init(_ lines: String..., says message: String) {
            self.lines = lines
            self.message = message
        }
    }

    private static let start = ["u-boot: {version: 2023.01}"]
    private static let ram = "memory: {ram: [{start: 0x1000, size: 1M}]}"
    private static let commands = "commands: [md, fdt]"

    private static let rest = (start + [ram, commands]).joined(separator: "\n")

    private static func complete(_ mistake: Mistake) -> String {
        var lines = start
        for (key, line) in [("memory:", ram), ("commands:", commands)]
        where !mistake.lines.contains(where: { $0.hasPrefix(key) }) { lines.append(line) }
        return (mistake.lines + lines).joined(separator: "\n") + "\n"
    }

    static let mistakes: [Mistake] = [
        Mistake(
            "memory: {ram: [{start: 1M, size: 1M}], rom: [{start: 0, size: 4K, sector: 8}]}",
            says: "1:75: memory.rom.[0].sector: a sector has at least 512 bytes, found 8"),
        Mistake(
            "memory: {ram: [{start: 1M, size: 1M, sector: 4K}]}",
            says: "1:46: memory.ram.[0].sector: only a range of read-only memory has sectors"),
        Mistake(
            "devices: {nand: [{page: 2K, block: 3K, size: 6K}]}",
            says: "1:36: devices.nand.[0].block: no device has a block of 3072 bytes with pages of 2048"),
        Mistake("memory: {ram: []}", says: "1:15: memory.ram: expected at least one range of RAM"),
        Mistake(
            "memory:", "  ram: [{start: 0, size: 1M}, {start: 0xff000, size: 1M}]",
            says: "2:31: memory.ram.[1]: [0xff000, 0x1ff000) overlaps ram [0x0, 0x100000)"),
        Mistake(
            "memory:", "  ram: [{start: 0, size: 1M}]", "  bus:", "    - {start: 0xfffff, size: 1}",
            says: "4:7: memory.bus.[0]: [0xfffff, 0x100000) overlaps ram [0x0, 0x100000)"),
        Mistake(
            "memory: {ram: [{start: 4K, size: 0}]}",
            says: "1:16: memory.ram.[0]: the range at 0x1000 has no bytes"),
        Mistake(
            "memory: {ram: [{start: 0xffffffffffffffff, size: 1}]}",
            says: "1:16: memory.ram.[0]: 0x1 bytes at 0xffffffffffffffff do not fit in 64 bits"),
        Mistake(
            "memory: {ram: [{start: 12Q, size: 1}]}",
            says: "1:24: memory.ram.[0].start: expected a number such as 0x40000000, 4096 or 64M, got '12Q'"),
        Mistake(
            "memory: {ram: [{start: 0, size: 1M}], reserved: [{start: 0xff000, size: 8K, why: x}]}",
            says: "1:50: memory.reserved.[0]: [0xff000, 0x101000) is not inside one range of RAM"),
        Mistake(
            "memory: {ram: [{start: 0, size: 1M, bytes: 00}]}",
            says: "1:16: memory.ram.[0]: only a range of read-only memory has content, either 'file' or 'bytes'"),
        Mistake(
            "memory: {ram: [{start: 1M, size: 1M}], rom: [{start: 0, size: 2, bytes: 01 0203}]}",
            says: "1:73: memory.rom.[0].bytes: 3 bytes do not fit in 0x2"),
        Mistake(
            "memory: {ram: [{start: 1M, size: 1M}], rom: [{start: 0, size: 2, bytes: 010}]}",
            says: "1:73: memory.rom.[0].bytes: expected pairs of hexadecimal digits such as '0a 00 00 14'"),
        Mistake(
            "memory: {ram: [{start: 0, size: 1M}], ran: []}",
            says: "1:39: memory: unknown key 'ran', did you mean 'ram'?"),
        Mistake(
            "load-adress: 0x1000", says: "1:1: unknown key 'load-adress', did you mean 'load-address'?"),
        Mistake(
            "commands: [md, fdt, setenvv]",
            says: "1:21: commands.[2]: unknown command 'setenvv', did you mean 'setenv'?"),
        Mistake(
            "commands: [warpdrive9000]",
            says: "1:12: commands.[0]: unknown command 'warpdrive9000'; "
                + "give the text of 'help' instead of names for commands that ibtest lacks"),
        Mistake("commands: [md, md]", says: "1:16: commands.[1]: the command 'md' is there already"),
        Mistake(
            "commands: |", "  md  - memory display", "  Unknown command",
            says: "1:11: commands: expected lines 'NAME - SUMMARY' as 'help' prints them, got 'Unknown command'"),
        Mistake("usage: {mdd: x}", says: "1:9: usage.mdd: the board has no command 'mdd', did you mean 'md'?"),
        Mistake("fdt: [aply]", says: "1:7: fdt.[0]: unknown value 'aply', did you mean 'apply'?"),
        Mistake("console: []", says: "1:10: console: expected at least one console device"),
        Mistake(
            "environment: {variables: {a=b: c}}",
            says: "1:27: environment.variables.a=b: 'a=b' is no name of a variable: it is empty or has an '=' or a NUL"),
        Mistake(
            "environment: {runtime: {'': c}}",
            says: "1:25: environment.runtime.: '' is no name of a variable: it is empty or has an '=' or a NUL"),
        Mistake(
            "environment: {variables: {a: ''}}",
            says: "1:27: environment.variables.a: the variable 'a' has no value, and U-Boot keeps none without"),
        Mistake(
            "environment: {variables: {abc: d}, size: 6}",
            says: "1:42: environment.size: the environment has 7 bytes, more than 6"),
        Mistake(
            "environment: {variables: {a: b, a: c}}",
            says: "1:33: environment.variables: duplicate key 'a', first at 1:27"),
        Mistake(
            "environment: {file: one.env, variables: {a: b}}",
            says: "1:42: environment.variables.a: the variable 'a' is there already"),
        Mistake(
            "environment: {file: none.env}",
            says: "1:21: environment.file: cannot read FOLDER/none.env: No such file or directory"),
        Mistake(
            "environment: {file: .}", says: "1:21: environment.file: cannot read FOLDER/.: Is a directory"),
        Mistake(
            "environment: {file: one.env/x}",
            says: "1:21: environment.file: cannot read FOLDER/one.env/x: Not a directory"),
        Mistake(
            "device-tree: {file: one.env, address: 4K}",
            says: "1:21: device-tree.file: FOLDER/one.env is no device tree: FDT_ERR_TRUNCATED"),
        Mistake("device-tree: {file: tree.dtb}", says: "1:14: device-tree: expected 'address', 'control' or both"),
        Mistake(
            "device-tree: {file: tree.dtb, address: 0}",
            says: "1:40: device-tree.address: [0x0, 0x48) is not inside one range of RAM"),
        Mistake(
            "device-tree: {file: tree.dtb, address: 4K, size: 0x47}",
            says: "1:50: device-tree.size: the device tree needs at least 0x48 bytes, not 0x47"),
        Mistake(
            "device-tree: {file: tree.dtb, address: 4K, size: 2G}",
            says: "1:50: device-tree.size: a device tree has less than 0x80000000 bytes, not 0x80000000"),
        Mistake(
            "device-tree: {file: tree.dtb, address: 4K, control: 0x1047}",
            says: "1:53: device-tree.control: [0x1047, 0x108f) overlaps the device tree [0x1000, 0x1048)"),
        Mistake(
            "network: {device: eth0, dhcp: {a=: b}}",
            says: "1:32: network.dhcp.a=: "
                + "'a=' is no name of a variable: it is empty or has an '=' or a NUL"),
        Mistake("memory: {}", says: "1:9: memory: missing key 'ram'"),
    ]

    @Test(arguments: mistakes)
    func saysWhereAndWhat(_ mistake: Mistake) throws {
        let folder = try ScratchFolder()
        try folder.write("a=1\n", to: "one.env")
        try folder.write(SmallTree.bytes, to: "tree.dtb")
        let file = try folder.write(Self.complete(mistake), to: "board.yaml")
        let error = #expect(throws: BoardError.self) { try Board(file: file) }
        let expected = "\(file):\(mistake.message.replacing("FOLDER", with: folder.path))"
        #expect(error.map(String.init(describing:)) == expected)
    }

    @Test(arguments: [
        ("a=1\nb\n", "2:1: expected NAME=VALUE"),
        ("=1\n", "1:1: expected NAME=VALUE"),
        ("a=1\n\na=2\n", "3:1: the variable 'a' is there already"),
        ("a\0=1\n", "1:1: 'a\0' is no name of a variable: it is empty or has an '=' or a NUL"),
    ])
    func mistakesInAnEnvironmentFileHaveItsLine(_ text: String, _ message: String) throws {
        let folder = try ScratchFolder()
        let environment = try folder.write(text, to: "x.env")
        let board = try folder.write("environment: {file: x.env}\n" + Self.rest, to: "b.yaml")
        let error = #expect(throws: BoardError.self) { try Board(file: board) }
        #expect(error.map(String.init(describing:)) == "\(environment):\(message)")
    }

    @Test func aFileThatIsNoneIsAnError() throws {
        let folder = try ScratchFolder()
        let file = try folder.write("", to: "empty.yaml")
        #expect(throws: BoardError.self) { try Board(file: file) }
        let missing = #expect(throws: BoardError.self) { try Board(file: file + "/x.yaml") }
        #expect(missing?.description == "cannot read \(file)/x.yaml: Not a directory")
        let directory = #expect(throws: BoardError.self) { try Board(file: folder.path + "/") }
        #expect(directory?.description == "cannot read \(folder.path)/: Is a directory")
        let large = try folder.write([UInt8](repeating: 32, count: Board.byteLimit + 1), to: "large.yaml")
        let error = #expect(throws: BoardError.self) { try Board(file: large) }
        #expect(error?.description == "\(large) is larger than 1048576 bytes")
    }

    @Test func everyBeginningOfABoardFileIsRefusedOrRead() throws {
        let folder = try ScratchFolder()
        let text = Array(("description: x\n" + Self.rest).utf8)
        for count in text.indices {
            let file = try folder.write(Array(text[..<count]), to: "cut.yaml")
            _ = try? Board(file: file)
        }
    }

    @Test func everyBeginningOfADeviceTreeIsRefusedOrRead() throws {
        let folder = try ScratchFolder()
        let board = try folder.write("device-tree: {file: cut.dtb, address: 4K}\n" + Self.rest, to: "b.yaml")
        for count in SmallTree.bytes.indices {
            try folder.write(Array(SmallTree.bytes[..<count]), to: "cut.dtb")
            #expect(throws: BoardError.self) { try Board(file: board) }
        }
    }
}
