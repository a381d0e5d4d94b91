internal import Compression

/// The CRC-32 of zlib, gzip and U-Boot (polynomial 0xedb88320, reflected).
///
/// `continuing` is the result for the bytes before these.
public func crc32(_ bytes: RawSpan, continuing: UInt32 = 0) -> UInt32 {
    zlibChecksum(bytes, continuing: continuing)
}

/// The same of an array.
public func crc32(_ bytes: [UInt8], continuing: UInt32 = 0) -> UInt32 {
    unsafe crc32(bytes.span.bytes, continuing: continuing)
}
