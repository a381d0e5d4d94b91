import BootImages

/// The command `bootm`: starts an operating system out of an image, at once or step by step.
enum BootMemoryCommand {
    static let command = CommandDefinition(
        "bootm", maximumArguments: 16, summary: "boot application image from memory",
        usage: """
            [addr [arg ...]]
                - boot application image stored in memory
            \tpassing arguments 'arg ...'; when booting a Linux kernel,
            \t'arg' can be the address of an initrd image
            \tWhen booting a Linux kernel which requires a flat device-tree
            \ta third argument is required which is the address of the
            \tdevice-tree blob. To boot that kernel without an initrd image,
            \tuse a '-' for the second argument. If you do not pass a third
            \ta bd_info struct will be passed instead
            \t
            For the new multi component uImage format (FIT) addresses
            \tmust be extended to include component or configuration unit name:
            \taddr:<subimg_uname> - direct component image specification
            \taddr#<conf_uname>   - configuration specification
            \tUse iminfo command to get the list of existing component
            \timages and configurations.

            Sub-commands to do part of the bootm sequence.  The sub-commands must be
            issued in the order below (it's ok to not issue all sub-commands):
            \tstart [addr [arg ...]]
            \tloados  - load OS image
            \tramdisk - relocate initrd, set env initrd_start/initrd_end
            \tfdt     - relocate flat device tree
            \tcmdline - OS specific command line processing/setup
            \tbdt     - OS specific bd_info processing
            \tprep    - OS specific prep before relocation or go
            \tgo      - start OS
            """,
        body: { call, machine in try run(call, &machine) })

    private static let steps: [(name: ByteString, step: BootState.Step)] = [
        ("start", .start), ("loados", .loadOS), ("ramdisk", .ramdisk), ("fdt", .tree), ("cmdline", .commandLine),
        ("bdt", .boardInfo), ("prep", .prepare), ("fake", .pretend), ("go", .go),
    ]

    /// Goes through the steps that the words ask for, or all of them.
    static func run(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        var arguments = call.words.dropFirst()
        var wanted: [BootState.Step] = [.start, .loadOS, .ramdisk, .prepare, .go]
        if let word = arguments.first, !isImage(word) {
            guard let step = step(named: word) else { return .usage }
            if step != .start, machine.boot.reached >= step.rawValue {
                machine.print("Trying to execute a command out of order\n")
                return .usage
            }
            arguments = arguments.dropFirst()
            wanted = [step]
        }
        machine.boot.reached |= wanted.reduce(0) { $0 | $1.rawValue }
        do {
            for step in wanted {
                let status = try perform(step, arguments, call, &machine)
                guard status == .success else { return status }
            }
            return .success
        } catch let refusal as BootRefusal {
            machine.note(
                refusal: refusal.reason, kernel: KernelStart.kernel(machine.boot),
                tree: machine.boot.tree?.start ?? machine.boot.treeFoundAt, call)
            return refusal.status
        }
    }

    /// Whether a word is a number, with a part of an image behind it or not.
    private static func isImage(_ word: ByteString) -> Bool {
        let end = Numbers.parse(word.bytes[...], radix: 16).end
        return end == word.count || [UInt8(ascii: ":"), UInt8(ascii: "#")].contains(word.bytes[end])
    }

    private static func step(named word: ByteString) -> BootState.Step? {
        let name = ByteString(word.bytes.prefix { $0 != UInt8(ascii: ".") })
        if let exact = steps.first(where: { $0.name == name }) { return exact.step }
        let near = steps.filter { $0.name.hasPrefix(name) }
        return near.count == 1 ? near[0].step : nil
    }

    // MARK: Steps

    private static func perform(
        _ step: BootState.Step, _ arguments: ArraySlice<ByteString>, _ call: CommandCall, _ machine: inout Machine
    ) throws -> CommandStatus {
        switch step {
        case .start:
            machine.startBoot()
            try BootKernel.find(arguments.first, call, &machine)
            let os = machine.boot.os
            if [.kernel, .kernelNoLoad, .multi].contains(os.type), takesExtras(os.os, machine) {
                try BootExtras.find(arguments, kernel: AddressRange(start: 0, size: 0), call, &machine)
            }
            return .success
        case .loadOS: return try loadOS(call, &machine)
        case .ramdisk:
            try KernelStart.placeRamdisk(call, &machine)
            return .success
        case .tree:
            if let tree = machine.boot.tree { try KernelStart.reserve(tree, &machine) }
            return try KernelStart.placeTree(call, &machine) ? .success : .failure
        case .commandLine, .boardInfo, .prepare, .pretend, .go:
            return try BootSystem.perform(step, call, &machine)
        }
    }

