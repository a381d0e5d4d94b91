internal import UBoot
internal import YAML

/// The memory of a board, checked.
extension BoardFile {
    private struct Placed {
        var bank: PhysicalMemory.BankDescription
        var window: Marked<Window>
    }

    /// RAM, read-only memory and bus windows in this order; none overlap.
    func banks() throws(BoardError) -> [PhysicalMemory.BankDescription] {
        try placed().map(\.bank)
    }

    /// What read-only memory holds.
    func romContents() throws(BoardError) -> [MachineDescription.Preset] {
        var presets: [MachineDescription.Preset] = []
        for placed in try placed() {
            guard let (bytes, place) = try content(of: placed) else { continue }
            let range = placed.bank.range
            guard bytes.count <= range.size else {
                throw BoardError(.contentTooLarge(byteCount: bytes.count, size: range.size), at: place)
            }
            presets.append(MachineDescription.Preset(label: nil, address: range.start, bytes: bytes))
        }
        return presets
    }

    /// What must not be loaded to.
    func reservations() throws(BoardError) -> [Board.Reservation] {
        var reservations: [Board.Reservation] = []
        for entry in memory.reserved ?? [] {
            let range = try Self.range(entry.value.start, entry.value.size, at: entry.place)
            try checkInRAM(range, at: entry.place)
            reservations.append(Board.Reservation(range: range, reason: entry.value.why))
        }
        return reservations
    }

    /// Throws unless all of a range is in one bank of RAM.
    func checkInRAM(_ range: AddressRange, at place: SourcePlace) throws(BoardError) {
        let isInside = try placed().contains { $0.bank.kind == .ram && $0.bank.range.contains(range) }
        guard isInside else { throw BoardError(.outsideRAM(range), at: place) }
    }

    private func placed() throws(BoardError) -> [Placed] {
        guard !memory.ram.value.isEmpty else { throw BoardError(.noRAM, at: memory.ram.place) }
        let kinds: [(PhysicalMemory.BankKind, [Marked<Window>])] = [
            (.ram, memory.ram.value), (.rom, memory.rom ?? []), (.bus, memory.bus ?? []),
        ]
        var placed: [Placed] = []
        for (kind, windows) in kinds {
            for window in windows {
                let range = try Self.range(window.value.start, window.value.size, at: window.place)
                if let other = placed.first(where: { $0.bank.range.intersects(range) })?.bank {
                    throw BoardError(.overlap(range, other: other.kind.rawValue, other.range), at: window.place)
                }
                if let sector = window.value.sector, kind != .rom || sector.value.value < 512 {
                    throw BoardError(.badSector(sector.value.value, isROM: kind == .rom), at: sector.place)
                }
                placed.append(Placed(bank: .init(kind: kind, range: range), window: window))
            }
        }
        return placed
    }

    private func content(of placed: Placed) throws(BoardError) -> (bytes: [UInt8], place: SourcePlace)? {
        let window = placed.window.value
        guard window.file != nil || window.bytes != nil else { return nil }
        guard placed.bank.kind == .rom, window.file == nil || window.bytes == nil else {
            throw BoardError(.unexpectedContent, at: placed.window.place)
        }
        if let bytes = window.bytes { return (bytes.value.bytes, bytes.place) }
        guard let file = window.file else { return nil }
        return (try BoardFolder.read(file), file.place)
    }

    private static func range(
        _ start: Quantity, _ size: Quantity, at place: SourcePlace
    ) throws(BoardError) -> AddressRange {
        guard size.value > 0, !start.value.addingReportingOverflow(size.value).overflow else {
            throw BoardError(.badRange(start: start.value, size: size.value), at: place)
        }
        return AddressRange(start: Address(start.value), size: size.value)
    }
}

extension BoardFolder {
    /// The path of a file that a board file names.
    static func path(_ name: Marked<String>) -> String { BoardFolder(of: name.place.file).path(name.value) }

    /// The bytes of a file that a board file names.
    static func read(_ name: Marked<String>) throws(BoardError) -> [UInt8] {
        do {
            return try read(path(name))
        } catch {
            throw BoardError(error.reason, at: name.place)
        }
    }
}
