public import UBoot

/// The memory of a board at the end of a run, as rows from the lowest to the highest address.
public struct MemoryMap: Sendable, Equatable {
    /// One row.
    public struct Row: Sendable, Equatable {
        /// What a row shows.
        public enum Kind: Sendable, Equatable {
            /// Something that lies in memory.
            case content
            /// Free memory between two rows.
            case gap
            /// Memory that U-Boot keeps for itself.
            case reserved
            /// The start of a bank of memory.
            case bank
        }

        /// What it shows.
        public var kind: Kind
        /// Where.
        public var range: AddressRange
        /// What it is.
        public var label: String
        /// Names of earlier rows that share bytes with this one.
        public var overlaps: [String]
    }

    /// The rows.
    public let rows: [Row]

    /// Draws up the map of what a record loaded, moved and handed over.
    public init(_ record: BootRecord) {
        let things = Self.things(record)
        var rows: [Row] = []
        for bank in record.banks where bank.kind == .ram {
            let inside = things.filter { bank.range.contains($0.range.start) }
            guard !inside.isEmpty || bank == record.banks.first(where: { $0.kind == .ram }) else { continue }
            rows.append(Row(kind: .bank, range: bank.range, label: "RAM", overlaps: []))
            var end = bank.range.start
            for thing in inside {
                if thing.range.start > end {
                    let gap = AddressRange(start: end, size: thing.range.start - end)
                    rows.append(Row(kind: .gap, range: gap, label: "free", overlaps: []))
                }
                rows.append(thing)
                end = max(end, thing.range.end)
            }
            if end < bank.range.end {
                let gap = AddressRange(start: end, size: bank.range.end - end)
                rows.append(Row(kind: .gap, range: gap, label: "free", overlaps: []))
            }
        }
        self.rows = rows
    }

    private static func things(_ record: BootRecord) -> [Row] {
        var rows = record.loads.map { load in
            Row(kind: .content, range: load.range, label: load.file.display.printable, overlaps: [])
        }
        if let handOff = record.handOff {
            if handOff.kernel.start != handOff.loadedAt {
                rows.append(Row(kind: .content, range: handOff.kernel, label: "kernel, moved here", overlaps: []))
            }
            if handOff.tree.start != handOff.treeLoadedAt {
                rows.append(Row(kind: .content, range: handOff.tree, label: "device tree, moved here", overlaps: []))
            }
            if let ramdisk = handOff.ramdisk, ramdisk.start != handOff.ramdiskLoadedAt {
                rows.append(Row(kind: .content, range: ramdisk, label: "ramdisk, moved here", overlaps: []))
            }
        }
        rows += record.presets.map { preset in
            let size = record.treeAddress == preset.range.start ? preset.range.size : min(preset.range.size, 1 << 20)
            return Row(
                kind: .content, range: AddressRange(start: preset.range.start, size: size),
                label: "\(preset.label) (board)", overlaps: [])
        }
        rows += record.reserved.map { Row(kind: .reserved, range: $0, label: "U-Boot itself", overlaps: []) }
        rows = rows.filter { $0.range.size > 0 }
        rows.sort { ($0.range.start, $0.range.size) < ($1.range.start, $1.range.size) }
        return rows.enumerated().map { index, row in
            var row = row
            row.overlaps = rows[..<index].filter { $0.range.intersects(row.range) }.map(\.label)
            return row
        }
    }

    /// The map as lines for a terminal.
    public func lines(_ style: TextStyle) -> [String] {
        let digits = rows.map { hexadecimal($0.range.end.value).count }.max() ?? 8
        return rows.map { row in
            let start = hexadecimal(row.range.start.value, width: digits)
            let last = hexadecimal((row.range.end.value &- 1), width: digits)
            let size = byteCount(row.range.size).aligned(to: 9)
            switch row.kind {
            case .bank:
                return style.paint("  \(start)–\(last)  \(size)  \(row.label)", .faint)
            case .gap:
                return style.paint("  \(String(repeating: "·", count: digits * 2 + 1))  \(size)  free", .faint)
            case .reserved:
                return "  \(start)–\(last)  \(size)  ▒ \(row.label)\(overlapNote(row, style))"
            case .content:
                return "  \(start)–\(last)  \(size)  █ \(row.label)\(overlapNote(row, style))"
            }
        }
    }

    private func overlapNote(_ row: Row, _ style: TextStyle) -> String {
        guard !row.overlaps.isEmpty else { return "" }
        return "  " + style.paint("!! overlaps \(row.overlaps.joined(separator: ", "))", .error)
    }
}
