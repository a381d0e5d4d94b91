import BootImages

// The functions under test with arrays for spans, which cannot be written inside `#expect`.

extension ImageKind {
    static func detect(_ bytes: [UInt8]) -> ImageKind { unsafe detect(bytes.span.bytes) }
}

extension Arm64ImageHeader {
    init(_ bytes: [UInt8]) throws(ImageFormatError) { unsafe try self.init(bytes.span.bytes) }
}

extension DeviceTreeHeader {
    init(_ bytes: [UInt8]) throws(ImageFormatError) { unsafe try self.init(bytes.span.bytes) }
}

extension LegacyImageHeader {
    init(_ bytes: [UInt8]) throws(ImageFormatError) { unsafe try self.init(bytes.span.bytes) }

    func headerChecksumMatches(_ bytes: [UInt8]) -> Bool { unsafe headerChecksumMatches(bytes.span.bytes) }

    func dataChecksumMatches(_ bytes: [UInt8]) -> Bool { unsafe dataChecksumMatches(bytes.span.bytes) }

    func report(_ bytes: [UInt8], at address: UInt64) -> String { unsafe report(bytes.span.bytes, at: address) }
}

extension LegacyImageParts {
    init(_ bytes: [UInt8]) { unsafe self.init(bytes.span.bytes) }
}

extension ScriptImage {
    static func text(of bytes: [UInt8], verifiesData: Bool = true) throws(ScriptImageError) -> [UInt8] {
        unsafe try text(of: bytes.span.bytes, verifiesData: verifiesData)
    }

    static func textRange(of bytes: [UInt8], verifiesData: Bool = true) throws(ScriptImageError) -> Range<Int> {
        unsafe try textRange(of: bytes.span.bytes, verifiesData: verifiesData)
    }
}
