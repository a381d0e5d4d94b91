internal import CFDT

extension FlattenedTree {
    /// `fdt_overlay_apply`: merges `overlay` into the tree, which needs free space for it.
    ///
    /// As in libfdt, a failure after the header checks leaves a damaged tree whose magic is `ffffffff`, and the overlay
    /// is changed, its magic too, whether it fits or not. The tree needs `__symbols__` if the overlay refers to labels.
    /// Divergence: an overlay whose fixups would make libfdt 1.6.1 leave
    /// its buffers gives `FDT_ERR_BADOVERLAY`.
    public static func applyOverlay(_ overlay: inout [UInt8], to tree: inout MutableRawSpan) throws(FDTError) {
        // libfdt looks for a NUL without a limit in both, so both are copied to where zeros follow.
        var base = try paddedCopy(of: tree.bytes)
        var copy = try withBytes(of: overlay) { (bytes) throws(FDTError) in try paddedCopy(of: bytes) }
        let size = base.count - padding
        var result: FDTError?
        do throws(FDTError) {
            try OverlayCheck(overlay: DeviceTreeDocument(blob: overlay), base: base).run()
            try unsafe FDTError.checked(fdt_overlay_apply(&base, &copy))
        } catch {
            unsafe fdt_set_magic(&base, UInt32.max)
            unsafe fdt_set_magic(&copy, UInt32.max)
            result = error
        }
        overlay.replaceSubrange(..<(copy.count - padding), with: copy.dropLast(padding))
        unsafe tree.withUnsafeMutableBytes { unsafe $0.copyBytes(from: base.prefix(size)) }
        if let result { throw result }
    }

    private static let padding = 16

    private static func paddedCopy(of bytes: RawSpan) throws(FDTError) -> [UInt8] {
        let size = Int(try FDTHeader(bytes).totalSize)
        return try unsafe reading(bytes) { (tree, _) throws(FDTError) in
            unsafe [UInt8](UnsafeRawBufferPointer(start: tree, count: size)) + [UInt8](repeating: 0, count: padding)
        }
    }
}
