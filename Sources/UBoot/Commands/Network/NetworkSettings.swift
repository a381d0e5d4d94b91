/// The addresses that U-Boot's network code keeps for itself.
///
/// They follow the variables that a user changes or imports one by one; dropping the whole environment leaves them as
/// they were. A load that works writes them back into the environment.
struct NetworkSettings {
    private var addresses: [ByteString: IPv4] = [:]
    /// Whether the network card has an address of its own; it has lost it when `ethaddr` was deleted.
    private(set) var hasHardwareAddress = true

    /// The variables that they follow, in the order in which a load writes them.
    private static let names: [ByteString] = ["gatewayip", "netmask", "ipaddr", "serverip", "dnsip"]

    /// Starts with what the environment says.
    init(_ environment: Environment) {
        for name in Self.names { take(environment[name], for: name) }
    }

    /// The address for a variable; 0.0.0.0 if there is none.
    subscript(name: ByteString) -> IPv4 { addresses[name] ?? IPv4("") }

    /// Follows a variable, which nil deletes; other names are ignored.
    mutating func take(_ value: ByteString?, for name: ByteString) {
        if name == "ethaddr" { hasHardwareAddress = value != nil }
        guard Self.names.contains(name) else { return }
        addresses[name] = value.map { IPv4($0) }
    }

    /// The variables that a load sets when it works.
    var variables: [(name: ByteString, value: ByteString)] {
        Self.names.compactMap { name in self[name].isZero ? nil : (name, self[name].text) }
    }
}
