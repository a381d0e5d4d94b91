import BootImages

/// Images for tests, as bytes.
enum TestImage {
    /// An arm64 Image: header and a body that counts up.
    static func kernel(
        byteCount: Int = 4096, imageSize: UInt64 = 0x6000, textOffset: UInt64 = 0, flags: UInt64 = 0xa
    ) -> [UInt8] {
        var bytes = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0) }
        func put(_ value: UInt64, at offset: Int, count: Int) {
            for index in 0..<count { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(index))) }
        }
        put(0x1400_0000, at: 0, count: 8)
        put(textOffset, at: 8, count: 8)
        put(imageSize, at: 16, count: 8)
        put(flags, at: 24, count: 8)
        for offset in [32, 40, 48] { put(0, at: offset, count: 8) }
        put(UInt64(Arm64ImageHeader.magic), at: 56, count: 4)
        put(0, at: 60, count: 4)
        return bytes
    }

    /// The same with the headers of a program for UEFI.
    static func efiKernel() -> [UInt8] {
        var bytes = kernel()
        bytes.replaceSubrange(0..<2, with: Array("MZ".utf8))
        bytes.replaceSubrange(60..<72, with: [64, 0, 0, 0] + Array("PE".utf8) + [0, 0, 0x64, 0xaa, 0, 0])
        bytes.replaceSubrange(72..<90, with: [UInt8](repeating: 0, count: 16) + [0x0b, 0x02])
        return bytes
    }

    /// A legacy image without a time.
    static func legacy(
        _ type: LegacyImageType, _ data: [UInt8], architecture: LegacyImageArchitecture = .arm64, name: String = "test"
    ) -> [UInt8] {
        let image = LegacyImage(type: type, architecture: architecture, name: name)
        guard let bytes = try? image.encode(data: data) else { preconditionFailure("the image cannot be written") }
        return bytes
    }
}
