import DeviceTree
import Testing

struct DeviceTreePropertyTests {
    @Test func numbersAreBigEndian() {
        #expect(DeviceTreeProperty("p", cells: [0x1122_3344]).value == [0x11, 0x22, 0x33, 0x44])
        #expect(DeviceTreeProperty("p", cells: [0x1122_3344]).u32 == 0x1122_3344)
        #expect(DeviceTreeProperty("p", u64: 0x1_0000_0002).cells == [1, 2])
        #expect(DeviceTreeProperty("p", u64: 0xfedc_ba98_7654_3210).u64 == 0xfedc_ba98_7654_3210)
    }

    @Test(arguments: 0...9)
    func numbersNeedTheirLength(count: Int) {
        let property = DeviceTreeProperty("p", bytes: [UInt8](repeating: 1, count: count))
        #expect((property.u32 != nil) == (count == 4))
        #expect((property.u64 != nil) == (count == 8))
        #expect((property.cells != nil) == count.isMultiple(of: 4))
    }

    @Test(
        arguments: [
            ("", nil), ("a", nil), ("\0", [""]), ("a\0", ["a"]), ("a\0b\0", ["a", "b"]), ("a\0\0", ["a", ""]),
        ] as [(String, [String]?)])
    func stringsEndWithNuls(value: String, expected: [String]?) {
        let property = DeviceTreeProperty("p", bytes: bytes(value))
        #expect(property.strings == expected)
        #expect(property.string == (expected?.count == 1 ? expected?.first : nil))
    }

    @Test func bytesThatAreNoTextAreKept() {
        let property = DeviceTreeProperty("p", bytes: [0xff, 0xe9, 0])
        #expect(property.byteStrings == [[0xff, 0xe9]])
        #expect(property.string == "\u{fffd}\u{fffd}")
    }
}
