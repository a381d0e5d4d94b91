internal import CSystem

extension Array where Element == UInt8 {
    /// Where a text begins at or behind a place; nil if it is not there.
    ///
    /// It is as fast as the C library.
    public func place(of wanted: [UInt8], from start: Int = 0) -> Int? {
        guard start >= 0, start <= count else { return nil }
        let found = unsafe withUnsafeBytes { text in
            unsafe wanted.withUnsafeBytes { wanted in
                unsafe csystem_find(
                    text.baseAddress.map { unsafe $0 + start }, text.count - start, wanted.baseAddress, wanted.count)
            }
        }
        return found < 0 ? nil : start + found
    }
}
