/// Why there is no script to run in a legacy image; U-Boot's own message is in the name's comment.
public enum ScriptImageError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Not a legacy image at all ("Wrong image format", when it is no FIT either).
    case notLegacyImage(ImageFormatError)
    /// The header was changed ("Bad header crc").
    case badHeaderChecksum
    /// The data was changed or is incomplete ("Bad data crc").
    case badDataChecksum
    /// An image of another type ("Bad image type").
    case notScript(LegacyImageType)
    /// The first size is zero ("Empty Script").
    case empty
    /// No zero word ends the sizes before the bytes do; U-Boot would read on.
    case unterminatedTable
    /// The first size is more than the bytes that follow the table; U-Boot would read on.
    case truncated(need: Int, have: Int)

    /// What is wrong with the image.
    public var description: String {
        switch self {
        case .notLegacyImage(let error): "not a legacy image: \(error)"
        case .badHeaderChecksum: "the checksum of the header is wrong"
        case .badDataChecksum: "the checksum of the data is wrong"
        case .notScript(let type): "the image is of type '\(type)' (\(type.rawValue)), not a script"
        case .empty: "the script is empty"
        case .unterminatedTable: "the table of sizes has no end"
        case .truncated(let need, let have): "the script has \(need) bytes and only \(have) are there"
        }
    }
}
