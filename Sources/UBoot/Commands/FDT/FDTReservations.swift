import DeviceTree

/// `fdt rsvmem`: the memory reservations of a tree; in older releases libfdt's error number is the status.
enum FDTReservations {
    static func run(_ call: CommandCall, _ tree: Address, _ machine: inout Machine) throws -> CommandStatus {
        switch try machine.wordOrNull(call, 2).firstOrNUL {
        case UInt8(ascii: "p"): return try print(tree, &machine)
        case UInt8(ascii: "a"):
            let address = Numbers.hex(try machine.wordOrNull(call, 3))
            let size = Numbers.hex(try machine.wordOrNull(call, 4))
            return try edit(call, tree, "libfdt fdt_add_mem_rsv():", &machine) {
                try FlattenedTree.addReservation(address: address, size: size, in: &$0)
            }
        case UInt8(ascii: "d"):
            let index = Int(Int32(truncatingIfNeeded: Numbers.hex(try machine.wordOrNull(call, 3))))
            return try edit(call, tree, "libfdt fdt_del_mem_rsv():", &machine) {
                try FlattenedTree.deleteReservation(at: index, in: &$0)
            }
        default: return .usage
        }
    }

    private static func print(_ tree: Address, _ machine: inout Machine) throws -> CommandStatus {
        machine.print("index\t\t   start\t\t    size\n\(String(repeating: "-", count: 48))\n")
        // Of a table without an end U-Boot shows nothing, and is content.
        let reservations = try machine.readTree(at: tree) { bytes in
            (try? FlattenedTree.reservations(in: bytes)) ?? []
        }
        for (index, reservation) in reservations.enumerated() {
            machine.print(
                "    \(hex: index)\t\(hex: reservation.address, width: 16)\t\(hex: reservation.size, width: 16)\n")
        }
        return .success
    }

    private static func edit(
        _ call: CommandCall, _ tree: Address, _ function: ByteString, _ machine: inout Machine,
        _ body: (inout MutableRawSpan) throws -> Void
    ) throws -> CommandStatus {
        do {
            try machine.editTree(at: tree, body)
            machine.noteEdit(.other, call, tree: tree)
            return .success
        } catch let error as FDTError {
            return machine.rejectByCode(error, by: function, .other, call, tree: tree)
        }
    }
}
