/// Numbers in bytes that were read from a disk, lowest byte first.
extension [UInt8] {
    /// The number of `count` bytes at an index; bytes behind the end count as zero.
    func little(at index: Int, _ count: Int) -> UInt64 {
        var value: UInt64 = 0
        for position in 0..<count where index + position < self.count {
            value |= UInt64(self[index + position]) << (8 * UInt64(position))
        }
        return value
    }

    /// The same as an `Int`, for up to four bytes.
    func littleInt(at index: Int, _ count: Int) -> Int { Int(truncatingIfNeeded: little(at: index, count)) }

    /// Stores the low `count` bytes of a number.
    mutating func store(_ value: Int, at index: Int, _ count: Int) {
        for position in 0..<count { self[index + position] = UInt8(truncatingIfNeeded: value >> (8 * position)) }
    }
}
