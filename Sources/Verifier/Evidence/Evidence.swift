internal import DeviceTree
public import UBoot

/// What rules look at: the record of a boot, and what follows from it, found once.
public struct Evidence: Sendable {
    /// What happened.
    public let record: BootRecord
    /// What is known beyond the record.
    public let options: VerificationOptions
    let texts: ScriptTexts
    /// The device tree at the end; nil if there is none.
    let tree: DeviceTreeDocument?
    let paths: TreePaths
    let history: EditHistory
    let contents: [Content]
    let attempts: [BootAttempt]
    let xen: XenView
    let references: [Reference]
    /// What needs each thing in memory, by its index in `contents`.
    private let needs: [Int: [Reference]]
    let rooms: [TreeRoom]
    let treeHits: [TreeHit]
    let unsetUses: [UnsetUse]
    /// Commands whose failure has a cause that is reported by itself, such as an unset variable.
    let explained: Set<Int>
    private var firstFree: Address?

    /// The room that U-Boot adds to a tree when it boots.
    static let treePadding: UInt64 = 0x3000
    /// What a script's place is called when U-Boot goes on to read at address 0 after a syntax error.
    private static let strayText = "<address 0>"

    /// Looks through a record.
    public init(_ record: BootRecord, options: VerificationOptions = VerificationOptions()) {
        self.record = record
        self.options = options
        texts = ScriptTexts(record)
        tree = record.treeBytes.flatMap { try? DeviceTreeDocument(blob: $0.bytes) }
        paths = TreePaths(document: tree)
        history = EditHistory(record, paths: paths)
        contents = Content.all(in: record)
        attempts = BootAttempt.all(in: record)
        xen = XenView(tree, history: history, record: record)
        let references = Reference.all(attempts: attempts, xen: xen, tree: tree)
        let contents = contents
        self.references = references
        needs = Dictionary(grouping: references) { Self.index(of: $0.range.start, in: contents) ?? -1 }
        rooms = TreeRoom.all(history)
        treeHits = TreeHit.all(contents, rooms: rooms, history: history, attempts: attempts)
        unsetUses = UnsetUse.find(in: record, texts: texts)
        let returning = Set(texts.scripts.filter { ScriptTexts.carriageReturns(in: $0.text) != nil }.map(\.source))
        var explained = Set(unsetUses.map(\.command))
        for (number, command) in record.commands.enumerated() {
            let hasReturn = command.words.contains { $0.bytes.contains(UInt8(ascii: "\r")) }
            if command.place.source == Self.strayText || (hasReturn && returning.contains(command.place.source)) {
                explained.insert(number)
            }
        }
        self.explained = explained
        firstFree = findFree()
    }

    /// The commands that rules look at, with their numbers.
    var commands: [(number: Int, command: CommandRecord)] {
        record.commands.enumerated().filter { !explained.contains($0.offset) }.map { ($0.offset, $0.element) }
    }

    /// The syntax errors of texts that an author wrote.
    var syntaxErrors: [ShellEvent] {
        record.events.filter { $0.kind != .tooDeep && $0.place.source != Self.strayText }
    }

    // MARK: Memory

    /// RAM, with banks that touch joined.
    var ram: [AddressRange] {
        var joined: [AddressRange] = []
        for bank in record.banks where bank.kind == .ram {
            if let last = joined.last, last.end == bank.range.start {
                joined[joined.count - 1].size += bank.range.size
            } else {
                joined.append(bank.range)
            }
        }
        return joined
    }

    /// The index of what was meant by an address: the last thing loaded there, else the last one that it lies in.
    private static func index(of address: Address, in contents: [Content]) -> Int? {
        contents.lastIndex { $0.range.start == address && $0.range.size > 0 }
            ?? contents.lastIndex { $0.range.contains(address) }
    }

    /// What was meant by an address.
    func content(at address: Address) -> Content? { Self.index(of: address, in: contents).map { contents[$0] } }

    /// The references that mean a thing in memory.
    func references(to index: Int) -> [Reference] { needs[index] ?? [] }

    /// The load that should have filled an address and failed.
    func failedLoad(at address: Address) -> FailedLoad? {
        record.failedLoads.last { $0.range.start == address || $0.range.contains(address) }
    }

    /// The writer of a byte at the end, if it was a command that computes or copies.
    func commandWriter(at address: Address) -> Provenance? {
        guard let extent = record.extents.first(where: { $0.range.contains(address) }),
            record.writers.indices.contains(extent.writer)
        else { return nil }
        let writer = record.writers[extent.writer]
        if case .command(let name) = writer.source, name != "booti" { return writer }
        return nil
    }

    /// The first 2 MiB boundary behind everything that is in use where `size` bytes fit; nil if there is none.
    func freeAddress(for size: UInt64) -> Address? {
        guard let start = firstFree else { return nil }
        let wanted = AddressRange(start: start, size: max(1, size))
        let isFree = ram.contains { $0.contains(wanted) } && !record.reserved.contains { $0.intersects(wanted) }
        return isFree ? start : nil
    }

    /// The first 2 MiB boundary behind everything in RAM that is in use.
    private func findFree() -> Address? {
        let used = contents.map(\.range) + references.map(\.range) + rooms.map(\.range) + attempts.map(\.kernel)
        let ram = ram
        let known = used.filter { range in ram.contains { $0.contains(range) } }.map(\.end).max()
        return (known ?? ram.first?.start)?.aligned(up: 2 << 20)
    }

    /// The words of a load with another address; nil if the command names none.
    func loadLine(_ number: Int, at address: Address) -> String? {
        guard let command = record.command(number) else { return nil }
        var words = command.words.map { Wording.plain($0) }
        let position = command.name == "tftpboot" || command.name == "dhcp" ? 1 : 3
        guard words.count > position, TypedNumber.hex(words[position].utf8) != nil else { return nil }
        words[position] = address.description
        return words.joined(separator: " ")
    }

    /// The note that says where something came from.
    func note(_ content: Content) -> Finding.Note {
        content.command < 0
            ? Finding.Note("\(content.name) was at \(content.range) before the script")
            : Finding.Note("\(content.name) was loaded to \(content.range) here", at: content.place)
    }
}
