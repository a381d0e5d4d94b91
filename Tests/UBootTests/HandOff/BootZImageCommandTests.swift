import Testing

@testable import UBoot

struct BootZImageCommandTests {
    private static let zImage: [UInt8] =
        [UInt8](repeating: 0, count: 0x24) + [0x18, 0x28, 0x6f, 0x01, 0, 0, 0, 0, 0, 0x30, 0, 0]

    private func type(_ line: String) throws -> (output: String, ending: BootRecord.Ending) {
        var description = TestBoard.description()
        description.commands.insert("bootz")
        var machine = try Machine(description)
        try machine.memory.preset(Self.zImage, at: 0x5000_0000)
        try machine.memory.preset(TestTree.board, at: 0x5100_0000)
        let answer = machine.type(Array(line.utf8), source: "<prompt>")
        return (ByteString(answer.commands.flatMap(\.output.bytes)).latin1, answer.ending)
    }

    @Test func imageWithTreeStarts() throws {
        let (output, ending) = try type("bootz 50000000 - 51000000")
        #expect(output.hasPrefix("Kernel image @ 0x50000000 [ 0x000000 - 0x003000 ]\n"))
        #expect(ending == .handOff)
    }

    @Test func otherContentIsRefused() throws {
        #expect(try type("bootz 51000000").output == "zimage: Bad magic!\n")
    }

    @Test func ramdiskMustNotTouchTheKernel() throws {
        let (output, _) = try type("bootz 50000000 50001000:10 51000000")
        #expect(output.hasSuffix("ERROR: RD image overlaps OS image (OS=0x50000000..0x50003000)\n"))
    }
}
