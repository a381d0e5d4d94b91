import Testing

@testable import Boards

struct QuantityTests {
    @Test(arguments: [
        ("0", 0), ("4096", 4096), ("0x40000000", 0x4000_0000), ("0XfF", 255), ("4K", 4096), ("4k", 4096),
        ("2G", 1 << 31), ("0x10M", 16 << 20), ("010", 10), ("0xffffffffffffffff", UInt64.max),
    ])
    func readsNumbers(_ text: String, _ value: UInt64) {
        #expect(Quantity.read(text) == value)
    }

    @Test(arguments: [
        "", "K", "-1", "+1", "0x", "0x-1", "1T", "1KK", "1.5M", "18446744073709551616", "17179869184G", "fff", "1 M",
        "²",
    ])
    func refusesWhatIsNone(_ text: String) {
        #expect(Quantity.read(text) == nil)
    }
}
