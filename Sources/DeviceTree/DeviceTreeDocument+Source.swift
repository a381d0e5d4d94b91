extension DeviceTreeDocument {
    /// The tree as `dtc -I dtb -O dts` prints it; names that are not UTF-8 have bytes replaced.
    public var dts: String {
        var text = "/dts-v1/;\n\n"
        for entry in reservations {
            let (address, size) = (hexadecimal(entry.address, width: 16), hexadecimal(entry.size, width: 16))
            text += "/memreserve/\t0x\(address) 0x\(size);\n"
        }
        root.appendSource(to: &text, level: 0)
        return text
    }
}

extension DeviceTreeNode {
    fileprivate func appendSource(to text: inout String, level: Int) {
        let indent = String(repeating: "\t", count: level)
        text += "\(indent)\(name.isEmpty ? "/" : String(decoding: name, as: UTF8.self)) {\n"
        for property in properties { text += "\(indent)\t\(property.dts)\n" }
        for child in children {
            text += "\n"
            child.appendSource(to: &text, level: level + 1)
        }
        text += "\(indent)};\n"
    }
}

extension DeviceTreeProperty {
    /// The property as a line of dtc's source: its value as strings, cells or bytes, whichever dtc would guess.
    public var dts: String {
        let name = String(decoding: name, as: UTF8.self)
        return value.isEmpty ? "\(name);" : "\(name) = \(dtsValue);"
    }

    private var dtsValue: String {
        if looksLikeStrings { return "\"\(value.dropLast().map(Self.escaped).joined())\"" }
        if let cells { return "<\(cells.map { "0x" + hexadecimal($0, width: 2) }.joined(separator: " "))>" }
        return "[\(value.map { hexadecimal($0, width: 2) }.joined(separator: " "))]"
    }

    /// Printable, ended by a NUL, and no more NULs than other bytes.
    private var looksLikeStrings: Bool {
        let zeros = value.count { $0 == 0 }
        return value.last == 0 && zeros <= value.count - zeros
            && value.allSatisfy { $0 == 0 || 7...13 ~= $0 || 32...126 ~= $0 }
    }

    private static func escaped(_ byte: UInt8) -> String {
        switch byte {
        case 0: "\\0"
        case 7: "\\a"
        case 8: "\\b"
        case 9: "\\t"
        case 10: "\\n"
        case 11: "\\v"
        case 12: "\\f"
        case 13: "\\r"
        case UInt8(ascii: "\\"): "\\\\"
        case UInt8(ascii: "\""): "\\\""
        default: String(UnicodeScalar(byte))
        }
    }
}

private func hexadecimal(_ value: some FixedWidthInteger, width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
