internal import Disks

/// The commands that change file systems: `fatwrite`, `save`, `fatmkdir`, `fatrm`, `ln`.
///
/// What they change stays with the simulated disk; the image file is never written.
enum FileWriting {
    static func write(
        _ call: CommandCall, _ machine: inout Machine, _ wanted: FileSystem.Kind?
    ) throws -> CommandStatus {
        guard call.count >= 6, call.count <= 7 else { return .usage }
        guard let (_, fileSystem) = machine.filePlace(call.word(1), call[2], wanted: wanted) else { return .failure }
        let name = call.word(4)
        let range = AddressRange(start: Address(call.hex(3)), size: call.hex(5))
        guard range.size <= UInt64(UInt32.max), let volume = machine.fatVolume(of: fileSystem) else {
            return unwritten(name, &machine)
        }
        let bytes = try machine.memory.read(range)
        guard let (folder, base) = parent(of: name, in: volume, &machine) else { return unwritten(name, &machine) }
        do throws(FATVolume.WriteProblem) {
            let position = Int(truncatingIfNeeded: call.hex(6) & UInt64(UInt32.max))
            try volume.write(bytes, to: base.bytes, in: folder, at: position)
        } catch {
            switch error {
            case .illegalName: machine.print("FAT: illegal filename (\(base))\n")
            case .noSpace(let count): machine.print("Error: no space left: \(count)\nError: writing contents\n")
            default: break
            }
            return unwritten(name, &machine)
        }
        machine.print("\(bytes.count) bytes written in 0 ms\n")
        return .success
    }

    private static func unwritten(_ name: ByteString, _ machine: inout Machine) -> CommandStatus {
        machine.print("** Unable to write file \(name) **\n")
        return .failure
    }

    static func makeFolder(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count == 4 else { return .usage }
        let fileSystem = machine.filePlace(call.word(1), call[2], wanted: .fat)?.fileSystem
        guard let volume = machine.fatVolume(of: fileSystem) else { return .failure }
        let name = call.word(3)
        guard let (folder, base) = parent(of: name, in: volume, &machine) else { return unmade(name, &machine) }
        do throws(FATVolume.WriteProblem) {
            try volume.makeFolder(base.bytes, in: folder)
        } catch {
            switch error {
            case .illegalName: machine.print("FAT: illegal filename (\(base))\n")
            case .exists:
                let lower = base.bytes.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }
                machine.print("\(ByteString(lower)): already exists\n")
            default: break
            }
            return unmade(name, &machine)
        }
        return .success
    }

    private static func unmade(_ name: ByteString, _ machine: inout Machine) -> CommandStatus {
        machine.print("** Unable to create a directory \"\(name)\" **\n")
        return .failure
    }

    static func remove(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count == 4 else { return .usage }
        let fileSystem = machine.filePlace(call.word(1), call[2], wanted: .fat)?.fileSystem
        guard let volume = machine.fatVolume(of: fileSystem) else { return .failure }
        guard let (folder, base) = parent(of: call.word(3), in: volume, &machine) else { return .failure }
        do throws(FATVolume.WriteProblem) {
            try volume.remove(base.bytes, in: folder)
        } catch {
            switch error {
            case .root: machine.print("Error: cannot remove root\n")
            case .notEmpty(let count): machine.print("Error: directory is not empty: \(count)\n")
            default:
                let number: ByteString = machine.release >= .v2025_01 ? " (-2)" : ""
                machine.print("\(base): doesn't exist\(number)\n")
            }
            return .failure
        }
        return .success
    }

    static func link(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count == 5 else { return .usage }
        guard machine.filePlace(call.word(1), call[2], wanted: nil) != nil else { return .failure }
        // Neither FAT nor the ext4 of boards without `ext4write` can do that.
        machine.print("** Unable to create link \(call.word(3)) -> \(call.word(4)) **\n")
        return .failure
    }

    /// The folder that a path's last name is in, and that name; nil where there is no such folder, with U-Boot's words.
    private static func parent(
        of path: ByteString, in volume: FATVolume, _ machine: inout Machine
    ) -> (folder: FATVolume.Node, name: ByteString)? {
        var bytes = path.bytes[...]
        while let last = bytes.last, FATVolume.isSeparator(last) { bytes.removeLast() }
        guard let mark = bytes.lastIndex(where: FATVolume.isSeparator) else { return (.root, ByteString(bytes)) }
        let folder = bytes[..<mark]
        let name = ByteString(bytes[(mark + 1)...])
        guard let node = volume.find(Array(folder)) else {
            machine.print("\(ByteString(folder)): doesn't exist (-2)\n")
            return nil
        }
        guard node.isDirectory else {
            machine.print("\(ByteString(folder)): doesn't exist (-20)\n")
            return nil
        }
        return (node, name)
    }
}
