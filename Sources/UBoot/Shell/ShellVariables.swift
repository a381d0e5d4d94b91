/// The shell's own variables, which are not in the environment, in the order of their creation.
public struct ShellVariables: Sendable {
    /// The names and values.
    public private(set) var entries: [(name: ByteString, value: ByteString)] = [("HUSH_VERSION", "0.01")]

    /// Whether an empty value takes the variable away, and an empty name is none, as in newer releases.
    private let forgetsEmpty: Bool

    /// The variables at the start.
    init(release: Release) { forgetsEmpty = release >= .v2023_07 }

    /// The value of a name; nil if there is none.
    public subscript(name: ByteString) -> ByteString? { entries.first { $0.name == name }?.value }

    /// The most bytes that a value may have.
    ///
    /// Divergence: U-Boot has what is left of its heap, of which this is about a quarter.
    private static let valueLimit = 4 << 20

    /// Sets a value, of which an empty one deletes or changes nothing by release; false for the variable that is read-only.
    mutating func set(_ name: ByteString, _ value: ByteString) -> Bool {
        if value.isEmpty { return !forgetsEmpty || remove(name) }
        guard value.count < Self.valueLimit, !(name.isEmpty && forgetsEmpty) else { return true }
        guard let index = entries.firstIndex(where: { $0.name == name }) else {
            entries.append((name, value))
            return true
        }
        guard entries[index].value != value else { return true }
        guard index != 0 else { return false }
        entries[index].value = value
        return true
    }

    private mutating func remove(_ name: ByteString) -> Bool {
        guard let index = entries.firstIndex(where: { $0.name == name }) else { return true }
        guard index != 0 else { return false }
        entries.remove(at: index)
        return true
    }
}
