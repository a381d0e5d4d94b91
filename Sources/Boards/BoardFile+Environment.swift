internal import UBoot
internal import YAML

/// The environment of a board, checked.
extension BoardFile {
    private static let usualEnvironmentSize: UInt64 = 0x3fffc

    /// Sets the default environment, what U-Boot adds to it and the size of its storage.
    func setEnvironment(of machine: inout MachineDescription) throws(BoardError) {
        let size = environment?.size?.value.value ?? Self.usualEnvironmentSize
        var defaults: [ByteString: ByteString] = [:]
        if let file = environment?.file {
            defaults = try EnvironmentFile(BoardFolder.read(file), file: BoardFolder.path(file)).variables
        }
        for (name, value, place) in try variables(environment?.variables) {
            // Another board file than the one that names the environment may change what is in there.
            guard defaults[name] == nil || place.file != environment?.file?.place.file else {
                throw BoardError(.duplicateVariable(name.display), at: place)
            }
            defaults[name] = value
        }
        let runtime = try values(environment?.runtime)
        // Behind each variable is a NUL, and one more at the end.
        let byteCount = defaults.merging(runtime) { $1 }.reduce(1) { $0 + $1.key.count + $1.value.count + 2 }
        guard byteCount <= size else {
            throw BoardError(.environmentTooLarge(byteCount: byteCount, size: size), at: environment?.size?.place)
        }
        if let storage = environment?.storage {
            switch storage.kind {
            case .nowhere: machine.environmentStorage = .nowhere
            case .fat:
                machine.environmentStorage = .fat(
                    interface: storage.interface?.rawValue ?? "mmc", device: storage.device ?? "0:1",
                    file: storage.file ?? "uboot.env")
            }
        }
        machine.environmentCapacity = Int(clamping: size)
        machine.defaultEnvironment = defaults
        machine.runtimeEnvironment = runtime
    }

    /// The variables of a mapping, those without a value left out.
    func values(_ mapping: OrderedMapping<String?>?) throws(BoardError) -> [ByteString: ByteString] {
        var values: [ByteString: ByteString] = [:]
        for (name, value, _) in try variables(mapping) { values[name] = value }
        return values
    }

    /// Names and values that U-Boot would take; nil for a variable that a board takes away from the one it extends.
    private func variables(
        _ mapping: OrderedMapping<String?>?
    ) throws(BoardError) -> [(name: ByteString, value: ByteString?, place: SourcePlace)] {
        var variables: [(name: ByteString, value: ByteString?, place: SourcePlace)] = []
        for entry in mapping?.entries ?? [] {
            guard !entry.key.isEmpty, !entry.key.utf8.contains(UInt8(ascii: "=")), !entry.key.utf8.contains(0) else {
                throw BoardError(.badVariableName(entry.key), at: entry.place)
            }
            guard entry.value.map(\.isEmpty) ?? (extends == nil) == false else {
                throw BoardError(.emptyVariable(entry.key), at: entry.place)
            }
            variables.append((ByteString(utf8: entry.key), entry.value.map { ByteString(utf8: $0) }, entry.place))
        }
        return variables
    }
}
