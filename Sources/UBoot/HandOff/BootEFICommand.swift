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
        let program = program(call, &machine)
        if isNew, program == nil { return unknown(call, &machine) }
        machine.startEFI()
        guard let tree = try machine.installTree(at: named(call), call) else { return .failure }
        guard let program else { return unknown(call, &machine) }
        return try start(program, tree, call, &machine)
    }

    /// The tree that the call names.
    private static func named(_ call: CommandCall) -> Address? {
        let address = call[2].map { Numbers.hex($0) } ?? 0
        return address == 0 ? nil : Address(address)
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
        if !isNew, try machine.installTree(at: named(call), call) == nil { return .failure }
        if isNew, !machine.disks.devices.isEmpty { return unsimulated("the boot manager of UEFI", &machine) }
        machine.print("BootOrder not defined\nEFI boot manager: Cannot load any image\n")
        return .failure
    }

    // MARK: Program

    struct Program {
        var range: AddressRange
        var path: ByteString
    }

    /// The range that the call gives, which makes UEFI forget all others, or the last program that was loaded if that lies there.
    private static func program(_ call: CommandCall, _ machine: inout Machine) -> Program? {
        let word = call.word(1)
        let start = Address(Numbers.hex(word))
        if let colon = word.bytes.firstIndex(of: UInt8(ascii: ":")) {
            let size = Numbers.hex(ByteString(word.bytes[(colon + 1)...]))
            machine.forgetProgram()
            let second = machine.release >= .v2025_01 ? start.value &+ size : size
            return Program(
                range: AddressRange(start: start, size: size),
                path: "MemoryMapped(0x0,0x\(hex: start.value),0x\(hex: second))")
        }
        guard let range = machine.firmware.program, range.start == start, let path = path(machine) else { return nil }
        return Program(range: range, path: path)
    }

    /// The last file that UEFI remembers, as it writes paths.
    private static func path(_ machine: Machine) -> ByteString? {
        machine.firmware.file.map { file in
            ByteString(file.bytes.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "\\") : $0 })
        }
    }

    // MARK: Images for UEFI

    /// What `bootm` does with an image for UEFI; true where the program came back, false where it was not reached.
    static func startImage(_ call: CommandCall, _ machine: inout Machine) throws -> Bool {
        let isNew = machine.release >= .v2025_01
        let os = machine.boot.os
        let announcement: ByteString =
            "## Transferring control to EFI (at address \(hex: os.entry.value, width: 8)) ...\n"
        if isNew {
            machine.print(announcement)
        } else {
            let words = call.words.dropFirst(call.word(1) == "go" ? 2 : 1)
            try BootExtras.find(words, kernel: AddressRange(start: 0, size: 0), call, &machine)
        }
        machine.startEFI()
        guard let tree = try machine.installTree(at: machine.boot.tree?.start, call) else {
            if !isNew { machine.print("## Failed to install device tree: r = 2\n") }
            return isNew
        }
        if !isNew { machine.print(announcement) }
        let range = AddressRange(start: os.entry, size: os.data.size)
        let second = isNew ? range.end.value : range.size
        let path = path(machine) ?? "MemoryMapped(0x0,0x\(hex: range.start.value),0x\(hex: second))"
        _ = try start(Program(range: range, path: path), tree, method: "bootm", call, &machine)
        return true
    }

    // MARK: Start

    /// Hands over to the program; gives back what fails before it runs.
    private static func start(
        _ program: Program, _ tree: FirmwareMemory.Tree, method: String = "bootefi", _ call: CommandCall,
        _ machine: inout Machine
    ) throws -> CommandStatus {
        machine.print("Booting /\(program.path)\n")
        if let problem = machine.problem(ofProgram: program.range) {
            machine.print("\(problem)\nLoading image failed\n")
            machine.takePagesOfRefusedProgram()
            machine.note(refusal: .badImage, kernel: program.range, tree: tree.source, call)
            return .failure
        }
        let final = AddressRange(start: tree.copy, size: UInt64(try machine.treeHeader(at: tree.copy).totalSize))
        machine.recorder.handOff = HandOff(
            method: method, command: machine.recorder.currentCommand ?? 0, place: call.place,
            loadedAt: program.range.start, kernel: program.range, tree: final, treeLoadedAt: tree.source, ramdisk: nil,
            ramdiskLoadedAt: nil, treeBytes: Blob(try machine.memory.read(final)))
        throw MachineStop.handOff
    }
}
