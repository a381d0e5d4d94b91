import Glibc
import UBoot

/// A network server with files in memory.
struct TestServer: FileServer {
    var files: [ByteString: [UInt8]]

    /// The files that the recordings had: numbers that count up, of these lengths.
    static let recorded = TestServer(files: [
        "small.bin": counting(10), "empty.bin": [], "lines.bin": counting(928_199), "exact.bin": counting(14_280),
        "almost.bin": counting(14_279), "0A00020F.img": counting(20),
    ])

    static func counting(_ byteCount: Int) -> [UInt8] { (0..<byteCount).map { UInt8(truncatingIfNeeded: $0) } }

    func open(_ name: ByteString) throws(FileRefusal) -> ServedFile {
        if name.hasPrefix("../") { throw .outsideRoot }
        guard let bytes = files[name] else { throw .notFound }
        let descriptor = try temporaryFile()
        guard unsafe pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else { throw .unreadable(errno: errno) }
        return ServedFile(descriptor: descriptor, byteCount: bytes.count, path: "/served/\(name.display)")
    }

    /// A file without a name, for reading and writing.
    private func temporaryFile() throws(FileRefusal) -> Int32 {
        guard let file = unsafe tmpfile() else { throw .unreadable(errno: errno) }
        defer { unsafe fclose(file) }
        return unsafe dup(fileno(file))
    }
}
