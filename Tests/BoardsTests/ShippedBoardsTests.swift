import Testing
import UBoot

@testable import Boards

struct ShippedBoardsTests {
    private static let all = [
        "fvp-base", "generic", "hikey", "kria-k26", "odroid-n2", "pine64-plus", "qemu-arm-virt", "qemu-arm64-virt",
        "qemu-arm64-virt-debian13", "rockpro64", "rpi3", "rpi4", "x86-pc", "zcu102", "zcu104",
    ]

    private func board(_ name: String) throws -> Board { try Board.named(name, in: [Transcript.boards]) }

    @Test func theListOfBoardsIsComplete() {
        #expect(Board.known(in: [Transcript.boards]).map(\.name) == Self.all)
    }

    @Test(arguments: ["qemu-arm64-virt", "qemu-arm64-virt-debian13", "rpi4", "rpi3", "qemu-arm-virt", "x86-pc"])
    func answersAsTheRealBoard(_ name: String) throws {
        let transcript = try Transcript(name)
        var machine = try board(name).machine()
        for expected in transcript.commands {
            let typed = machine.type(Array(expected.command.utf8), source: "<test>").commands.first
            #expect(typed?.output.latin1 == expected.output, "\(expected.command)")
            #expect(typed?.status == expected.status, "\(expected.command)")
        }
    }

    @Test func theTreesAreTheRealOnesByteForByte() throws {
        let machine = try board("qemu-arm64-virt").machine()
        let bytes = try machine.memory.read(AddressRange(start: 0x4000_0000, size: 0x10_0000))
        #expect(Array(bytes[0..<8]) == [0xd0, 0x0d, 0xfe, 0xed, 0, 0x10, 0, 0])
        #expect(try machine.memory.read(AddressRange(start: 0xbedb_6db0, size: 0x10_0000)) == bytes)
    }

    @Test func loadsAreRefusedWhereUBootLies() throws {
        let virt = try board("qemu-arm64-virt").description
        #expect(virt.reserved == [AddressRange(start: 0xbddb_2000, size: 0x224_e000)])
        let pi = try board("rpi4")
        #expect(pi.reservations.map(\.range.end) == [0x1000, 0x3b40_0000])
        #expect(pi.prompt == "U-Boot> ")
        #expect(pi.description.fdtFeatures == ["apply", "boardsetup"])
    }

    @Test func theTreeOfThePiHasTheMemoryOfTheBoard() throws {
        var machine = try board("rpi4").machine()
        let text = Array("fdt addr $fdt_addr\nfdt print /memory@0 reg\n".utf8)
        let output = machine.type(text, source: "<test>").commands.map(\.output)
        let reg = "<0x00000000 0x00000000 0x3b400000 0x00000000 0x40000000 0xbc000000>"
        #expect(output == ["Working FDT set to 2eff8000\n", "reg = \(ByteString(utf8: reg))\n"])
    }

    @Test(arguments: all)
    func runsAScript(_ name: String) throws {
        let board = try board(name)
        let text = "setenv a 1; if test ${a} = 1; then echo ran; fi\necho $fdtcontroladdr\n"
        let simulation = Simulation(board: board, limits: Limits(), files: NoFiles())
        let bank = try #require(
            board.description.banks.filter { $0.kind == .ram }.max { $0.range.size < $1.range.size })
        let outcome = try simulation.run(
            ScriptFile(Array(text.utf8)), name: "boot.scr", path: "boot.scr",
            at: Address(bank.range.start.value + 0x100_0000))
        #expect(outcome.record.ending == .prompt)
        #expect(outcome.record.console.latin1.contains("\nran\n"))
        #expect(outcome.record.notExecuted.isEmpty)
    }

    @Test(arguments: all.filter { !["qemu-arm-virt", "x86-pc"].contains($0) })
    func startsAKernel(_ name: String) throws {
        let board = try board(name)
        var machine = try board.machine()
        let bank = try #require(
            board.description.banks.filter { $0.kind == .ram }.max { $0.range.size < $1.range.size })
        let kernel = Address(bank.range.start.value + 0x400_0000)
        let tree = Address(bank.range.start.value + 0x800_0000)
        let blob = try #require(machine.treeBlob(at: board.description.controlTree ?? 0))
        #expect(try machine.place(SmallKernel.bytes, file: "Image", path: nil, at: kernel))
        #expect(try machine.place(blob, file: "board.dtb", path: nil, at: tree))
        let lines = "fdt addr \(tree)\nfdt resize 1000\nfdt set /chosen bootargs x\nbooti \(kernel) - \(tree)\n"
        let (typed, ending) = machine.type(Array(lines.utf8), source: "<test>")
        #expect(ending == .handOff, "\(typed.map(\.output.latin1))")
    }

    @Test func theGenericBoardHasEveryCommand() throws {
        #expect(try board("generic").description.commands == Machine.knownCommands)
    }
}

/// A network without files.
private struct NoFiles: FileServer {
    func open(_ name: ByteString) throws(FileRefusal) -> ServedFile { throw .notFound }
}

/// An arm64 Image of one page.
private enum SmallKernel {
    static var bytes: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 4096)
        bytes.replaceSubrange(16..<24, with: [0, 0x10, 0, 0, 0, 0, 0, 0])
        bytes[24] = 0xa
        bytes.replaceSubrange(56..<60, with: Array("ARM".utf8) + [0x64])
        return bytes
    }
}
