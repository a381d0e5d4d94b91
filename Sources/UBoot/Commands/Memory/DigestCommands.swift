import Digest

/// Digests of memory: `md5sum`, `sha1sum` and `hash`.
enum DigestCommands {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "md5sum", maximumArguments: 4, summary: "compute MD5 message digest",
            usage: """
                address count [[*]sum]
                    - compute MD5 message digest [save to sum]
                """,
            body: { call, machine in try compute("md5", first: 1, call, &machine) }),
        CommandDefinition(
            "sha1sum", maximumArguments: 4, summary: "compute SHA1 message digest",
            usage: """
                address count [[*]sum]
                    - compute SHA1 message digest [save to sum]
                """,
            body: { call, machine in try compute("sha1", first: 1, call, &machine) }),
        CommandDefinition(
            "hash", maximumArguments: 6, summary: "compute hash message digest",
            usage: """
                algorithm address count [[*]hash_dest]
                    - compute message digest [save to env var / *address]
                hash -v algorithm address count [*]hash
                    - verify message digest of memory area to immediate value,\u{20}
                      env var or *address
                """,
            body: { call, machine in try hash(call, &machine) }),
    ]

    private static func hash(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count >= 4, call.count <= 5, call.word(1) != "-v" else { return .usage }
        let name = ByteString(call.word(1).bytes.map { (65...90).contains($0) ? $0 + 32 : $0 })
        return try compute(name, first: 2, call, &machine)
    }

    /// `ADDRESS COUNT [[*]WHERE]` from the word `first` on.
    private static func compute(
        _ name: ByteString, first: Int, _ call: CommandCall, _ machine: inout Machine
    ) throws -> CommandStatus {
        guard call.count >= first + 2, call.count <= first + 3 else { return .usage }
        let range = AddressRange(start: Address(call.hex(first)), size: call.hex(first + 1))
        let digest: [UInt8]
        do {
            guard let computed = try self.digest(name, of: range, machine) else {
                machine.print("Unknown hash algorithm '\(call.word(1))'\n")
                return .usage
            }
            digest = computed
        } catch let error as CryptoError {
            machine.recorder.markCurrent(.unsimulated)
            machine.print("ibtest: \(ByteString(utf8: error.description))\n")
            return .failure
        }
        let last = (range.start.value &+ range.size &- 1) & machine.wordMask
        machine.print("\(name) for \(hex: range.start.value, width: 8) ... \(hex: last, width: 8) ==> ")
        let text = ByteString(utf8: digest.map { hexadecimal(UInt64($0), width: 2) }.joined())
        machine.print("\(text)\n")
        guard let target = call[first + 2] else { return .success }
        if target.firstOrNUL == UInt8(ascii: "*") {
            let address = Address(machine.hex(ByteString(target.bytes.dropFirst())))
            try machine.memory.write(digest, at: address, by: machine.writer(call))
            return .success
        }
        return machine.setVariable(target, text)
    }

    private static func digest(_ name: ByteString, of range: AddressRange, _ machine: Machine) throws -> [UInt8]? {
        if name == "crc32" || name == "crc16-ccitt" {
            let sum =
                try range.size == 0
                ? 0
                : machine.memory.withBytes(range) { name == "crc32" ? UInt64(crc32($0)) : UInt64(crc16($0)) }
            let byteCount = name == "crc32" ? 4 : 2
            return (0..<byteCount).map { UInt8(truncatingIfNeeded: sum >> (8 * UInt64(byteCount - 1 - $0))) }
        }
        guard let algorithm = DigestAlgorithm(rawValue: name.display) else { return nil }
        guard range.size > 0 else { return try MessageDigest.of([], algorithm) }
        return try machine.memory.withBytes(range) { try MessageDigest.of($0, algorithm) }
    }
}
