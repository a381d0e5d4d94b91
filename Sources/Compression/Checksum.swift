internal import CZlib

/// The CRC-32 of zlib, gzip and U-Boot (polynomial 0xedb88320, reflected).
///
/// `continuing` is the result for the bytes before these. zlib counts in 32 bits, so that more than 4 GiB have to be
/// given to it in chunks.
public func zlibChecksum(_ bytes: RawSpan, continuing: UInt32 = 0, chunkByteCount: Int = 1 << 30) -> UInt32 {
    precondition(chunkByteCount > 0 && chunkByteCount <= UInt32.max)
    guard !bytes.isEmpty else { return continuing }
    return unsafe bytes.withUnsafeBytes { buffer in
        var checksum = uLong(continuing)
        var start = 0
        while start < buffer.count {
            let end = min(start + chunkByteCount, buffer.count)
            let chunk = unsafe UnsafeRawBufferPointer(rebasing: buffer[start..<end])
            unsafe checksum = CZlib.crc32(
                checksum,
                chunk.baseAddress?.assumingMemoryBound(to: Bytef.self),
                uInt(chunk.count)
            )
            start = end
        }
        return UInt32(truncatingIfNeeded: checksum)
    }
}
