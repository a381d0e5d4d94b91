internal import UBoot

/// The memory of the working tree from one command on.
struct TreeRoom: Sendable {
    var command: Int
    var range: AddressRange
    var place: ScriptPlace

    static func all(_ history: EditHistory) -> [TreeRoom] {
        history.entries.compactMap { entry in
            guard entry.failure == nil, let tree = entry.edit.tree, let size = entry.edit.treeSize else { return nil }
            let range = AddressRange(start: tree, size: size)
            return TreeRoom(command: entry.edit.command, range: range, place: entry.edit.place)
        }
    }
}

/// A load into the working tree that the script goes on to use.
struct TreeHit: Sendable {
    /// The index of what was loaded.
    var content: Int
    var room: TreeRoom

    static func all(
        _ contents: [Content], rooms: [TreeRoom], history: EditHistory, attempts: [BootAttempt]
    ) -> [TreeHit] {
        let uses = Dictionary(grouping: history.entries.filter { $0.edit.tree != nil }, by: \.edit.tree)
        return contents.enumerated().compactMap { index, content in
            guard content.command >= 0, let room = room(before: content.command, in: rooms),
                room.range.intersects(content.range)
            else { return nil }
            let tree = room.range.start
            let entries = uses[tree] ?? []
            let next = entries.first { $0.edit.command > content.command }
            let boots = attempts.contains { $0.command > content.command && $0.tree == tree }
            guard next != nil || boots else { return nil }
            if content.range.start == tree {
                // A new tree in the old one's place: chosen again, or nothing was changed in the old one.
                let isChosenAgain = next.map { $0.edit.action == .select && $0.failure == nil } ?? false
                let isChanged = entries.contains { entry in
                    entry.failure == nil && entry.edit.command < content.command
                        && ![.select, .resize, .read].contains(entry.edit.action)
                }
                if isChosenAgain || !isChanged { return nil }
            }
            return TreeHit(content: index, room: room)
        }
    }

    /// The room in force at a command; rooms are in the order of commands.
    private static func room(before command: Int, in rooms: [TreeRoom]) -> TreeRoom? {
        var low = 0
        var high = rooms.count
        while low < high {
            let middle = (low + high) / 2
            if rooms[middle].command < command { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? rooms[low - 1] : nil
    }
}

extension Evidence {
    /// The memory of a tree as far as it is known: as it was last chosen or resized, or loaded.
    func treeRange(at address: Address) -> AddressRange {
        if let room = rooms.last(where: { $0.range.start == address }) { return room.range }
        let size = content(at: address).map { $0.range.end - address } ?? 1
        return AddressRange(start: address, size: max(1, size))
    }
}
