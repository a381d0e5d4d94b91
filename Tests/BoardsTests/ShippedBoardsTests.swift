import Testing
import UBoot

@testable import Boards

struct ShippedBoardsTests {
    private func board(_ name: String) throws -> Board { try Board.named(name, in: [Transcript.boards]) }

    @Test func theListOfBoardsIsComplete() {
        #expect(
            Board.known(in: [Transcript.boards]).map(\.name) == ["qemu-arm64-virt", "qemu-arm64-virt-debian13", "rpi4"])
    }

    @Test(arguments: ["qemu-arm64-virt", "qemu-arm64-virt-debian13", "rpi4"])
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
}
