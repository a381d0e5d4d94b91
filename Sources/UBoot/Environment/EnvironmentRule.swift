/// The form that the value of an environment name must have.
public enum EnvironmentType: Character, Sendable, Equatable {
    /// Any text.
    case string = "s"
    /// A decimal number.
    case decimal = "d"
    /// A hexadecimal number.
    case hexadecimal = "x"
    /// A truth value.
    case boolean = "b"
    /// An IPv4 address.
    case ipAddress = "i"
    /// An Ethernet address.
    case macAddress = "m"

    /// Whether a value has this form.
    func accepts(_ value: ByteString) -> Bool {
        switch self {
        case .string: true
        case .decimal: value.bytes.allSatisfy(CharacterClass.isDigit)
        case .hexadecimal: Numbers.isWholeHex(value)
        case .boolean: value.count == 1 && "1yYtT0nNfF".utf8.contains(value.bytes[0])
        case .ipAddress: Self.isIPAddress(value)
        case .macAddress: Self.isMACAddress(value)
        }
    }

    private static func isIPAddress(_ value: ByteString) -> Bool {
        var rest = value.bytes[...]
        for part in 0..<4 {
            let digits = rest.prefix { CharacterClass.isDigit($0) }
            guard (1...3).contains(digits.count) else { return false }
            rest = rest.dropFirst(digits.count)
            guard part < 3 else { break }
            guard rest.first == UInt8(ascii: ".") else { return false }
            rest = rest.dropFirst()
        }
        return rest.isEmpty
    }

    /// Six numbers of one or two hexadecimal digits, with colons between them.
    private static func isMACAddress(_ value: ByteString) -> Bool {
        let parts = value.bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        return parts.count == 6
            && parts.allSatisfy { (1...2).contains($0.count) && $0.allSatisfy { Numbers.isHexDigit($0) } }
    }
}

/// What protects an environment name.
struct EnvironmentRule {
    var type: EnvironmentType
    var isWriteOnce: Bool

    private static let addressNames: Set<ByteString> = ["ipaddr", "gatewayip", "netmask", "serverip", "dnsip"]

    /// U-Boot's own rule for a name.
    static func rule(for name: ByteString) -> EnvironmentRule {
        if addressNames.contains(name) { return EnvironmentRule(type: .ipAddress, isWriteOnce: false) }
        if name == "vlan" || name == "nvlan" { return EnvironmentRule(type: .decimal, isWriteOnce: false) }
        if name == "serial#" { return EnvironmentRule(type: .string, isWriteOnce: true) }
        if isEthernetAddressName(name) { return EnvironmentRule(type: .macAddress, isWriteOnce: true) }
        return EnvironmentRule(type: .string, isWriteOnce: false)
    }

    /// `ethaddr`, `eth1addr` and so on.
    private static func isEthernetAddressName(_ name: ByteString) -> Bool {
        guard name.hasPrefix("eth"), name.bytes.suffix(4).elementsEqual("addr".utf8) else { return false }
        return name.count >= 7 && name.bytes[3..<(name.count - 4)].allSatisfy(CharacterClass.isDigit)
    }

    /// The rule of a list of `name:type[access]`, separated by commas, as in the variable `.flags`; nil if it has none.
    static func rule(for name: ByteString, inList list: ByteString) -> EnvironmentRule? {
        for entry in list.bytes.split(separator: UInt8(ascii: ",")) {
            let parts = entry.split(separator: UInt8(ascii: ":"), maxSplits: 1)
            guard let first = parts.first, ByteString(first) == name else { continue }
            let attributes = parts.count > 1 ? Array(parts[1]) : []
            let type = attributes.first.flatMap { EnvironmentType(rawValue: Character(Unicode.Scalar($0))) } ?? .string
            return EnvironmentRule(type: type, isWriteOnce: attributes.dropFirst().first == UInt8(ascii: "o"))
        }
        return nil
    }
}
