internal import UBoot

/// Something that was put into memory as a whole: a loaded file, or what the board had there.
struct Content: Sendable, Equatable {
    var name: String
    var range: AddressRange
    /// The line that loaded it; nil if it was there before.
    var place: ScriptPlace?
    /// The number of the command; -1 if it was there before.
    var command: Int
    /// What it is, by its first bytes.
    var kind: String
    /// Whether `source` ran it.
    var isScript: Bool

    /// What is in memory in the order in which it came.
    static func all(in record: BootRecord) -> [Content] {
        let presets = record.presets.map { preset in
            Content(
                name: preset.label, range: preset.range, place: nil, command: -1, kind: "preset", isScript: false)
        }
        let scripts = Set(record.sources.map(\.range.start))
        let loads = record.loads.map { load in
            Content(
                name: Wording.quoted(load.file), range: load.range, place: load.place,
                command: load.place == nil ? -1 : load.command, kind: load.kind,
                isScript: scripts.contains(load.range.start))
        }
        return presets + lastTimes(loads)
    }

    /// Loads that a loop repeats count once, the last time; of very many the last ones count.
    private static func lastTimes(_ loads: [Content]) -> [Content] {
        struct Key: Hashable {
            var name: String
            var range: AddressRange
            var place: ScriptPlace?
        }
        var seen: Set<Key> = []
        let unique = loads.reversed().filter {
            seen.insert(Key(name: $0.name, range: $0.range, place: $0.place)).inserted
        }
        return unique.prefix(limit).reversed()
    }

    private static let limit = 5000
}

/// A boot command, whether it started a kernel or not.
struct BootAttempt: Sendable {
    var command: Int
    var place: ScriptPlace
    var words: [ByteString]
    /// Where the script had the kernel.
    var loadedAt: Address
    /// Where the kernel is to run; of size 0 if its header could not be read.
    var kernel: AddressRange
    /// Where the script had the tree; nil if the command named none.
    var tree: Address?
    /// Where the script had the ramdisk.
    var ramdisk: AddressRange?
    var refusal: RefusedBoot.Reason?

    private static let limit = 100

    static func all(in record: BootRecord) -> [BootAttempt] {
        var seen: Set<ScriptPlace> = []
        let refusals = record.refusedBoots.reversed().filter { seen.insert($0.place).inserted }.prefix(limit)
        var attempts = refusals.reversed().map { refused in
            let words = record.command(refused.command)?.words ?? []
            let move = record.kernelMoves.last { $0.command == refused.command }
            return BootAttempt(
                command: refused.command, place: refused.place, words: words,
                loadedAt: move?.from ?? refused.kernel.start, kernel: refused.kernel, tree: refused.tree,
                ramdisk: ramdisk(words), refusal: refused.reason)
        }
        if let start = record.handOff {
            let ramdisk = start.ramdiskLoadedAt.map { AddressRange(start: $0, size: start.ramdisk?.size ?? 1) }
            attempts.append(
                BootAttempt(
                    command: start.command, place: start.place, words: record.command(start.command)?.words ?? [],
                    loadedAt: start.loadedAt, kernel: start.kernel, tree: start.treeLoadedAt, ramdisk: ramdisk))
        }
        return attempts
    }

    /// The line with another word for the kernel, the ramdisk or the tree (1, 2, 3).
    func line(_ index: Int, _ word: String) -> String {
        var words = words.map { Wording.plain($0) }
        if words.isEmpty { words = ["booti"] }
        if words.count == 1, index > 1 { words.append(loadedAt.description) }
        while words.count <= index { words.append("-") }
        words[index] = word
        return words.joined(separator: " ")
    }

    private static func ramdisk(_ words: [ByteString]) -> AddressRange? {
        guard words.count > 2, words[2] != "-" else { return nil }
        let parts = words[2].bytes.split(separator: UInt8(ascii: ":"))
        guard let start = parts.first.flatMap({ TypedNumber.hex($0) }), start != 0 else { return nil }
        let size = parts.count > 1 ? TypedNumber.hex(parts[1]) : nil
        return AddressRange(start: Address(start), size: max(1, size ?? 1))
    }
}
