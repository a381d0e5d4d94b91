import BootImages

/// What `bootm` does for one operating system or another.
enum BootSystem {
    /// A step that depends on the operating system.
    static func perform(
        _ step: BootState.Step, _ call: CommandCall, _ machine: inout Machine
    ) throws -> CommandStatus {
        let os = machine.boot.os.os
        let hasEFI = machine.commands.has("bootefi")
        if machine.release < .v2025_01, os == .elf || os == .efi && !hasEFI {
            // U-Boot looks behind the end of its table, which UEFI is the last entry of, and jumps there.
            throw MemoryFault(range: AddressRange(start: machine.boot.os.entry, size: 4), isWrite: false)
        }
        if os == .efi, hasEFI { return try efi(step, call, &machine) }
        guard let start = starters[os] else {
            machine.print(
                "ERROR: booting os '\(os.name(machine.release.vocabulary))' (\(os.rawValue)) is not supported\n")
            return .failure
        }
        if os == .uBoot { return try standalone(step, &machine) }
        switch step {
        case .commandLine, .boardInfo:
            guard os == .linux else { return .success }
            machine.print("subcommand failed (err=-1)\n")
            return .failure
        case .prepare:
            if os == .linux {
                if let stop = try KernelStart.prepare(call, &machine) { throw stop }
            } else if os == .vxWorks {
                machine.print("   !!! WARNING !!! Using legacy DTB\n")
            }
            return .success
        case .go: throw try start(call, &machine)
        default: return .success
        }
    }

    /// A program for UEFI, which may come back.
    private static func efi(
        _ step: BootState.Step, _ call: CommandCall, _ machine: inout Machine
    ) throws -> CommandStatus {
        guard step == .go else { return .success }
        guard try BootEFICommand.startImage(call, &machine) else { throw reset(&machine) }
        machine.boot.os.type = .standalone
        return .success
    }

    /// A program for U-Boot itself: each step would call it, and notes its size where `autostart` does not want that.
    private static func standalone(_ step: BootState.Step, _ machine: inout Machine) throws -> CommandStatus {
        guard [.commandLine, .boardInfo, .prepare, .go].contains(step) else { return .success }
        guard machine.isYes("autostart") != true else { throw MachineStop.handOff }
        machine.environment.set("filesize", "\(hex: machine.boot.os.data.size)")
        guard step == .go, machine.boot.os.type != .standalone else { return .success }
        throw reset(&machine)
    }

    private typealias Starter = @Sendable (CommandCall, inout Machine) throws -> MachineStop

    private static let starters: [LegacyImageOS: Starter] = [
        .linux: { call, machine in
            try KernelStart.start(loadedAt: machine.boot.os.whole.start, call, &machine)
        },
        .netBSD: { call, machine in transfer("NetBSD stage-2 loader", &machine) },
        .plan9: { call, machine in transfer("Plan 9", &machine) },
        .rtems: { call, machine in transfer("RTEMS", &machine) },
        .uBoot: { call, machine in reset(&machine) },
        .vxWorks: { call, machine in
            let entry = machine.boot.os.entry.value
            let tree = machine.boot.tree?.start.value ?? 0
            machine.print(
                "## Starting vxWorks at 0x\(hex: entry, width: 8), device tree at 0x\(hex: tree, width: 8) ...\n")
            return .handOff
        },
        .qnx: { call, machine in
            let entry = machine.boot.os.entry
            guard try machine.memory.read(AddressRange(start: entry, size: 4)) == [0x7f, 0x45, 0x4c, 0x46] else {
                machine.print("## No elf image at address 0x\(hex: entry.value, width: 8)\n")
                return reset(&machine)
            }
            machine.print("## Starting application at 0x\(hex: entry.value, width: 8) ...\n")
            return .handOff
        },
    ]

    private static func transfer(_ name: ByteString, _ machine: inout Machine) -> MachineStop {
        machine.print(
            "## Transferring control to \(name) (at address \(hex: machine.boot.os.entry.value, width: 8)) ...\n")
        return .handOff
    }

    private static func reset(_ machine: inout Machine) -> MachineStop {
        machine.print(machine.release >= .v2025_01 ? "Resetting the board...\n" : "resetting ...\n")
        return .reset("the program returned")
    }
}
