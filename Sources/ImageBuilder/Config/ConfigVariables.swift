public import UBoot

/// A value as it was assigned, and where.
public struct ConfigText: Sendable, Equatable {
    /// The bytes, all quotes and references worked out.
    public var bytes: [UInt8]
    /// The assignment.
    public var place: ScriptPlace

    /// The bytes as text for people.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// A variable of a config: a scalar is an array with nothing but the element 0, as far as anyone can tell.
public struct ConfigVariable: Sendable, Equatable {
    /// The elements of an array by their numbers.
    public var elements: [Int: ConfigText] = [:]
    /// The elements of a variable whose indices are texts, such as `1,0`.
    public var keyed: [String: ConfigText] = [:]
    /// Where it was assigned first.
    public var place: ScriptPlace
    /// Whether another value refers to it.
    public var isRead = false

    init(place: ScriptPlace) {
        self.place = place
    }
}

/// All variables that a config sets, and what it refers to without having set it.
public struct ConfigVariables: Sendable, Equatable {
    /// The variables by name.
    public var byName: [String: ConfigVariable] = [:]
    /// The names in the order of their first assignments.
    public var order: [String] = []
    /// References to nothing, which give the empty text.
    public var unset: [(name: String, place: ScriptPlace)] = []
    /// The first line that ends with a carriage return.
    public var carriageReturn: ScriptPlace?

    /// No variables.
    public init() {}

    /// Whether both have the same variables with the same values, wherever they come from.
    public static func == (left: ConfigVariables, right: ConfigVariables) -> Bool { left.byName == right.byName }

    /// The element 0 of a variable.
    public subscript(name: String) -> ConfigText? { byName[name]?.elements[0] }

    mutating func edit(_ name: String, at place: ScriptPlace, _ body: (inout ConfigVariable) -> Void) {
        if byName[name] == nil { order.append(name) }
        body(&byName[name, default: ConfigVariable(place: place)])
    }

    /// Sets an element, or adds to it.
    mutating func set(_ name: String, _ index: ConfigIndex, _ bytes: [UInt8], adds: Bool, at place: ScriptPlace) {
        edit(name, at: place) { variable in
            switch index {
            case .number(let number):
                let old = adds ? variable.elements[number]?.bytes ?? [] : []
                variable.elements[number] = ConfigText(bytes: old + bytes, place: place)
            case .text(let key):
                let old = adds ? variable.keyed[key]?.bytes ?? [] : []
                variable.keyed[key] = ConfigText(bytes: old + bytes, place: place)
            }
        }
    }
}

/// Which element an assignment is for.
enum ConfigIndex: Equatable {
    case number(Int)
    case text(String)
}

extension ConfigVariables {
    /// Adds variables that the config does not set itself.
    public mutating func addMissing(_ given: [String: [UInt8]]) {
        let place = ScriptPlace(source: "<environment>", line: 1, column: 1)
        for (name, value) in given.sorted(by: { $0.key < $1.key }) where byName[name] == nil {
            set(name, .number(0), value, adds: false, at: place)
        }
    }
}
