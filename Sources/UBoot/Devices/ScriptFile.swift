import BootImages

/// A boot script as it lies in a file: a text, or an image that U-Boot's `source` takes.
public struct ScriptFile: Sendable {
    /// Why a file is no script.
    public enum Failure: Error, Sendable, Equatable {
        /// There is not a single byte.
        case empty
        /// It is something else.
        case notText(kind: String, line: Int, column: Int, byte: UInt8)
        /// A script image that U-Boot refuses.
        case badImage(String)
        /// An image of another type.
        case notScript(String)
    }

    /// The image that goes into memory.
    public let image: [UInt8]

    /// Takes an image as it is, and wraps a text as `mkimage -T script` does.
    public init(_ bytes: [UInt8]) throws(Failure) {
        guard !bytes.isEmpty else { throw .empty }
        if bytes.starts(with: [0x27, 0x05, 0x19, 0x56]) {
            try Self.check(bytes)
            image = bytes
        } else if bytes.starts(with: [0xd0, 0x0d, 0xfe, 0xed]) {
            image = bytes
        } else {
            try Self.checkText(bytes)
            do {
                image = try ScriptImage.encode(text: bytes, name: "script")
            } catch {
                throw .badImage("\(error)")
            }
        }
    }

    private static func check(_ bytes: [UInt8]) throws(Failure) {
        do {
            _ = try unsafe bytes.withUnsafeBytes { try unsafe ScriptImage.text(of: $0.bytes, verifiesData: true) }
        } catch let error as ScriptImageError {
            switch error {
            case .badHeaderChecksum: throw .badImage("the header's checksum is wrong; U-Boot says 'Bad header crc'")
            case .badDataChecksum: throw .badImage("the data's checksum is wrong; U-Boot says 'Bad data crc'")
            case .empty: throw .badImage("the script is empty; U-Boot says 'Empty Script'")
            case .notScript(let type): throw .notScript("\(type)")
            case .truncated(let need, let have): throw .badImage("expected \(need) bytes, found \(have)")
            case .notLegacyImage, .unterminatedTable: throw .badImage("the image is cut short")
            }
        } catch {
            throw .badImage("\(error)")
        }
    }

    private static func checkText(_ bytes: [UInt8]) throws(Failure) {
        let allowed: Set<UInt8> = [9, 10, 12, 13, 27]
        guard let index = bytes.firstIndex(where: { $0 < 0x20 && !allowed.contains($0) || $0 == 0x7f }) else { return }
        let line = bytes[..<index].count { $0 == 10 } + 1
        let column = index - (bytes[..<index].lastIndex(of: 10) ?? -1)
        let kind = unsafe bytes.withUnsafeBytes { unsafe ImageKind.detect($0.bytes) }
        throw .notText(kind: "\(kind)", line: line, column: column, byte: bytes[index])
    }
}

extension ScriptFile.Failure: CustomStringConvertible {
    /// The sentence without the file's name.
    public var description: String {
        switch self {
        case .empty: "the file is empty; expected a boot script"
        case .notText(let kind, let line, let column, let byte):
            "expected a boot script (text, or an image made by mkimage -T script), found "
                + (kind == "unknown" ? "" : "\(kind), with ")
                + "the byte 0x\(hexadecimal(UInt64(byte), width: 2)) at \(line):\(column)"
        case .badImage(let problem): "bad script image: \(problem)"
        case .notScript(let type): "expected a script image, found one of type '\(type)'; U-Boot says 'Bad image type'"
        }
    }
}
