import BootImages

/// The command `source`: runs a script that lies in memory as an image.
enum SourceCommand {
    static func run(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        let word = ImageWord(call[1], takesConfiguration: machine.release >= .v2023_04)
        let address = word.address(machine, default: machine.description.loadAddress)
        machine.print("## Executing script at \(hex: address.value, width: 8)\n")
        switch try machine.bootImageFormat(at: address) {
        case .legacy: return try runLegacy(at: address, call, &machine)
        case .flattenedTree: return try runComponent(at: address, word, call, &machine)
        case .other:
            machine.print("Wrong image format for \"source\" command\n")
            return .failure
        }
    }

    private static func runComponent(
        at address: Address, _ word: ImageWord, _ call: CommandCall, _ machine: inout Machine
    ) throws -> CommandStatus {
        guard let data = try FITScript(word).find(at: address, &machine) else { return .failure }
        return try run(ByteString(try machine.memory.read(data)), in: data, call, &machine)
    }

    private static func runLegacy(
        at address: Address, _ call: CommandCall, _ machine: inout Machine
    ) throws -> CommandStatus {
        let all = AddressRange(start: address, size: machine.memory.available(at: address))
        let verifies = machine.isYes("verify") ?? true
        let text: ByteString
        do {
            let range = try machine.memory.withBytes(all) { try ScriptImage.textRange(of: $0, verifiesData: verifies) }
            // U-Boot makes a copy of it, and gives up quietly without memory for that.
            guard range.count < machine.description.images.heapByteCount else { return .failure }
            text = ByteString(
                try machine.memory.read(
                    AddressRange(start: address + UInt64(range.lowerBound), size: UInt64(range.count))))
        } catch ScriptImageError.truncated(let need, _) {
            // The length is a number of 32 bits with a sign: minus one asks for all up to a NUL.
            guard need == UInt32.max else { return .failure }
            text = try machine.memory.cString(at: address + UInt64(LegacyImageHeader.byteCount) + 8)
        } catch let error as ScriptImageError {
            machine.print(message(error))
            return .failure
        }
        let size = try machine.legacyImage(at: address).header.dataByteCount
        let range = AddressRange(start: address, size: UInt64(LegacyImageHeader.byteCount) + UInt64(size))
        return try run(text, in: range, call, &machine)
    }

    private static func run(
        _ text: ByteString, in range: AddressRange, _ call: CommandCall, _ machine: inout Machine
    ) throws -> CommandStatus {
        let source = machine.sourceName(of: range)
        machine.recorder.note(
            SourceRecord(
                command: machine.recorder.currentCommand ?? 0, place: call.place, range: range, source: source,
                text: text),
            in: \.sources)
        return CommandStatus(rawValue: try machine.runLines(text, source: source))
    }

    private static func message(_ error: ScriptImageError) -> ByteString {
        switch error {
        case .badHeaderChecksum: "Bad header crc\n"
        case .badDataChecksum: "Bad data crc\n"
        case .notScript: "Bad image type\n"
        case .empty: "Empty Script\n"
        default: "Wrong image format for \"source\" command\n"
        }
    }
}

extension Machine {
    /// Whether a variable says yes; nil if it is not set.
    func isYes(_ name: ByteString) -> Bool? {
        environment[name].map { "1yYtT".utf8.contains($0.firstOrNUL) }
    }

    /// The name of the file that lies at a range, or its address.
    func sourceName(of range: AddressRange) -> String {
        let load = recorder.loads.last { $0.range.contains(range.start) }
        return load?.file.display ?? "<script at \(range.start)>"
    }
}
