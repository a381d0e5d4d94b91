import CZlib

/// The CRC-32 of zlib, gzip and U-Boot (polynomial 0xedb88320, reflected).
///
/// `continuing` is the result for the bytes before these.
public func crc32(_ bytes: RawSpan, continuing: UInt32 = 0) -> UInt32 {
    crc32(bytes, continuing: continuing, chunkByteCount: 1 << 30)
}

/// zlib counts in 32 bits, so that more than 4 GiB have to be given to it in chunks.
func crc32(_ bytes: RawSpan, continuing: UInt32, chunkByteCount: Int) -> UInt32 {
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

/// The same of an array.
public func crc32(_ bytes: [UInt8], continuing: UInt32 = 0) -> UInt32 {
    unsafe crc32(bytes.span.bytes, continuing: continuing)
}
