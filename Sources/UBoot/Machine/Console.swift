/// The text that the machine printed.
public struct Console: Sendable {
    /// All of it, in order.
    public private(set) var text: [UInt8] = []
    /// Gets each piece as it is printed; nil if nobody watches.
    public var sink: (@Sendable ([UInt8]) -> Void)?
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// How many bytes have been printed.
    public var count: Int { text.count }

    /// What was printed from a position on.
    public func text(from start: Int) -> ByteString { ByteString(text[min(start, text.count)...]) }

    /// Whether more text came than is kept.
    var isFull: Bool { text.count >= limit }

    mutating func print(_ part: ByteString) {
        guard !isFull else { return }
        text += part.bytes
        sink?(part.bytes)
    }
}

extension ByteString {
    /// What U-Boot's `printf` shows of a text: as much as its buffer takes, `CONFIG_SYS_PBSIZE`.
    ///
    /// Divergence: the sizes are those of Debian's QEMU boards; another board may have its own.
    func cutForPrinting(_ release: Release) -> ByteString {
        let limit = release >= .v2025_01 ? 1043 : 531
        return count <= limit ? self : ByteString(bytes.prefix(limit))
    }
}
