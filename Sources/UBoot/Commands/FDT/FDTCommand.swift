import DeviceTree

/// The command `fdt`: finds the subcommand and the tree it works on.
enum FDTCommand {
    static let command = CommandDefinition(
        "fdt", maximumArguments: 255, isRepeatable: false, summary: "flattened device tree utility commands",
        usage: """
            addr [-c] [-q] <addr> [<size>]  - Set the [control] fdt location to <addr>
            fdt move   <fdt> <newaddr> <length> - Copy the fdt to <addr> and make it active
            fdt resize [<extrasize>]            - Resize fdt to size + padding to 4k addr + some optional <extrasize> if needed
            fdt print  <path> [<prop>]          - Recursive print starting at <path>
            fdt list   <path> [<prop>]          - Print one level starting at <path>
            fdt get value <var> <path> <prop> [<index>] - Get <property> and store in <var>
                                                  In case of stringlist property, use optional <index>
                                                  to select string within the stringlist. Default is 0.
            fdt get name <var> <path> <index>   - Get name of node <index> and store in <var>
            fdt get addr <var> <path> <prop>    - Get start address of <property> and store in <var>
            fdt get size <var> <path> [<prop>]  - Get size of [<property>] or num nodes and store in <var>
            fdt set    <path> <prop> [<val>]    - Set <property> [to <val>]
            fdt mknode <path> <node>            - Create a new node after <path>
            fdt rm     <path> [<prop>]          - Delete the node or <property>
            fdt header [get <var> <member>]     - Display header info
                                                  get - get header member <member> and store it in <var>
            fdt bootcpu <id>                    - Set boot cpuid
            fdt memory <addr> <size>            - Add/Update memory node
            fdt rsvmem print                    - Show current mem reserves
            fdt rsvmem add <addr> <size>        - Add a mem reserve
            fdt rsvmem delete <index>           - Delete a mem reserves
            fdt chosen [<start> <size>]         - Add/update the /chosen branch in the tree
                                                    <start>/<size> - initrd start addr/size
            fdt checksign [<addr>]              - check FIT signature
                                                    <start> - addr of key blob
                                                              default gd->fdt_blob
            NOTE: Dereference aliases by omitting the leading '/', e.g. fdt print ethernet0.
            """,
        body: { call, machine in try run(call, &machine) })

    /// A subcommand; the tree is the working tree's address.
    typealias Subcommand = @Sendable (CommandCall, Address, inout Machine) throws -> CommandStatus

    /// The beginnings that are enough for U-Boot, in the order in which it tries them.
    private static let table: [(beginning: ByteString, feature: String?, body: Subcommand)] = [
        ("mo", nil, FDTPlacement.move),
        ("mk", nil, FDTEditing.makeNode),
        ("se", nil, FDTEditing.setProperty),
        ("g", nil, FDTReading.get),
        ("p", nil, FDTPrinting.print),
        ("l", nil, FDTPrinting.print),
        ("rm", nil, FDTEditing.remove),
        ("h", nil, FDTReading.header),
        ("boo", nil, FDTEditing.setBootCPU),
        ("me", nil, FDTEditing.setMemory),
        ("rs", nil, FDTReservations.run),
        ("boa", "boardsetup", FDTPlacement.unsimulated),
        ("cho", nil, FDTEditing.setChosen),
        ("che", "checksign", FDTPlacement.checkSignature),
        ("ap", "apply", FDTPlacement.applyOverlay),
        ("re", nil, FDTPlacement.resize),
    ]

    private static func run(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard let word = call[1] else { return .usage }
        if word.hasPrefix("ad") { return try FDTPlacement.select(call, &machine) }
        // Newer releases let `move` bring the first tree.
        let needsTree = !word.hasPrefix("mo") || machine.release < .v2023_04
        guard let tree = machine.workingTree ?? (needsTree ? nil : 0) else {
            machine.print("No FDT memory address configured. Please configure\n")
            machine.print("the FDT address via \"fdt addr <address>\" command.\nAborting!\n")
            machine.noteEdit(.other, call, tree: nil, path: call.word(2), name: call.word(3), failure: "no tree")
            return .failure
        }
        for entry in table where word.hasPrefix(entry.beginning) {
            if let feature = entry.feature, !machine.description.fdtFeatures.contains(feature) {
                machine.recorder.markCurrent(.unavailable)
                return .usage
            }
            return try entry.body(call, tree, &machine)
        }
        return .usage
    }
}

extension Machine {
    /// Notes a change of a tree, or an attempt.
    mutating func noteEdit(
        _ action: TreeEdit.Action, _ call: CommandCall, tree: Address?, path: ByteString = "", name: ByteString = "",
        failure: String? = nil
    ) {
        let setsSize = (action == .select || action == .resize) && failure == nil
        let size = setsSize ? tree.flatMap { try? treeHeader(at: $0).totalSize } : nil
        recorder.note(
            TreeEdit(
                command: recorder.currentCommand ?? 0, place: call.place, tree: tree, action: action, path: path,
                name: name, failure: failure, treeSize: size.map(UInt64.init)),
            in: \.treeEdits)
    }

    /// Prints what libfdt answered, notes it, and gives the status 1.
    mutating func reject(
        _ error: FDTError, by function: ByteString, _ action: TreeEdit.Action, _ call: CommandCall, tree: Address,
        path: ByteString = "", name: ByteString = ""
    ) -> CommandStatus {
        print("\(function) \(error.name)\n")
        noteEdit(action, call, tree: tree, path: path, name: name, failure: error.name)
        return .failure
    }

    /// The same, with another blank and libfdt's error number as the status in older releases.
    mutating func rejectByCode(
        _ error: FDTError, by function: ByteString, _ action: TreeEdit.Action, _ call: CommandCall, tree: Address,
        path: ByteString = "", name: ByteString = ""
    ) -> CommandStatus {
        guard release < .v2023_07 else {
            return reject(error, by: function, action, call, tree: tree, path: path, name: name)
        }
        _ = reject(error, by: function + " ", action, call, tree: tree, path: path, name: name)
        return CommandStatus(rawValue: Int(error.code))
    }

    /// Finds the node of a path; nil after printing why there is none.
    mutating func findNode(
        _ path: ByteString, _ action: TreeEdit.Action, _ call: CommandCall, tree: Address, name: ByteString = ""
    ) throws -> Int? {
        do {
            return try readTree(at: tree) { try FlattenedTree.offset(ofPath: path.bytes, in: $0) }
        } catch let error as FDTError {
            _ = reject(
                error, by: "libfdt fdt_path_offset() returned", action, call, tree: tree, path: path, name: name)
            return nil
        }
    }

    /// The word at an index; a missing one is the text at address 0, which U-Boot reads by mistake.
    func wordOrNull(_ call: CommandCall, _ index: Int) throws -> ByteString {
        try call[index] ?? memory.cString(at: 0)
    }
}
