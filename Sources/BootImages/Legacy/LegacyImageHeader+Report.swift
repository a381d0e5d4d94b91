extension LegacyImageHeader {
    /// The lines that U-Boot's `iminfo` and `bootm` print about the header and table of parts, each with its line feed.
    ///
    /// `bytes` begin with the image, which lies at `address`. The name's bytes are Latin-1 here, so that each byte that
    /// U-Boot sends is one scalar.
    public func report(
        _ bytes: RawSpan, at address: UInt64, showsTime: Bool = true, _ vocabulary: ImageVocabulary = .v2025
    ) -> String {
        var text = "   Image Name:   "
        text.unicodeScalars.append(contentsOf: name.map { Unicode.Scalar($0) })
        text += "\n"
        if showsTime { text += "   Created:      \(Self.calendar(time))\n" }
        text += """
               Image Type:   \(architecture) \(os.name(vocabulary)) \(type.name(vocabulary)) (\(compression))
               Data Size:    \(Self.sizes(dataByteCount))
               Load Address: \(hexadecimal(loadAddress))
               Entry Point:  \(hexadecimal(entryPoint))

            """
        if hasParts {
            text += contents(LegacyImageParts(bytes), at: address)
        } else if type == .firmwareIVT {
            text += highAssuranceBlocks
        }
        return text
    }

    private func contents(_ parts: LegacyImageParts, at address: UInt64) -> String {
        var text = "   Contents:\n"
        for (index, range) in parts.ranges.enumerated() {
            text += "      Image \(index): \(Self.sizes(UInt32(truncatingIfNeeded: range.count)))\n"
            if type == .script && index > 0 {
                text += "       Offset = 0x\(hexadecimal(address &+ UInt64(range.lowerBound)))\n"
            }
        }
        return text
    }

    /// What the signer of an i.MX image needs: all but the signature block, whose place U-Boot computes in 32 bits.
    private var highAssuranceBlocks: String {
        let header = UInt32(Self.byteCount)
        let vectorTable: UInt32 = 0x20
        let reserved: UInt32 = 0x2060
        let start = loadAddress &- header
        let length = dataByteCount &+ header &+ vectorTable &- reserved
        return "HAB Blocks:   0x\(hexadecimal(start))   0x0000   0x\(hexadecimal(length))\n"
    }

    /// The count as C's `%d` shows 32 bits: negative from 2 GiB on.
    private static func sizes(_ byteCount: UInt32) -> String {
        "\(Int32(bitPattern: byteCount)) Bytes = \(humanSize(UInt64(byteCount)))"
    }
}

/// At least eight lower case digits, as C's `%08lx`.
private func hexadecimal(_ value: some FixedWidthInteger & UnsignedInteger) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
}
