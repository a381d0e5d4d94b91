internal import UBoot
internal import YAML

/// The environment of a board, checked.
extension BoardFile {
    private static let usualEnvironmentSize: UInt64 = 0x3fffc

    /// Sets the default environment, what U-Boot adds to it and the size of its storage.
    func setEnvironment(of machine: inout MachineDescription, _ folder: BoardFolder) throws(BoardError) {
        let size = environment?.size?.value.value ?? Self.usualEnvironmentSize
        var defaults: [ByteString: ByteString] = [:]
        if let file = environment?.file {
            defaults = try EnvironmentFile(folder.read(file), file: folder.path(file.value)).variables
        }
        for (name, value, place) in try Self.variables(environment?.variables) {
            guard defaults[name] == nil else { throw BoardError(.duplicateVariable(name.display), at: place) }
            defaults[name] = value
        }
        var runtime: [ByteString: ByteString] = [:]
        for (name, value, _) in try Self.variables(environment?.runtime) { runtime[name] = value }
        // Behind each variable is a NUL, and one more at the end.
        let byteCount = defaults.merging(runtime) { $1 }.reduce(1) { $0 + $1.key.count + $1.value.count + 2 }
        guard byteCount <= size else {
            throw BoardError(.environmentTooLarge(byteCount: byteCount, size: size), at: environment?.size?.place)
        }
        machine.environmentCapacity = Int(clamping: size)
        machine.defaultEnvironment = defaults
        machine.runtimeEnvironment = runtime
    }

    /// Names and values that U-Boot would take.
    static func variables(
        _ mapping: OrderedMapping<String>?
    ) throws(BoardError) -> [(name: ByteString, value: ByteString, place: SourcePlace)] {
        var variables: [(name: ByteString, value: ByteString, place: SourcePlace)] = []
        for entry in mapping?.entries ?? [] {
            guard !entry.key.isEmpty, !entry.key.utf8.contains(UInt8(ascii: "=")), !entry.key.utf8.contains(0) else {
                throw BoardError(.badVariableName(entry.key), at: entry.place)
            }
            guard !entry.value.isEmpty else { throw BoardError(.emptyVariable(entry.key), at: entry.place) }
            variables.append((ByteString(utf8: entry.key), ByteString(utf8: entry.value), entry.place))
        }
        return variables
    }
}
