/// Reads menu files of syslinux as U-Boot does; its messages go to the console.
struct MenuParser {
    /// The file cannot be used.
    struct Failure: Error {}

    private(set) var file = MenuFile()
    private let fetch: (ByteString, Address, inout Machine) throws -> Bool
    private static let depthLimit = 16

    /// `fetch` gets an included file into memory; false where that fails.
    init(fetch: @escaping (ByteString, Address, inout Machine) throws -> Bool) { self.fetch = fetch }

    /// Reads the text at an address; throws `Failure` where U-Boot gives up.
    mutating func parse(at base: Address, depth: Int = 1, _ machine: inout Machine) throws {
        guard depth <= Self.depthLimit else {
            machine.printFormatted("Maximum nesting (\(Self.depthLimit)) exceeded\n")
            throw Failure()
        }
        var scanner = MenuScanner(try machine.memory.cString(at: base).bytes)
        while true {
            let start = scanner.index
            switch scanner.keyword() {
            case .endOfFile: return
            case .endOfLine: continue
            case .word("menu"):
                file.asks = true
                try parseMenu(&scanner, at: base, depth: depth, &machine)
            case .word("timeout"): file.timeout = try integer(&scanner, &machine)
            case .word("label"):
                var label = MenuLabel(name: try literal(&scanner, &machine))
                try parseLabel(&label, &scanner, &machine)
            case .word("default"), .word("ontimeout"):
                file.initial = try literal(&scanner, &machine)
            case .word("include"):
                let place = Address(base.value &+ UInt64(scanner.count)).aligned(up: 4)
                try include(&scanner, from: base, at: place, depth: depth, &machine)
            case .word("fallback") where machine.release >= .v2025_01:
                // A label for boots that are told to fall back, which neither command can be.
                _ = try literal(&scanner, &machine)
            case .word("prompt"):
                if machine.release >= .v2025_01 {
                    file.asks = Int32(truncatingIfNeeded: try integer(&scanner, &machine)) != 0
                } else {
                    scanner.skipLine()
                }
            case .word:
                machine.printFormatted("Ignoring unknown command: \(scanner.text(from: start))\n")
                scanner.skipLine()
            }
        }
    }

    /// Reads another file, which may lie so close behind this one's text that it becomes a part of it, too.
    private mutating func include(
        _ scanner: inout MenuScanner, from base: Address, at place: Address, depth: Int, _ machine: inout Machine
    ) throws {
        let path = try literal(&scanner, &machine)
        guard try fetch(path, place, &machine) else {
            machine.printFormatted("Couldn't retrieve \(path)\n")
            throw Failure()
        }
        try parse(at: place, depth: depth + 1, &machine)
        scanner.extend(to: try machine.memory.cString(at: base).bytes)
    }

    private mutating func parseMenu(
        _ scanner: inout MenuScanner, at base: Address, depth: Int, _ machine: inout Machine
    ) throws {
        let start = scanner.index
        switch scanner.keyword() {
        case .word("title"): file.title = try literal(&scanner, &machine)
        case .word("include"):
            let place = Address(base.value &+ UInt64(scanner.count) &+ 1).aligned(up: 4)
            try include(&scanner, from: base, at: place, depth: depth, &machine)
        case .word("background"): _ = try literal(&scanner, &machine)
        default: machine.printFormatted("Ignoring malformed menu command: \(scanner.text(from: start))\n")
        }
        scanner.skipLine()
    }

    /// Reads a label up to the first word that does not belong to one.
    private mutating func parseLabel(
        _ label: inout MenuLabel, _ scanner: inout MenuScanner, _ machine: inout Machine
    ) throws {
        defer { file.labels.append(label) }
        while true {
            let start = scanner.index
            switch scanner.keyword() {
            case .endOfLine: continue
            case .endOfFile: return
            case .word("menu"): try parseMenu(of: &label, &scanner, &machine)
            case .word("kernel"), .word("linux"): label.kernel = try literal(&scanner, &machine)
            case .word("append"):
                let append = try literal(&scanner, &machine)
                label.append = append
                if label.ramdisk == nil { label.ramdisk = try Self.ramdisk(in: append, &machine) }
            case .word("initrd"):
                // A second one leaves its name where a command is expected.
                if label.ramdisk == nil { label.ramdisk = try literal(&scanner, &machine) }
            case .word("fdt"), .word("devicetree"):
                if label.tree == nil { label.tree = try literal(&scanner, &machine) }
            case .word("fdtdir"), .word("devicetreedir"):
                if label.treeFolder == nil { label.treeFolder = try literal(&scanner, &machine) }
            case .word("fdtoverlays"), .word("devicetree-overlay"):
                if label.overlays == nil { label.overlays = try literal(&scanner, &machine) }
            case .word("localboot"): label.localBoot = try integer(&scanner, &machine)
            case .word("ipappend"): label.ipAppend = try integer(&scanner, &machine)
            case .word("kaslrseed"): label.wantsSeed = true
            case .word:
                scanner.goBack(to: start)
                return
            }
        }
    }

    private mutating func parseMenu(
        of label: inout MenuLabel, _ scanner: inout MenuScanner, _ machine: inout Machine
    ) throws {
        let start = scanner.index
        switch scanner.keyword() {
        case .word("default"): file.initial = file.initial ?? label.name
        case .word("label"): label.title = try literal(&scanner, &machine)
        default: machine.printFormatted("Ignoring malformed menu command: \(scanner.text(from: start))\n")
        }
        scanner.skipLine()
    }

    /// The name between the first `initrd=` of a command line and the next blank.
    ///
    /// Without a blank behind it U-Boot takes the difference of no place and the name's own for the length. Where that
    /// is a positive number of 32 bits there is no memory for so long a name, and so no name; else U-Boot writes
    /// outside of the address space. Divergence: in the first case it also clears a byte of RAM somewhere.
    private static func ramdisk(in append: ByteString, _ machine: inout Machine) throws -> ByteString? {
        let mark = Array("initrd=".utf8)
        guard let start = append.bytes.indices.first(where: { append.bytes[$0...].starts(with: mark) })
        else { return nil }
        let rest = append.bytes[(start + mark.count)...]
        if let blank = rest.firstIndex(of: UInt8(ascii: " ")) { return ByteString(rest[..<blank]) }
        let heap = machine.reserved.last?.start.value ?? 0
        guard heap & 0x8000_0000 == 0 else { return nil }
        let end = Address(UInt64(bitPattern: -Int64(heap & 0xffff_ffff)))
        throw MemoryFault(range: AddressRange(start: end, size: 1), isWrite: true)
    }

    private func literal(_ scanner: inout MenuScanner, _ machine: inout Machine) throws -> ByteString {
        let (value, found) = scanner.literal()
        if let value { return value }
        machine.printFormatted("Expected string literal: \(found)\n")
        throw Failure()
    }

    private func integer(_ scanner: inout MenuScanner, _ machine: inout Machine) throws -> Int64 {
        let (value, found) = scanner.literal()
        if let value { return Numbers.signed(value, radix: 10) }
        machine.printFormatted("Expected string: \(found)\n")
        throw Failure()
    }
}
