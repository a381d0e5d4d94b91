/// The CRC-16 that U-Boot calls `crc16-ccitt` (polynomial 0x1021, from 0, not reflected).
public func crc16(_ bytes: RawSpan) -> UInt16 {
    var checksum: UInt16 = 0
    for offset in 0..<bytes.byteCount {
        checksum ^= UInt16(unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)) << 8
        for _ in 0..<8 { checksum = checksum & 0x8000 != 0 ? checksum << 1 ^ 0x1021 : checksum << 1 }
    }
    return checksum
}
