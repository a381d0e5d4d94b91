/// Where a menu file and what it names come from.
enum MenuSource {
    /// A disk, by the words of `sysboot`.
    case disk(interface: ByteString, device: ByteString, kind: FileSystem.Kind?)
    /// The network.
    case network

    /// Gets a file into memory and says so.
    ///
    /// - Parameters:
    ///   - name: the name as the menu file has it; one without a slash at its start lies beside `$bootfile`.
    ///   - address: where it goes.
    ///   - call: the command.
    ///   - machine: the machine.
    /// - Returns: its length in bytes; nil if it cannot be had, which is said.
    /// - Throws: `MemoryFault` where the address is no memory.
    func fetch(
        _ name: ByteString, to address: Address, _ call: CommandCall, _ machine: inout Machine
    ) throws -> Int? {
        let path = Self.folder(machine) + name
        let isAbsolute = name.firstOrNUL == UInt8(ascii: "/")
        switch self {
        case .disk(let interface, let device, let kind):
            let path = isAbsolute ? name : path
            machine.printFormatted("Retrieving file: \(path)\n")
            return try Self.read(path, interface, device, kind, to: address, call, &machine)
        case .network:
            machine.printFormatted("Retrieving file: \(path)\n")
            guard try machine.call(["tftpboot", "\(hex: address.value)", path], at: call.place) == 0 else { return nil }
            return machine.environment["filesize"].map { Int(truncatingIfNeeded: Numbers.hex($0)) }
        }
    }

    private static func read(
        _ path: ByteString, _ interface: ByteString, _ device: ByteString, _ kind: FileSystem.Kind?,
        to address: Address, _ call: CommandCall, _ machine: inout Machine
    ) throws -> Int? {
        guard let (place, fileSystem) = machine.filePlace(interface, device, wanted: kind) else { return nil }
        if machine.open(path, in: fileSystem, of: place) == nil {
            switch fileSystem {
            case .fat: machine.printFormatted("** Unable to read file \(path) **\n")
            case .ext: machine.printFormatted("** File not found \(path) **\n")
            }
            FileLoad.note(.fileMissing, path, address, 0, call.place, &machine)
            return nil
        }
        return try FileLoad.read(path, to: address, from: place, fileSystem, at: call.place, &machine)
    }

    /// The same with the address from a variable, which must be a hexadecimal number.
    func fetch(
        _ name: ByteString, toVariable variable: ByteString, _ call: CommandCall, _ machine: inout Machine
    ) throws -> Int? {
        guard let value = Self.variable(variable, &machine), !value.isEmpty, Numbers.isWholeHex(value) else {
            return nil
        }
        return try fetch(name, to: Address(Numbers.hex(value)), call, &machine)
    }

    /// A variable, missed aloud.
    static func variable(_ name: ByteString, _ machine: inout Machine) -> ByteString? {
        guard let value = machine.environment[name] else {
            machine.printFormatted("missing environment variable: \(name)\n")
            return nil
        }
        return value
    }

    /// The part of `$bootfile` up to its last slash.
    private static func folder(_ machine: Machine) -> ByteString {
        let bytes = machine.environment["bootfile"]?.bytes ?? []
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return ByteString(bytes[...slash])
    }
}
