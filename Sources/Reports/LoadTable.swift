public import UBoot

/// What was loaded, and what could not be, as a table.
public struct LoadTable {
    private let record: BootRecord

    /// Takes the loads of a record.
    public init(_ record: BootRecord) {
        self.record = record
    }

    /// A heading and a line for each load; one line that says so where there is none.
    public func lines(_ style: TextStyle) -> [String] {
        guard !record.loads.isEmpty || !record.failedLoads.isEmpty else { return ["  nothing was loaded"] }
        var table = Table(columns: [
            ("file", .left), ("from", .left), ("at", .right), ("end", .right), ("size", .right), ("", .left),
            ("kind", .left),
        ])
        for load in record.loads {
            table.rows.append([
                load.file.display.printable, load.source, load.range.start.description, load.range.end.description,
                "0x\(hexadecimal(load.range.size))", byteCount(load.range.size), kind(load),
            ])
        }
        for load in record.failedLoads {
            table.rows.append([
                load.file.display.printable, "-", load.range.start.description, "-", "-", "-", "not loaded",
            ])
        }
        return table.lines(style)
    }

    private func kind(_ load: LoadRecord) -> String {
        guard let size = load.imageSize, size != 0 else { return load.kind }
        return "\(load.kind), needs \(byteCount(size))"
    }
}
