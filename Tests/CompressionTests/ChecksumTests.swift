import Testing

@testable import Compression

struct ChecksumTests {
    private let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }

    @Test(arguments: [1, 2, 7, 999, 1000, 1001])
    func chunksDoNotChangeTheResult(chunkByteCount: Int) {
        let inChunks = unsafe zlibChecksum(bytes.span.bytes, continuing: 5, chunkByteCount: chunkByteCount)
        #expect(unsafe inChunks == zlibChecksum(bytes.span.bytes, continuing: 5))
    }
}
