/// Legacy images that hold a script for U-Boot's `source`.
public enum ScriptImage {
    /// The image that `mkimage -T script -C none` writes; `time` is in seconds since 1970 UTC.
    ///
    /// Throws `emptyPart` for an empty text, which U-Boot would refuse, and `tooLarge`.
    public static func encode(
        text: [UInt8],
        name: String = "",
        time: UInt32 = 0,
        load: UInt32 = 0,
        entry: UInt32? = nil,
        architecture: LegacyImageArchitecture = .arm64
    ) throws(LegacyImageError) -> [UInt8] {
        let image = LegacyImage(
            type: .script,
            architecture: architecture,
            name: name,
            time: time,
            loadAddress: load,
            entryPoint: entry
        )
        return try image.encode(parts: [text])
    }

    /// The script that `source` would run from the image `bytes` begin with, checked in the order U-Boot checks.
    ///
    /// The shell stops at a NUL in it. `verifiesData` is what `$verify` says.
    public static func text(of bytes: RawSpan, verifiesData: Bool = true) throws(ScriptImageError) -> [UInt8] {
        bytes.array(try textRange(of: bytes, verifiesData: verifiesData))
    }

    /// Where that script lies, in bytes from the start of the image, always within `bytes`.
    ///
    /// The first size is the length; with more than one size the text still starts behind the zero word that ends them.
    /// Neither is held against the image's own data size, as in U-Boot.
    public static func textRange(of bytes: RawSpan, verifiesData: Bool = true) throws(ScriptImageError) -> Range<Int> {
        let header: LegacyImageHeader
        do {
            header = try LegacyImageHeader(bytes)
        } catch {
            throw .notLegacyImage(error)
        }
        guard header.headerChecksumMatches(bytes) else { throw .badHeaderChecksum }
        guard !verifiesData || header.dataChecksumMatches(bytes) else { throw .badDataChecksum }
        guard header.type == .script else { throw .notScript(header.type) }

        var offset = LegacyImageHeader.byteCount
        var byteCount: Int?
        while bytes.byteCount - offset >= 4 {
            let size = bytes.bigEndian(UInt32.self, at: offset)
            offset += 4
            let wanted = byteCount ?? Int(size)
            guard wanted != 0 else { throw .empty }
            byteCount = wanted
            guard size == 0 else { continue }
            guard wanted <= bytes.byteCount - offset else {
                throw .truncated(need: wanted, have: bytes.byteCount - offset)
            }
            return offset..<offset + wanted
        }
        throw .unterminatedTable
    }
}
