/// Why an archive cannot be read or written.
public enum ArchiveError: Error, Sendable, Equatable {
    /// The system has no libarchive.
    case libraryMissing
    /// libarchive's words about a file.
    case failed(path: String, reason: String)
}

extension ArchiveError: CustomStringConvertible {
    /// The sentence.
    public var description: String {
        switch self {
        case .libraryMissing: "libarchive.so.13 cannot be loaded: install the package libarchive13"
        case .failed(let path, let reason): "\(path): \(reason)"
        }
    }
}
