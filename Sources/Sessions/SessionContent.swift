internal import BootImages
internal import Compression
internal import FoundationEssentials
internal import UBoot

/// The content of a served file, in one of several forms.
public struct SessionContent: Sendable, Codable {
    /// Bytes as Latin-1 code points.
    public var text: String?
    /// A text that becomes a legacy script image.
    public var script: String?
    /// Two digits a byte.
    public var hex: String?
    /// Bytes in base64.
    public var base64: String?
    /// A gzip file in base64.
    public var gz: String?
    /// A byte and how often it comes.
    public var fill: [Int]?
    /// A size in bytes: byte *i* is `(i*7 + (i>>8)) & 255`.
    public var ramp: Int?

    private static let byteLimit = 1 << 30

    /// Takes bytes as text if they are, else as base64.
    init(_ bytes: [UInt8]) {
        if bytes.allSatisfy({ $0 == 10 || $0 == 9 || (0x20..<0x7f).contains($0) }) {
            text = String(decoding: bytes, as: UTF8.self)
        } else {
            base64 = Data(bytes).base64EncodedString()
        }
    }

    /// The bytes; nil if the form is none of these.
    public func bytes() -> [UInt8]? {
        if let text { return ByteString(latin1: text)?.bytes }
        if let script {
            return ByteString(latin1: script).flatMap { try? ScriptImage.encode(text: $0.bytes, name: "script") }
        }
        if let hex { return Self.bytes(hex: hex) }
        if let base64 { return Data(base64Encoded: base64).map { [UInt8]($0) } }
        if let gz { return Data(base64Encoded: gz).flatMap { Self.unpacked([UInt8]($0)) } }
        if let fill, fill.count == 2, let byte = UInt8(exactly: fill[0]), (0...Self.byteLimit).contains(fill[1]) {
            return [UInt8](repeating: byte, count: fill[1])
        }
        if let ramp, (0...Self.byteLimit).contains(ramp) {
            return (0..<ramp).map { UInt8(truncatingIfNeeded: $0 * 7 + ($0 >> 8)) }
        }
        return nil
    }

    /// The content of a gzip file without optional parts in its header (RFC 1952); its last word is the size.
    private static func unpacked(_ file: [UInt8]) -> [UInt8]? {
        let (headByteCount, tailByteCount) = (10, 8)
        guard file.count >= headByteCount + tailByteCount, file[3] == 0 else { return nil }
        let size = file.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        guard size <= byteLimit else { return nil }
        var bytes = [UInt8](repeating: 0, count: size)
        let stream = Array(file[headByteCount...])
        let result = { (bytes: inout [UInt8]) in
            var span = bytes.mutableSpan
            var output = unsafe span.mutableBytes
            return unsafe Inflate.run(stream.span.bytes, into: &output)
        }(&bytes)
        return result.code == 1 && result.byteCount == size ? bytes : nil
    }

    private static func bytes(hex: String) -> [UInt8]? {
        let digits = Array(hex.utf8)
        guard digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[start..<start + 2], as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        return bytes
    }
}
