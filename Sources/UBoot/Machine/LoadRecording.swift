import BootImages

extension Machine {
    /// How many bytes can be loaded from an address on without touching U-Boot; 0 where nothing can.
    func freeSize(at address: Address) -> UInt64 {
        let occupied = occupied
        guard let bank = memory.ram.first(where: { $0.contains(address) }),
            !occupied.contains(where: { $0.contains(address) })
        else { return 0 }
        let next = occupied.map(\.start).filter { $0 > address && $0 < bank.end }.min() ?? bank.end
        return next - address
    }

    /// Whether U-Boot lets a file of a disk go to a range: it asks for the address back, and takes 0 for a yes.
    ///
    /// What begins below RAM and ends in it passes, and is a bus error then. Newer releases remember the range.
    mutating func takesFile(_ range: AddressRange) -> Bool {
        if release >= .v2024_10 { return changingMemoryMap { $0.take(range) } || range.start == 0 }
        if range.start == 0 { return true }
        let end = range.start.value.addingReportingOverflow(range.size - 1)
        guard !end.overflow, memory.ram.contains(where: { $0.contains(Address(end.partialValue)) }) else {
            return false
        }
        return !occupied.contains { $0.intersects(range) }
    }

    /// Reserves a range in the memory map of a boot.
    @discardableResult
    mutating func reserve(_ range: AddressRange, as kind: MemoryAllocator.Kind = .plain) -> MemoryAllocator.Outcome {
        changingMemoryMap { $0.reserve(range, as: kind) }
    }

    /// Changes the memory map and says what U-Boot says when a range swallows its neighbour.
    mutating func changingMemoryMap<Result>(_ change: (inout MemoryAllocator) -> Result) -> Result {
        let before = memoryMap.swallowed
        let result = change(&memoryMap)
        for _ in before..<memoryMap.swallowed { print(MemoryAllocator.swallowText) }
        return result
    }

    /// Why a range cannot be loaded to.
    func refusal(_ range: AddressRange) -> FailedLoad.Reason {
        if let found = occupied.first(where: { $0.intersects(range) }) { return .reserved(found) }
        // In newer releases that can also be what the tree of an earlier boot keeps.
        if let found = memoryMap.reserved.first(where: { $0.kind != .plain && $0.range.intersects(range) }) {
            return .reserved(found.range)
        }
        return .noRAM
    }

    /// Notes that a file is in memory now, and what it is.
    mutating func recordLoad(
        _ file: ByteString, path: String?, range: AddressRange, source: String, place: ScriptPlace?
    ) {
        let head = AddressRange(start: range.start, size: min(range.size, 4096))
        let found = try? memory.withBytes(head) { bytes in
            (kind: ImageKind.detect(bytes), header: try? Arm64ImageHeader(bytes))
        }
        remember(file, in: range)
        recorder.note(
            LoadRecord(
                command: recorder.currentCommand ?? 0, place: place, source: source, file: file, path: path,
                range: range, kind: found?.kind.description ?? "empty", imageSize: found?.header?.imageSize),
            in: \.loads)
    }
}
