/// Why a legacy image cannot be written.
public enum LegacyImageError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A part without bytes, by its place from 0.
    case emptyPart(index: Int)
    /// More bytes of data than the header's 32-bit field can say.
    case tooLarge(byteCount: Int)

    /// What was given and what was wanted.
    public var description: String {
        switch self {
        case .emptyPart(let index):
            "part \(index) of the legacy image is empty, which would end its table of sizes"
        case .tooLarge(let byteCount):
            "\(byteCount) bytes do not fit a legacy image, which holds less than 4 GiB"
        }
    }
}