    private static func takesExtras(_ os: LegacyImageOS, _ machine: Machine) -> Bool {
        if os == .linux || os == .vxWorks { return true }
        return machine.release >= .v2025_01 && (os == .efi || os == .tee)
    }

    private static func loadOS(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        let os = machine.boot.os
        guard let load = loadAddress(&machine) else { return .failure }
        let isInPlace = load == os.data.start
        machine.printPlacing(os.compression, os.type, to: load, isInPlace: isInPlace)
        let result = try machine.decompress(os.compression, os.data, to: load, room: machine.kernelByteLimit, call)
        guard result.code == 0 else { return try complain(result, os, call, &machine) }
        machine.boot.os.data.size = result.byteCount
        let placed = AddressRange(start: load, size: result.byteCount)
        let overwrites = load < os.whole.end && placed.end > os.whole.start
        if os.compression != .none || !isInPlace, overwrites {
            guard let legacy = machine.boot.legacy else {
                machine.print("ERROR: new format image overwritten - must RESET the board to recover\n")
                return try reset(.noSpace, call, &machine)
            }
            if legacy.header.type == .multi {
                machine.print("WARNING: legacy format multi component image overwritten\n")
            }
            return .success
        }
        if machine.release >= .v2025_01, os.architecture == .arm64, os.os == .linux {
            guard try alignKernel(load, call, &machine) else { return try reset(.badMagic, call, &machine) }
        }
        // U-Boot begins where the image says, also where the kernel was put elsewhere.
        machine.reserve(AddressRange(start: os.load, size: placed.end.value &- os.load.value))
        return .success
    }

    /// Where the kernel goes: newer releases find memory for what is unpacked and has no place of its own, and take a
    /// quarter for the least it was packed to; nil after saying that there is none.
    private static func loadAddress(_ machine: inout Machine) -> Address? {
        let os = machine.boot.os
        guard machine.release >= .v2025_01, os.type == .kernelNoLoad, os.compression != .none else { return os.load }
        let (megabyte, alignment): (UInt64, UInt64) = (1 << 20, 2 << 20)
        let size = (os.data.size &* 4 &+ megabyte &- 1) & ~(megabyte - 1)
        guard let place = machine.memoryMap.allocate(size, alignment: alignment, below: 0) else {
            machine.print("ERROR: Failed to allocate 0x\(hex: size) bytes below 0x0.\n")
            return nil
        }
        machine.boot.os.entry = place
        return place
    }

    /// Puts an arm64 kernel where it has to run; false after saying that it is none.
    private static func alignKernel(
        _ loaded: Address, _ call: CommandCall, _ machine: inout Machine
    ) throws -> Bool {
        do {
            let target = try Arm64Placement().place(loaded, call, &machine)
            machine.boot.os.entry = target.start
            machine.boot.os.whole = target
            return true
        } catch is BootRefusal {
            machine.print("Failed to prep arm64 kernel (err=1)\n")
            return false
        }
    }

    private static func complain(
        _ result: Machine.Unpacked, _ os: BootState.OSImage, _ call: CommandCall, _ machine: inout Machine
    ) throws -> CommandStatus {
        guard result.code != Machine.unimplemented else { return .failure }
        if machine.release >= .v2025_01, result.byteCount >= machine.kernelByteLimit {
            machine.print("Image too large: increase CONFIG_SYS_BOOTM_LEN\n")
        } else {
            machine.print("\(os.compression.description): uncompress error \(result.code)\n")
        }
        machine.print("Must RESET board to recover\n")
        return try reset(.badImage, call, &machine)
    }

    /// Resets the board; older releases hand the words of the command on to `reset`, which takes no more than one.
    private static func reset(
        _ reason: RefusedBoot.Reason, _ call: CommandCall, _ machine: inout Machine
    ) throws -> CommandStatus {
        machine.note(
            refusal: reason, kernel: KernelStart.kernel(machine.boot), tree: machine.boot.tree?.start, call)
        guard machine.release < .v2025_01 else {
            machine.print("Resetting the board...\n")
            throw MachineStop.reset("bootm failed")
        }
        let isStep = call[1].map { !isImage($0) } ?? false
        guard call.count - (isStep ? 2 : 1) <= 2 else { return .failure }
        machine.print("resetting ...\n")
        throw MachineStop.reset("bootm failed")
    }
}
