import BootImages
import Glibc

@testable import UBoot

/// The board on which inputs are tried, and what happens to each input.
enum FuzzMachine {
    static let address: Address = 0x4800_0000

    /// A machine with 256 MiB of RAM, every command that ibtest knows, and little patience.
    static func make() -> Machine? {
        var description = MachineDescription(
            name: "fuzz", version: "2023.01",
            banks: [
                .init(kind: .rom, range: AddressRange(start: 0, size: 0x800_0000)),
                .init(kind: .ram, range: AddressRange(start: 0x4000_0000, size: 0x1000_0000)),
            ])
        description.presets = [.init(label: nil, address: 0, bytes: [0x0a])]
        description.defaultEnvironment = ["loadaddr": "0x48000000", "bootargs": "x", "a": "b", "l": "1 2 3"]
        description.loadAddress = address
        description.commands = Machine.knownCommands
        description.fdtFeatures = ["checksign", "apply", "boardsetup"]
        description.diskBuses = [DiskBus(interface: .virtio)]
        var limits = Limits()
        limits.steps = 2000
        limits.nesting = 40
        limits.outputByteCount = 1 << 20
        limits.recordedCommandCount = 4000
        return try? Machine(description, limits: limits)
    }

    /// Puts bytes at the usual address and types lines.
    static func run(_ bytes: [UInt8], at address: Address = address, _ lines: String) {
        guard var machine = make(), (try? machine.memory.preset(bytes, at: address)) != nil else { return }
        _ = machine.type(Array(lines.utf8), source: "<fuzz>")
    }

    /// Attaches bytes as a disk, filled up to whole blocks, and types lines.
    static func run(disk bytes: [UInt8], _ lines: String) {
        let padded = bytes + [UInt8](repeating: 0, count: max(4096, (bytes.count + 511) / 512 * 512) - bytes.count)
        guard let file = unsafe tmpfile() else { return }
        defer { unsafe fclose(file) }
        let descriptor = unsafe fileno(file)
        guard unsafe write(descriptor, padded, padded.count) == padded.count, var machine = make() else { return }
        let attachment = DiskAttachment(path: "/proc/self/fd/\(descriptor)")
        guard (try? machine.attach([attachment])) != nil else { return }
        _ = machine.type(Array(lines.utf8), source: "<fuzz>")
    }
}

/// The bytes that libFuzzer gives.
func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
    guard let start = unsafe start else { return [] }
    return unsafe Array(UnsafeBufferPointer(start: start, count: count))
}
