/// Why a file cannot be attached as a disk.
public enum DiskError: Error, Sendable, Equatable {
    /// The system that runs ibtest refuses it: an `errno`.
    case unreadable(errno: Int32)
    /// It is a folder, a device or something else that is not a regular file.
    case notAFile
    /// There is not a single byte.
    case empty
    /// The length is not a multiple of a block.
    case unevenSize(byteCount: Int)
    /// It is a compressed file or an image of another kind.
    case notRaw(format: String, remedy: String)
}

extension DiskError: CustomStringConvertible {
    /// The sentence without the file's name.
    public var description: String {
        switch self {
        case .unreadable(let number): "cannot read the disk image: \(Self.text(errno: number))"
        case .notAFile: "expected a disk image, found no regular file"
        case .empty: "the disk image is empty"
        case .unevenSize(let count): "a disk image has a multiple of \(Disk.blockSize) bytes, this one has \(count)"
        case .notRaw(let format, let remedy): "expected a raw disk image, found \(format); \(remedy)"
        }
    }
}
