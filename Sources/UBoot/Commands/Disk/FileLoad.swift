internal import Disks

/// The commands `load`, `fatload`, `ext2load` and `ext4load`.
struct FileLoad {
    private var name: ByteString
    private var target: Address
    private var limit: Int
    private var position: Int
    private var place: DiskPlace
    /// Whether U-Boot asks first if the target is free.
    private var isChecked = true

    static func run(
        _ call: CommandCall, _ machine: inout Machine, _ wanted: FileSystem.Kind?
    ) throws -> CommandStatus {
        guard call.count >= 2, call.count <= 7 else { return .usage }
        guard let (place, fileSystem) = machine.filePlace(call.word(1), call[2], wanted: wanted) else {
            machine.print("Can't set block device\n")
            note(.noDisk, call[4] ?? "", Address(call.hex(3)), 0, call.place, &machine)
            return .failure
        }
        var target = machine.description.loadAddress
        if let word = call[3] {
            guard !word.isEmpty, Numbers.isWholeHex(word) else { return .usage }
            target = Address(Numbers.hex(word))
        } else if let address = machine.environment.address("loadaddr") {
            target = Address(address)
        }
        guard let name = call[4] ?? machine.environment["bootfile"] else {
            machine.print("** No boot file defined **\n")
            return .failure
        }
        let load = FileLoad(
            name: name, target: target, limit: Int(truncatingIfNeeded: call.hex(5) & UInt64(Int.max)),
            position: Int(truncatingIfNeeded: call.hex(6) & UInt64(Int.max)), place: place)
        guard let count = try load.read(fileSystem, call.place, &machine) else {
            machine.print("Failed to load '\(name)'\n")
            return .failure
        }
        machine.print("\(count) bytes read in 0 ms\n")
        machine.environment.set("fileaddr", "\(hex: target.value)")
        machine.environment.set("filesize", "\(hex: count)")
        return .success
    }

    /// Puts a file of a disk into memory, wherever that is, without U-Boot's messages about success.
    ///
    /// - Returns: the number of bytes; nil if it failed, which is noted.
    static func read(
        _ name: ByteString, to target: Address, from place: DiskPlace, _ fileSystem: FileSystem,
        at script: ScriptPlace, _ machine: inout Machine
    ) throws -> Int? {
        let load = FileLoad(name: name, target: target, limit: 0, position: 0, place: place, isChecked: false)
        return try load.read(fileSystem, script, &machine)
    }

    private func read(
        _ fileSystem: FileSystem, _ script: ScriptPlace, _ machine: inout Machine
    ) throws -> Int? {
        guard let file = machine.open(name, in: fileSystem, of: place) else {
            note(.fileMissing, 0, script, &machine)
            return nil
        }
        let rest = max(0, file.byteCount - position)
        let wanted = limit > 0 ? min(limit, rest) : rest
        let range = AddressRange(start: target, size: UInt64(wanted))
        if isChecked, wanted > 0, !machine.takesFile(range) {
            machine.print("** Reading file would overwrite reserved memory **\n")
            note(machine.refusal(range), UInt64(wanted), script, &machine)
            return nil
        }
        let found = machine.reportingFailedReads(of: place.device.disk) { _ in
            file.runs(from: position, limit: limit)
        }
        if let found {
            try store(found.runs, script, &machine)
            for problem in found.problems { machine.print(Self.text(problem, machine.release)) }
        }
        guard let found, found.isComplete else {
            if case .fat = file, machine.release < .v2025_01 { machine.print("** Unable to read file \(name) **\n") }
            note(.unreadable, UInt64(wanted), script, &machine)
            return nil
        }
        let count = found.runs.reduce(0) { $0 + $1.byteCount }
        machine.recordLoad(
            name, path: place.device.disk.path, range: AddressRange(start: target, size: UInt64(count)),
            source: place.name, place: script)
        return count
    }

    private static func text(_ problem: FATVolume.ChainProblem, _ release: Release) -> ByteString {
        switch problem {
        case .badNumber(let number) where release >= .v2025_01: "Invalid FAT entry: 0x\(hex: number, width: 6)\n"
        case .badNumber(let number): "Error: Invalid FAT entry: 0x\(hex: number, width: 8)\n"
        case .endsEarly: "Invalid FAT entry\n"
        case .unreadable: "Error reading cluster\n"
        }
    }

    /// Brings the runs into memory: mapped where they lie in the image file as they are, else copied.
    private func store(_ runs: [FileRun], _ script: ScriptPlace, _ machine: inout Machine) throws {
        let disk = place.device.disk
        let writer = machine.memory.identify(Provenance(source: .file(name), place: script))
        var next = target
        for run in runs {
            let range = AddressRange(start: next, size: UInt64(run.byteCount))
            next = range.end
            guard let offset = run.diskOffset else {
                try machine.memory.fill(range, with: 0, by: writer)
                continue
            }
            var loaded = 0
            if disk.isUnchanged(offset, run.byteCount), machine.memory.isRAM(range) {
                loaded = try machine.memory.load(
                    descriptor: disk.descriptor, from: offset, into: range, by: writer)
            }
            if loaded < run.byteCount, let bytes = disk.read(offset, run.byteCount) {
                try machine.memory.write(bytes, at: range.start, by: writer)
            }
        }
    }

    private func note(_ reason: FailedLoad.Reason, _ size: UInt64, _ script: ScriptPlace, _ machine: inout Machine) {
        Self.note(reason, name, target, size, script, &machine)
    }

    /// Notes that a load failed.
    static func note(
        _ reason: FailedLoad.Reason, _ name: ByteString, _ target: Address, _ size: UInt64, _ script: ScriptPlace,
        _ machine: inout Machine
    ) {
        machine.recorder.note(
            FailedLoad(
                command: machine.recorder.currentCommand ?? 0, place: script, file: name,
                range: AddressRange(start: target, size: size), reason: reason),
            in: \.failedLoads)
    }
}
