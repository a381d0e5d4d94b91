import BootImages
import Compression
import Glibc
import UBoot

/// A file of this machine, as far as a plan needs to know it.
struct HostFile {
    var size: UInt64
    /// The first bytes.
    var head: [UInt8]

    private static let headByteCount = 1 << 14

    /// Looks at a file; nil if it is not there or no file.
    init(_ path: String) throws(ErrorNumber) {
        let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ErrorNumber(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw ErrorNumber(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw ErrorNumber(status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
        }
        size = UInt64(status.st_size)
        let wanted = min(Int(status.st_size), Self.headByteCount)
        var bytes = [UInt8](repeating: 0, count: wanted)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, wanted, 0) }
        guard count >= 0 else { throw ErrorNumber(errno) }
        head = Array(bytes.prefix(count))
    }

    var kind: ImageKind { Self.kind(of: head) }

    /// What a gzip file has inside; the kind itself for others.
    var innerKind: ImageKind {
        guard kind == .gzip, let inside = unpackedHead else { return kind }
        return Self.kind(of: inside)
    }

    private static func kind(of bytes: [UInt8]) -> ImageKind {
        // The oldest form of cpio, of either byte order, has no text.
        if bytes.starts(with: [0xc7, 0x71]) || bytes.starts(with: [0x71, 0xc7]) { return .cpio(.odc) }
        return unsafe bytes.withUnsafeBytes { unsafe ImageKind.detect($0.bytes) }
    }

    /// The first bytes behind gzip; nil if its header is damaged.
    private var unpackedHead: [UInt8]? {
        guard head.count > 18 else { return nil }
        let flags = head[3]
        var start = 10
        if flags & 4 != 0 { start += 2 + Int(head[10]) + Int(head[11]) << 8 }
        for bit in [UInt8(8), 16] where flags & bit != 0 {
            guard start < head.count, let end = head[start...].firstIndex(of: 0) else { return nil }
            start = end + 1
        }
        if flags & 2 != 0 { start += 2 }
        guard start < head.count else { return nil }
        let input = Array(head[start...])
        var output = [UInt8](repeating: 0, count: 4096)
        let result = unsafe input.withUnsafeBytes { source in
            unsafe output.withUnsafeMutableBytes { target in
                var room = unsafe MutableRawSpan(_unsafeBytes: target)
                return unsafe Inflate.run(source.bytes, into: &room)
            }
        }
        return result.byteCount > 0 ? Array(output.prefix(result.byteCount)) : nil
    }

    /// Bytes that the running image takes, as an arm64 Image or a zImage says it.
    var imageSize: UInt64? {
        switch kind {
        case .arm64Image:
            let header = try? unsafe head.withUnsafeBytes { try unsafe Arm64ImageHeader($0.bytes) }
            return header.flatMap { $0.imageSize > 0 ? $0.imageSize : nil }
        case .zImage:
            // From the start to the end that it says it has, in the order of its magic number.
            guard head.count >= 48 else { return nil }
            let isBigEndian = head[36] == 0x01
            func word(_ at: Int) -> UInt64 {
                let bytes = head[at..<at + 4]
                return (isBigEndian ? Array(bytes) : bytes.reversed()).reduce(0) { $0 << 8 | UInt64($1) }
            }
            let (start, end) = (word(40), word(44))
            return end > start ? end - start : nil
        default: return nil
        }
    }
}

/// Paths of files, without looking at them more than needed.
enum HostPath {
    /// The real path of a folder, links followed; nil if there is none.
    static func real(_ path: String) -> String? {
        guard let text = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(text) }
        return unsafe String(cString: text)
    }

    /// The folder in which this process was started.
    static var current: String { real(".") ?? "/" }

    /// An absolute path with `.` and `..` taken out, links not followed.
    static func folded(_ path: String, in folder: String) -> String {
        let whole = path.hasPrefix("/") ? path : folder + "/" + path
        var parts: [Substring] = []
        for part in whole.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// A path below a folder, without the folder; nil if it is not below.
    static func below(_ path: String, _ folder: String) -> String? {
        if folder == "/" { return String(path.dropFirst()) }
        return path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : nil
    }

    static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether two paths lead to one file.
    static func isSame(_ left: String, _ right: String) -> Bool {
        var first = stat()
        var second = stat()
        guard unsafe stat(left, &first) == 0, unsafe stat(right, &second) == 0 else { return false }
        return first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }
}

/// The folder in which this process was started.
public enum HostFolder {
    /// Its real path.
    public static var current: String { HostPath.current }
}
