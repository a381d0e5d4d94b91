import BootImages
import DeviceTree

/// The command `bootefi`: starts a program for UEFI, such as an Image with an EFI stub.
///
/// What the program does is not simulated: the boot ends where U-Boot hands over to it.
enum BootEFICommand {
    static let command = CommandDefinition(
        "bootefi", minimumArguments: 2, maximumArguments: 4, isRepeatable: false,
        summary: "Boots an EFI payload from memory",
        usage: """
            <image address>[:<image size>] [<fdt address>]
              - boot EFI payload
            bootefi hello
              - boot a sample Hello World application stored within U-Boot
            bootefi selftest [fdt address]
              - boot an EFI selftest application stored within U-Boot
                Use environment variable efi_selftest to select a single test.
                Use 'setenv efi_selftest list' to enumerate all tests.
            bootefi bootmgr [fdt address]
              - load and boot EFI payload based on BootOrder/BootXXXX variables.

                If specified, the device tree located at <fdt address> gets
                exposed as EFI configuration table.

            """,
        body: { call, machine in try run(call, &machine) })

    private static func run(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        let isNew = machine.release >= .v2025_01
        switch call.word(1) {
        case "hello", "selftest": return unsimulated("'bootefi \(call.word(1))'", &machine)
        case "bootmgr":
            machine.startEFI()
            return try bootManager(call, &machine)
        default: break
        }
        guard call.hex(1) != 0 else { return .usage }
        let program = program(call, machine)
        if isNew, program == nil { return unknown(call, &machine) }
        machine.startEFI()
        guard let tree = try tree(call, &machine) else { return .failure }
        guard let program else { return unknown(call, &machine) }
        return try start(program, tree, call, &machine)
    }

    private static func unsimulated(_ what: ByteString, _ machine: inout Machine) -> CommandStatus {
        machine.recorder.markCurrent(.unsimulated)
        machine.print("ibtest: \(what) is not simulated\n")
        return .failure
    }

    private static func unknown(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        let address = Address(call.hex(1))
        machine.print("No UEFI binary known at \(hex: address.value, width: 8)\n")
        machine.note(refusal: .badImage, kernel: AddressRange(start: address, size: 0), tree: nil, call)
        return .failure
    }

    /// Without variables that name a program there is nothing to boot; newer releases make them up from the disks.
    private static func bootManager(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        let isNew = machine.release >= .v2025_01
        if !isNew, try tree(call, &machine) == nil { return .failure }
        if isNew, !machine.disks.devices.isEmpty { return unsimulated("the boot manager of UEFI", &machine) }
        machine.print("BootOrder not defined\nEFI boot manager: Cannot load any image\n")
        return .failure
    }

    // MARK: Program

    private struct Program {
        var range: AddressRange
        var path: ByteString
    }

    /// The range that the call gives, or the last program that was loaded if that lies there.
    private static func program(_ call: CommandCall, _ machine: Machine) -> Program? {
        let word = call.word(1)
        let start = Address(Numbers.hex(word))
        if let colon = word.bytes.firstIndex(of: UInt8(ascii: ":")) {
            let size = Numbers.hex(ByteString(word.bytes[(colon + 1)...]))
            let second = machine.release >= .v2025_01 ? start.value &+ size : size
            return Program(
                range: AddressRange(start: start, size: size),
                path: "MemoryMapped(0x0,0x\(hex: start.value),0x\(hex: second))")
        }
        guard let load = machine.firmware.program, load.range.start == start else { return nil }
        let path = load.file.bytes.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "\\") : $0 }
        return Program(range: load.range, path: ByteString(path))
    }

    // MARK: Tree

    /// The tree of the call, of `$fdt_addr`, or U-Boot's own; nil after saying that there is none.
    private static func tree(_ call: CommandCall, _ machine: inout Machine) throws -> Address? {
        let named = call[2].map { Numbers.hex($0) } ?? 0
        let wanted = named != 0 ? named : machine.environment.address("fdt_addr")
        guard let address = wanted.map({ Address($0) }) ?? machine.controlTree else {
            machine.print("ERROR: need device tree\n")
            return nil
        }
        if try machine.checkTree(at: address) == nil { return address }
        machine.print("\(machine.release >= .v2025_01 ? "" : "ERROR: ")invalid device tree\n")
        machine.note(refusal: .badTree, kernel: AddressRange(start: 0, size: 0), tree: address, call)
        return nil
    }

    /// Hands over to the program: the tree is a copy with what U-Boot adds.
    private static func start(
        _ program: Program, _ tree: Address, _ call: CommandCall, _ machine: inout Machine
    ) throws -> CommandStatus {
        machine.startBoot()
        let size = UInt64(try machine.treeHeader(at: tree).totalSize) + KernelStart.treePadding
        guard let copy = machine.memoryMap.allocate(size, alignment: 0x1000, below: 0) else {
            machine.print("ERROR: Out of memory\n")
            return .failure
        }
        try machine.copyTree(from: tree, to: copy, size: UInt32(truncatingIfNeeded: size), call)
        guard try KernelStart.finish(copy, AddressRange(start: 0, size: 0), &machine) else {
            machine.print("ERROR: failed to process device tree\n")
            return .failure
        }
        machine.print("Booting /\(program.path)\n")
        let head = AddressRange(start: program.range.start, size: min(program.range.size, 4096))
        guard let kind = try? machine.memory.withBytes(head, { ImageKind.detect($0) }), kind.isEFIProgram else {
            machine.print("Not a PE-COFF file\nLoading image failed\n")
            machine.note(refusal: .badImage, kernel: program.range, tree: tree, call)
            return .failure
        }
        let final = AddressRange(start: copy, size: UInt64(try machine.treeHeader(at: copy).totalSize))
        machine.recorder.handOff = HandOff(
            method: "bootefi", command: machine.recorder.currentCommand ?? 0, place: call.place,
            loadedAt: program.range.start, kernel: program.range, tree: final, treeLoadedAt: tree, ramdisk: nil,
            ramdiskLoadedAt: nil, treeBytes: Blob(try machine.memory.read(final)))
        throw MachineStop.handOff
    }
}

extension Machine {
    /// Says once what UEFI says when it starts.
    fileprivate mutating func startEFI() {
        guard !firmware.hasStarted else { return }
        firmware.hasStarted = true
        print(description.firmwareStart)
    }
}
