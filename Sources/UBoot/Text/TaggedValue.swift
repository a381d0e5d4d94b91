/// A choice as text formats show it: what kind it is, and what belongs to it.
struct TaggedValue: Codable, Equatable {
    var kind: String
    var detail: String?
    var range: AddressRange?

    init(_ kind: String, detail: String? = nil, range: AddressRange? = nil) {
        self.kind = kind
        self.detail = detail
        self.range = range
    }

    /// The error for a kind that does not exist or lacks what belongs to it.
    func mismatch(_ decoder: any Decoder) -> DecodingError {
        .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "unknown or incomplete kind '\(kind)'"))
    }
}
