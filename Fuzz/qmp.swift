@testable import Emulation

/// What QEMU's monitor says: read in one piece, and byte by byte, with the same result.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let input = bytes(start, count)
    var whole = QMPReader()
    guard let messages = try? whole.read(input) else { return 0 }
    var slow = QMPReader()
    var others: [QMPMessage] = []
    for byte in input { others += (try? slow.read([byte])) ?? [] }
    precondition(messages == others, "the pieces' sizes matter")
    return 0
}
