internal import Disks

/// The commands that ask what is on a disk: `fstype`, `fstypes`, `fsuuid`, `fatinfo`.
enum FileSystemQueries {
    static func type(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count >= 3, call.count <= 4 else { return .usage }
        guard let (_, fileSystem) = machine.filePlace(call.word(1), call[2], wanted: nil) else { return .failure }
        return give(fileSystem.name, call[3], &machine)
    }

    static func types(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        machine.print(machine.description.answers["fstypes"] ?? "Supported filesystems: fat, ext4\n")
        return .success
    }

    static func uuid(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count >= 3, call.count <= 4 else { return .usage }
        guard let (place, fileSystem) = machine.filePlace(call.word(1), call[2], wanted: nil) else { return .failure }
        switch fileSystem {
        case .fat:
            guard let slice = place.slice, let serial = FATBootSector(slice)?.serial else { return .failure }
            return give(
                "\(hex: serial >> 16, width: 4, upper: true)-\(hex: serial & 0xffff, width: 4, upper: true)", call[3],
                &machine)
        case .ext(let volume):
            let digits = volume.identifier.map { hexadecimal(UInt64($0), width: 2) }
            let parts = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { digits[$0].joined() }
            return give(ByteString(utf8: parts.joined(separator: "-")), call[3], &machine)
        }
    }

    static func fatInfo(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count >= 2 else {
            machine.print("usage: fatinfo <interface> [<dev[:part]>]\n")
            return .success
        }
        guard let place = machine.diskPlace(call.word(1), call[2], allowsWhole: true) else { return .failure }
        guard let slice = place.slice, FATVolume.isPresent(in: slice) else {
            let device = place.device
            machine.print(
                "\n** Unable to use \(device.interface.rawValue) \(device.number):\(place.partition) for fatinfo **\n")
            return .failure
        }
        let device: ByteString = """
            Interface:  \(place.device.interface.rawValue)
              Device \(place.device.number): \(place.device.summary(machine.release))
            """
        if machine.release >= .v2025_01, (try? FATVolume(slice)) == nil {
            machine.print("\(device)\nNo valid FAT fs found\n")
            return .failure
        }
        guard let volume = FATBootSector(slice) else { return .failure }
        machine.print("\(device)Filesystem: FAT\(volume.width.rawValue) \"\(ByteString(volume.label))\"\n")
        return .success
    }

    private static func give(
        _ value: ByteString, _ variable: ByteString?, _ machine: inout Machine
    ) -> CommandStatus {
        guard let variable else {
            machine.print("\(value)\n")
            return .success
        }
        return machine.setVariable(variable, value)
    }
}
