import Digest
internal import Disks

/// The environment on the board's storage: a checksum, and entries with a NUL behind each.
enum StoredEnvironment {
    /// The command `saveenv`.
    static func save(_ machine: inout Machine) -> CommandStatus {
        switch machine.description.environmentStorage {
        case .nowhere:
            machine.print("Saving Environment to nowhere... not possible\n")
            return .failure
        case .fat(let interface, let device, let file):
            machine.print("Saving Environment to FAT... ")
            let place = (ByteString(utf8: interface), ByteString(utf8: device))
            guard let code = write(place, file: ByteString(utf8: file), &machine) else {
                machine.print("OK\n")
                return .success
            }
            machine.print("Failed (\(code))\n")
            return .failure
        case nil:
            machine.recorder.markCurrent(.unsimulated)
            machine.print("ibtest: storing the environment is not simulated\n")
            return .failure
        }
    }

    /// Writes the file; the number of what went wrong after saying it, else nil.
    private static func write(
        _ name: (interface: ByteString, device: ByteString), file: ByteString, _ machine: inout Machine
    ) -> Int? {
        let entries = EnvironmentText.binary(machine.environment.entries)
        let capacity = machine.environment.capacity
        guard entries.count <= capacity else {
            machine.print("Env export buffer too small: \(capacity), but need \(entries.count)\n")
            machine.print("## Error: Cannot export environment: errno = 12\n")
            return 1
        }
        let data = entries + [UInt8](repeating: 0, count: capacity - entries.count)
        guard let (place, volume) = volume(name, &machine) else { return 1 }
        let bytes = EnvironmentTransfer.withBytes(of: checksum(data).littleEndian) + data
        guard (try? volume.write(bytes, to: file.bytes, in: .root, at: 0)) != nil else {
            machine.print(
                "Unable to write \"\(file)\" from \(name.interface)\(place.device.number):\(place.partition)...\n")
            return 1
        }
        return nil
    }

    private static func volume(
        _ name: (interface: ByteString, device: ByteString), _ machine: inout Machine
    ) -> (DiskPlace, FATVolume)? {
        guard let place = machine.diskPlace(name.interface, name.device, allowsWhole: true) else { return nil }
        guard let volume = machine.fatVolume(of: machine.fileSystem(at: place, wanted: .fat)) else {
            let number = "\(place.device.number):\(place.partition)" as ByteString
            machine.print("Unable to use \(name.interface) \(number)...\n")
            return nil
        }
        return (place, volume)
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 { unsafe crc32(bytes.span.bytes) }

    /// What a start of the board finds in its storage: the variables, or nil where there is nothing good.
    static func load(_ machine: inout Machine) -> [ByteString: ByteString]? {
        guard case .fat(let interface, let device, let file)? = machine.description.environmentStorage,
            let (place, volume) = volume((ByteString(utf8: interface), ByteString(utf8: device)), &machine),
            case .entry(let entry)? = volume.find(Array(file.utf8)), !entry.isDirectory
        else { return nil }
        let capacity = machine.environment.capacity
        let runs = volume.runs(of: entry, from: 0, limit: capacity + 4)
        let bytes = runs.runs.flatMap { run in
            run.diskOffset.flatMap { place.device.disk.read($0, run.byteCount) } ?? []
        }
        guard bytes.count == capacity + 4 else { return nil }
        let data = Array(bytes[4...])
        guard Array(bytes[..<4]) == EnvironmentTransfer.withBytes(of: checksum(data).littleEndian) else { return nil }
        var variables: [ByteString: ByteString] = [:]
        for change in EnvironmentText.parse(data, separator: 0, dropsCR: false) {
            if let change, let value = change.value { variables[change.name] = value }
        }
        return variables
    }
}

extension Machine {
    /// Takes the environment that a disk has stored, as a start of the board does; what U-Boot adds stays.
    mutating func loadStoredEnvironment() {
        // What is said meanwhile comes before the prompt.
        var early = self
        guard let variables = StoredEnvironment.load(&early) else { return }
        environment.replace(with: variables.merging(description.runtimeEnvironment) { $1 })
        for name in environment.names { didChangeVariable(name) }
    }
}
