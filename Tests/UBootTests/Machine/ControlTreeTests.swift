import DeviceTree
import Testing

@testable import UBoot

struct ControlTreeTests {
    private static func board() throws -> MachineDescription {
        var description = TestBoard.description()
        description.controlTree = 0xbedb_6db0
        description.runtimeEnvironment = ["fdtcontroladdr": "bedb6db0"]
        for address in [Address(0x4000_0000), 0xbedb_6db0] {
            description.presets.append(.init(label: nil, address: address, bytes: TestTree.tight, size: 0x10_0000))
        }
        return description
    }

    @Test func treeTakesQEMUsRoomAndMovesUBoot() throws {
        var description = try Self.board()
        try description.setControlTree(TestTree.board)
        let size = (TestTree.board.count + 10000) * 2
        let start = 0xbedb_6db0 + 0x10_0000 - (size + 31) / 32 * 32
        #expect(description.controlTree == Address(UInt64(start)))
        #expect(description.runtimeEnvironment["fdtcontroladdr"] == "\(hex: start)")
        #expect(description.reserved[0].start.value % 0x1000 == 0)
        #expect(description.reserved[0].end == 0xc000_0000)
        let machine = try Machine(description)
        for address in [Address(0x4000_0000), Address(UInt64(start))] {
            #expect(try machine.treeHeader(at: address).totalSize == UInt32(size))
        }
    }

    @Test func whatIsNoTreeIsRefused() throws {
        var description = try Self.board()
        #expect(throws: FDTError.badMagic) { try description.setControlTree([UInt8](repeating: 0, count: 64)) }
        #expect(throws: FDTError.truncated) { try description.setControlTree(Array(TestTree.board.prefix(64))) }
    }
}
