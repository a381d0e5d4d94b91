import BootImages
import DeviceTree
import Glibc
import UBoot

/// A file that a test serves: its first bytes, and zeros up to its size.
struct TestFile: Sendable {
    var head: [UInt8]
    var size: Int

    /// An arm64 Image that may be moved to any 2 MiB boundary.
    static func kernel(_ size: Int, imageSize: UInt64? = nil, textOffset: UInt64 = 0, flags: UInt64 = 8) -> TestFile {
        var head = [UInt8](repeating: 0, count: 64)
        store(textOffset, at: 8, in: &head)
        store(imageSize ?? UInt64(size), at: 16, in: &head)
        store(flags, at: 24, in: &head)
        store(0x644d_5241, at: 56, in: &head)
        return TestFile(head: head, size: size)
    }

    /// An initial ramdisk.
    static func ramdisk(_ size: Int) -> TestFile { TestFile(head: Array("070701".utf8), size: size) }

    /// Bytes as they are.
    static func bytes(_ bytes: [UInt8]) -> TestFile { TestFile(head: bytes, size: bytes.count) }

    /// A board's device tree without room, as dtc writes it.
    static func tree(cells: Bool = true, padding: Int = 0, chosen: [DeviceTreeNode] = []) throws -> TestFile {
        let counts =
            cells
            ? [DeviceTreeProperty("#address-cells", cells: [2]), DeviceTreeProperty("#size-cells", cells: [2])] : []
        let root = DeviceTreeNode(
            "", counts,
            children: [
                DeviceTreeNode("aliases", [DeviceTreeProperty("serial0", strings: "/serial@9000000")]),
                DeviceTreeNode("chosen", children: chosen),
                DeviceTreeNode("serial@9000000", [DeviceTreeProperty("compatible", strings: "arm,pl011")]),
                DeviceTreeNode(
                    "memory@40000000",
                    [
                        DeviceTreeProperty("device_type", strings: "memory"),
                        DeviceTreeProperty(
                            "reg", cells: cells ? [0, 0x4000_0000, 0, 0x8000_0000] : [0, 0x4000_0000, 0x8000_0000]),
                    ]),
            ])
        return .bytes(try DeviceTreeDocument(root: root).blob(padding: padding))
    }

    private static func store(_ value: UInt64, at offset: Int, in bytes: inout [UInt8]) {
        for index in 0..<8 where offset + index < bytes.count {
            bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(index)))
        }
    }
}

/// Serves files out of memory, through files without a name.
struct TestServer: FileServer {
    var files: [String: TestFile]

    func open(_ name: ByteString) throws(FileRefusal) -> ServedFile {
        if name.display.hasPrefix("../") { throw .outsideRoot }
        guard let file = files[name.display] else { throw .notFound }
        var template = Array("/tmp/verifier-XXXXXX".utf8CString)
        let descriptor = unsafe mkstemp(&template)
        guard descriptor >= 0 else { throw .unreadable(errno: errno) }
        unsafe unlink(template)
        guard unsafe write(descriptor, file.head, file.head.count) == file.head.count,
            ftruncate(descriptor, off_t(file.size)) == 0
        else { throw .unreadable(errno: errno) }
        return ServedFile(descriptor: descriptor, byteCount: file.size, path: name.display)
    }
}

extension TestFile {
    /// A script image.
    static func script(_ text: String) throws -> TestFile { .bytes(try ScriptImage.encode(text: Array(text.utf8))) }
}
