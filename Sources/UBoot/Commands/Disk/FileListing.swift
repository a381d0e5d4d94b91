internal import Disks

/// The commands `ls`, `fatls`, `ext2ls` and `ext4ls`.
enum FileListing {
    static func run(_ call: CommandCall, _ machine: inout Machine, _ wanted: FileSystem.Kind?) -> CommandStatus {
        guard call.count >= 2, call.count <= 4 else { return .usage }
        guard let (place, fileSystem) = machine.filePlace(call.word(1), call[2], wanted: wanted) else {
            return .failure
        }
        let path = call[3] ?? "/"
        switch fileSystem {
        case .fat:
            guard let volume = machine.fatVolume(of: fileSystem), let node = volume.find(path.bytes), node.isDirectory
            else { return .failure }
            printGeneric(
                volume.entries(of: node).map { ($0.name, $0.isDirectory ? .directory : .file, $0.byteCount) },
                of: place,
                &machine)
            return .success
        case .ext(let volume):
            return machine.reportingFailedReads(of: place.device.disk) { machine in
                listExt(volume, path, of: place, &machine)
            }
        }
    }

    private static func listExt(
        _ volume: ExtVolume, _ path: ByteString, of place: DiskPlace, _ machine: inout Machine
    ) -> CommandStatus {
        guard let folder = machine.find(path, in: volume), folder.kind == .directory else {
            if machine.release < .v2025_01 { machine.print("** Can not find directory. **\n") }
            return .failure
        }
        var isBroken = false
        let entries = volume.entries(of: folder) { isBroken = true }
        if machine.release >= .v2025_01 {
            printGeneric(entries.map { ($0.name, $0.kind, $0.byteCount) }, of: place, &machine)
            return .success
        }
        for entry in entries {
            let kind: ByteString =
                switch entry.kind {
                case .directory: "<DIR>"
                case .link: "<SYM>"
                case .file: "     "
                case .other: "< ? >"
                }
            machine.print("\(kind) \(padded(entry.byteCount, 10)) \(ByteString(entry.name))\n")
        }
        if isBroken { machine.print("Failed to iterate over directory <NULL>\n") }
        return .success
    }

    private static func printGeneric(
        _ entries: [(name: [UInt8], kind: ExtEntry.Kind, byteCount: Int)], of place: DiskPlace,
        _ machine: inout Machine
    ) {
        // Each step opens the file system again, which can be heard in newer releases; so do the two at the end.
        for entry in entries {
            _ = machine.fileSystem(at: place, wanted: nil)
            let name = ByteString(entry.name)
            switch entry.kind {
            case .directory: machine.print("            \(name)/\n")
            case .link: machine.print("    <SYM>   \(name)\n")
            default: machine.print(" \(padded(entry.byteCount, 8))   \(name)\n")
            }
        }
        for _ in 0..<2 { _ = machine.fileSystem(at: place, wanted: nil) }
        let folders = entries.count { $0.kind == .directory }
        machine.print("\n\(entries.count - folders) file(s), \(folders) dir(s)\n\n")
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = "\(number)"
        return String(repeating: " ", count: max(0, width - digits.count)) + digits
    }
}
