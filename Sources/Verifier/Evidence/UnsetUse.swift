internal import UBoot

/// A command that got variables without a value where it needs an address, a file or a name.
struct UnsetUse: Sendable {
    var command: Int
    var record: CommandRecord
    var severity: Severity

    /// The commands whose words are addresses, files and names.
    private static let names: Set<String> = [
        "tftpboot", "dhcp", "bootp", "nfs", "load", "fatload", "ext2load", "ext4load", "sysboot", "pxe", "ubifsload",
        "fdt", "booti", "bootm", "bootz", "bootefi", "bootelf", "bootvx", "go", "source", "imxtract", "iminfo",
        "unzip", "gzwrite", "lzmadec", "unlz4", "run", "md", "mw", "mm", "nm", "cp", "cmp", "crc32", "base", "loop",
        "setexpr", "size", "fatsize", "ext4size", "fatwrite", "mmc", "usb", "nvme", "scsi", "virtio", "fpga",
    ]

    static func find(in record: BootRecord, texts: ScriptTexts) -> [UnsetUse] {
        var known: [ScriptPlace: Severity] = [:]
        return record.commands.enumerated().compactMap { number, command in
            guard !command.unsetVariables.isEmpty, needs(command) else { return nil }
            if command.isTested { return UnsetUse(command: number, record: command, severity: .info) }
            let severity = known[command.place] ?? severity(of: command, texts)
            known[command.place] = severity
            return UnsetUse(command: number, record: command, severity: severity)
        }
    }

    private static func needs(_ command: CommandRecord) -> Bool {
        guard let name = command.name, command.outcome != .unsimulated else { return false }
        if name == "env" {
            return command.words.dropFirst().first.map { $0.hasPrefix("im") || $0.hasPrefix("ex") } ?? false
        }
        return names.contains(name)
    }

    /// An error if a whole word is missing or the command failed; a part of a word may be empty on purpose.
    private static func severity(of command: CommandRecord, _ texts: ScriptTexts) -> Severity {
        guard let line = texts.rest(from: command.place) else { return .error }
        let uses = command.unsetVariables.flatMap { Use.find($0, in: line) }
        if uses.isEmpty { return .error }
        if command.name == "fdt", uses.allSatisfy(\.isInText) { return .warning }
        return command.status != 0 || uses.contains(where: \.isWholeWord) ? .error : .warning
    }

    /// One reference to a variable in a line.
    private struct Use {
        /// Whether the reference is all of its word.
        var isWholeWord: Bool
        /// Whether it stands in a value of `fdt set` that is text, not cells or bytes.
        var isInText: Bool

        static func find(_ variable: ByteString, in line: ArraySlice<UInt8>) -> [Use] {
            let line = Array(line)
            return ["$\(variable)", "${\(variable)}"].flatMap { (reference: ByteString) -> [Use] in
                let pattern = reference.bytes
                guard line.count >= pattern.count else { return [] }
                return (0...(line.count - pattern.count)).compactMap { start in
                    let end = start + pattern.count
                    guard line[start..<end].elementsEqual(pattern) else { return nil }
                    let before = start > 0 ? line[start - 1] : 0x20
                    let after = end < line.count ? line[end] : 0x20
                    if pattern.last != UInt8(ascii: "}"), isNamePart(after) { return nil }
                    return Use(
                        isWholeWord: isEdge(before) && isEdge(after), isInText: isText(Array(line[..<start])))
                }
            }
        }

        private static func isNamePart(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "_") || (byte < 0x80 && Character(UnicodeScalar(byte)).isLetter)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }

        private static func isEdge(_ byte: UInt8) -> Bool { " \t\r;\"'<>[]".utf8.contains(byte) }

        /// Whether what stands before is `fdt set PATH PROPERTY` and the beginning of a text.
        private static func isText(_ before: [UInt8]) -> Bool {
            let words = before.split { $0 == 0x20 || $0 == 0x09 }
            let isPastName =
                words.count > 4 || (words.count == 4 && before.last.map { $0 == 0x20 || $0 == 0x09 } ?? false)
            guard words.count >= 4, isPastName, words[1].starts(with: "se".utf8) else { return false }
            let value = words.dropFirst(4).first?.drop { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
            return !(value?.first.map { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "[") } ?? false)
        }
    }
}
