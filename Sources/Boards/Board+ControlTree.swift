internal import DeviceTree
internal import UBoot

extension Board {
    /// The same board, on which U-Boot has another device tree of its own, such as one with public keys.
    ///
    /// The file is read here; it has to be a device tree.
    public func with(controlTree path: String) throws(BoardError) -> Board {
        let bytes = try BoardFolder.read(path, limit: Self.controlTreeLimit)
        var board = self
        do {
            try board.description.setControlTree(bytes)
        } catch {
            throw BoardError(.badTree(path: path, error))
        }
        return board
    }

    private static let controlTreeLimit = 16 << 20
}
