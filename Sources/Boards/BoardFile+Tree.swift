internal import DeviceTree
internal import UBoot
internal import YAML

/// The device tree that a board has in memory before the first command.
extension BoardFile {
    /// The tree for programs and U-Boot's own, as far as the board has them.
    func trees(reservations: [Board.Reservation]) throws(BoardError) -> [MachineDescription.Preset] {
        guard let part = deviceTree else { return [] }
        guard part.value.address != nil || part.value.control != nil else {
            throw BoardError(.treeWithoutPlace, at: part.place)
        }
        let own = try tree(part.value.file, size: part.value.size)
        var control = own
        if let file = part.value.controlFile { control = try tree(file, size: nil) }
        var presets: [MachineDescription.Preset] = []
        let places = [
            (part.value.address, own, "device tree"), (part.value.control, control, "U-Boot's device tree"),
        ]
        for case (let start?, (let bytes, let size), let label) in places {
            let address = Address(start.value.value)
            let range = AddressRange(start: address, size: size)
            guard !address.value.addingReportingOverflow(size).overflow else {
                throw BoardError(.badRange(start: address.value, size: size), at: start.place)
            }
            try checkInRAM(range, at: start.place)
            if let first = presets.first {
                let other = AddressRange(start: first.address, size: first.size)
                guard !other.intersects(range) else {
                    throw BoardError(.overlap(range, other: "the device tree", other), at: start.place)
                }
            }
            // What U-Boot reserves for itself is no news in a memory map.
            let isReserved = reservations.contains { $0.range.contains(range) }
            presets.append(.init(label: isReserved ? nil : label, address: address, bytes: bytes, size: size))
        }
        return presets
    }

    /// The tree with the size that the board gives it in its header, without the room behind its blocks.
    private func tree(
        _ file: Marked<String>, size given: Marked<Quantity>?
    ) throws(BoardError) -> (bytes: [UInt8], size: UInt64) {
        var bytes = try BoardFolder.read(file)
        do {
            try unsafe FlattenedTree.check(bytes.span.bytes)
            var header = try unsafe FDTHeader(bytes.span.bytes)
            let used = header.usedByteCount
            guard used <= bytes.count else { throw FDTError.truncated }
            let size = given?.value.value ?? UInt64(header.totalSize)
            guard size >= used, size <= Int32.max else {
                throw BoardError(.badTreeSize(size, used: used), at: given?.place ?? file.place)
            }
            bytes.removeLast(max(0, bytes.count - Int(size)))
            header.totalSize = UInt32(size)
            var span = bytes.mutableSpan
            var raw = unsafe span.mutableBytes
            try header.store(in: &raw)
            return (bytes, size)
        } catch let error as FDTError {
            throw BoardError(.badTree(path: BoardFolder.path(file), error), at: file.place)
        } catch let error as BoardError {
            throw error
        } catch {
            preconditionFailure("a device tree threw \(error)")
        }
    }
}

extension FDTHeader {
    /// Bytes up to the end of the last block; the header must be one that libfdt takes.
    fileprivate var usedByteCount: UInt64 {
        // Before version 17 the structure block's length is not told.
        guard version >= 17 else { return UInt64(totalSize) }
        let ends = [(offDtStruct, sizeDtStruct), (offDtStrings, sizeDtStrings), (offMemRsvmap, 16)]
        return ends.map { UInt64($0) + UInt64($1) }.max() ?? 0
    }
}
