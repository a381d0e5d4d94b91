/// One key or index on the way from the document to a value.
enum PathStep: CodingKey, Equatable {
    case key(String)
    case index(Int)

    init(stringValue: String) { self = .key(stringValue) }
    init(intValue: Int) { self = .index(intValue) }

    var stringValue: String {
        switch self {
        case .key(let name): name
        case .index(let index): "[\(index)]"
        }
    }

    var intValue: Int? {
        switch self {
        case .key(let name): Int(name)
        case .index(let index): index
        }
    }
}

extension [PathStep] {
    /// `memory.[0].size`.
    var text: String { map(\.stringValue).joined(separator: ".") }
}
