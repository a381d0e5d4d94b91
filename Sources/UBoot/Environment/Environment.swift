/// U-Boot's environment: names and values, the defaults, and the rules that protect some names.
public struct Environment: Sendable {
    /// Why a change was refused.
    public enum Refusal: Error, Sendable, Equatable {
        /// The name has an `=`.
        case illegalName
        /// The value does not fit the type that the name has.
        case wrongType(EnvironmentType)
        /// The name can be written only once.
        case writeOnce
        /// The name is write-once and would be deleted.
        case undeletable
        /// A console name would be deleted.
        case consoleName
        /// There is no memory for the value.
        case noMemory
        /// The device behind the name does not take the value; `message` is what it prints, with line end.
        case device(message: ByteString)
    }

    private var values: [ByteString: ByteString]
    /// Rules from the variable `.flags`, for the names that were there when it was set.
    private var ownRules: [ByteString: EnvironmentRule] = [:]
    /// Bytes of all names and values.
    private var byteCount: Int
    /// The environment that `env default` restores.
    public let defaults: [ByteString: ByteString]
    /// The number of bytes that the stored environment may have.
    public let capacity: Int
    private let consoleDevices: [ByteString]
    /// The value of `IFS`, which the shell asks for at every line.
    private(set) var separators: ByteString?

    /// Starts with the defaults and what the board sets at run time.
    public init(
        defaults: [ByteString: ByteString], runtime: [ByteString: ByteString] = [:], capacity: Int = 0x3fffc,
        consoleDevices: [ByteString] = ["serial"]
    ) {
        self.defaults = defaults
        self.capacity = capacity
        self.consoleDevices = consoleDevices
        values = defaults.merging(runtime) { $1 }
        separators = values["IFS"]
        byteCount = Self.byteCount(of: values)
    }

    /// The value of a name; nil if there is none.
    public subscript(name: ByteString) -> ByteString? { values[name] }

    /// The names in the order U-Boot lists them.
    public var names: [ByteString] { values.keys.sorted() }

    /// All names and values in the order U-Boot lists them.
    public var entries: [(name: ByteString, value: ByteString)] {
        values.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }

    /// The value of a name read as U-Boot's hexadecimal number.
    public func address(_ name: ByteString) -> UInt64? { values[name].map(Numbers.hex) }

    /// Sets a value as U-Boot itself does, without any rule.
    public mutating func set(_ name: ByteString, _ value: ByteString) { store(value, in: name) }

    /// Sets a value, or deletes the name for nil, as a user asks for it.
    ///
    /// `force` lifts the write-once rule but no type check.
    public mutating func change(_ name: ByteString, to value: ByteString?, force: Bool = false) throws(Refusal) {
        guard !name.bytes.contains(UInt8(ascii: "=")) else { throw .illegalName }
        guard let value else {
            try delete(name, force: force)
            return
        }
        let rule = rule(for: name)
        guard rule.type.accepts(value) else { throw .wrongType(rule.type) }
        if rule.isWriteOnce, values[name] != nil, !force { throw .writeOnce }
        try checkDevice(name, value)
        guard byteCount + value.count < Self.memoryLimit else { throw .noMemory }
        store(value, in: name)
    }

    /// Deletes a name; nothing happens if it is not there.
    public mutating func delete(_ name: ByteString, force: Bool = false) throws(Refusal) {
        guard values[name] != nil else { return }
        if Self.consoleNames.contains(name), !force { throw .consoleName }
        if rule(for: name).isWriteOnce, !force { throw .undeletable }
        store(nil, in: name)
    }

    /// Drops everything.
    mutating func clear() {
        values = [:]
        separators = nil
        ownRules = [:]
        byteCount = 0
    }

    /// Takes other values for all; the defaults stay.
    mutating func replace(with others: [ByteString: ByteString]) {
        values = others
        separators = values["IFS"]
        ownRules = [:]
        byteCount = Self.byteCount(of: values)
    }

    /// Puts back all defaults and drops everything else.
    public mutating func reset() {
        replace(with: defaults)
    }

    /// The bytes that a value may have.
    ///
    /// Divergence: U-Boot has what is left of its heap, which is about this.
    static let valueLimit = 4 << 20
    /// The bytes of all names and values that fit, with the same divergence.
    private static let memoryLimit = 8 << 20

    private mutating func store(_ value: ByteString?, in name: ByteString) {
        if let old = values[name] { byteCount -= name.count + old.count }
        if let value { byteCount += name.count + value.count }
        values[name] = value
        if value == nil { ownRules[name] = nil }
        if name == "IFS" { separators = value }
        guard name == ".flags" else { return }
        ownRules = [:]
        for name in values.keys { ownRules[name] = value.flatMap { EnvironmentRule.rule(for: name, inList: $0) } }
    }

    private func rule(for name: ByteString) -> EnvironmentRule { ownRules[name] ?? EnvironmentRule.rule(for: name) }

    private static func byteCount(of values: [ByteString: ByteString]) -> Int {
        values.reduce(0) { $0 + $1.key.count + $1.value.count }
    }

    private static let consoleNames: Set<ByteString> = ["stdin", "stdout", "stderr"]
    private static let baudRates: Set<ByteString> = ["9600", "19200", "38400", "57600", "115200"]

    private func checkDevice(_ name: ByteString, _ value: ByteString) throws(Refusal) {
        if Self.consoleNames.contains(name) {
            let known = value.bytes.split(separator: UInt8(ascii: ",")).contains {
                consoleDevices.contains(ByteString($0))
            }
            guard known else { throw .device(message: "") }
        } else if name == "baudrate" {
            guard Self.baudRates.contains(ByteString(utf8: String(Numbers.decimal(value)))) else {
                throw .device(message: "## Baudrate \(Numbers.decimal(value)) bps not supported\n")
            }
        }
    }
}
