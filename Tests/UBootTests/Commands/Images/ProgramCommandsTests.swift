import Testing

@testable import UBoot

struct ProgramCommandsTests {
    /// A file with one segment of four bytes, for 0x44000000 and with twelve zeros behind it.
    private static let program: [UInt8] = {
        func bytes(_ value: UInt64, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
        }
        let identity: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9)
        let header =
            identity + bytes(2, 2) + bytes(183, 2) + bytes(1, 4) + bytes(0x4400_0000, 8) + bytes(64, 8) + bytes(0, 8)
            + bytes(0, 4) + bytes(64, 2) + bytes(56, 2) + bytes(1, 2) + bytes(64, 2) + bytes(0, 4)
        let segment =
            bytes(1, 4) + bytes(7, 4) + bytes(120, 8) + bytes(0x4400_0000, 8) + bytes(0x4400_0000, 8) + bytes(4, 8)
            + bytes(16, 8) + bytes(0, 8)
        return header + segment + [1, 2, 3, 4]
    }()

    static let rows: [Exchange] = [
        Exchange("bootelf 60000000", "## No elf image at address 0x60000000\n", 1),
        Exchange("bootelf -x 50000000", "## No elf image at address 0x40200000\n", 1),
        Exchange("bootelf -s 50000000", ""),
        Exchange(
            "bootelf -p 50000000; md.b 44000000 4", "44000000: 01 02 03 04                                      ....\n"
        ),
        Exchange(
            "setenv autostart yes; bootelf -p 50000000", "## Starting application at 0x44000000 ...\n", nil),
        Exchange("go 50000000 a b", "## Starting application at 0x50000000 ...\n", nil),
    ]

    @Test(arguments: rows)
    func answersAsTheRealOne(_ row: Exchange) throws {
        try row.check(with: [(Self.program, 0x5000_0000)])
    }
}
