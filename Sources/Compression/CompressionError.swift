/// A library that unpacks is not there.
public struct CompressionError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Its file.
    public var library: String
    /// Debian's package with it.
    public var package: String

    /// What is missing, and what brings it.
    public var description: String { "\(library) is missing: install \(package)" }
}
