internal import Digest
internal import FoundationEssentials
internal import Glibc

/// A file in the cache, or one of the user's, with the digest of its content.
public struct StoredFile: Sendable, Equatable, Codable {
    /// Where it is.
    public var path: String
    /// The SHA-256 of its content in hexadecimal.
    public var sha256: String
    /// Its size.
    public var byteCount: Int
    /// Where it comes from, for people, such as `xen-hypervisor-4.17-arm64 4.17.7-1: boot/xen-4.17-arm64`.
    public var origin: String
}

/// Why a file of a scenario cannot be had.
public struct ArtifactError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Whether the scenario or a file of the user's is at fault, and not this machine or its network.
    public var isUsage: Bool
    /// The sentence.
    public var description: String

    init(_ description: String, isUsage: Bool = false) {
        self.description = description
        self.isUsage = isUsage
    }
}

/// Digests of files, read piece by piece.
enum FileDigest {
    /// The SHA-256 in hexadecimal and the size of a file.
    static func sha256(of path: String) throws(ArtifactError) -> (digest: String, byteCount: Int) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var information = stat()
        guard unsafe fstat(descriptor, &information) == 0 else { throw failure(path) }
        guard information.st_mode & S_IFMT == S_IFREG else {
            throw ArtifactError("\(path): expected a file, found something else", isUsage: true)
        }
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        var total = 0
        do throws(CryptoError) {
            let digest = try MessageDigest(.sha256)
            while true {
                let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { break }
                if count == 0 { return (hexadecimal(try digest.finish()), total) }
                total += count
                try unsafe digest.update(chunk.span.bytes.extracting(0..<count))
            }
        } catch {
            throw ArtifactError("\(error)")
        }
        throw failure(path)
    }

    /// The SHA-256 of bytes in hexadecimal.
    static func sha256(of bytes: [UInt8]) throws(ArtifactError) -> String {
        do throws(CryptoError) {
            return hexadecimal(try MessageDigest.of(bytes, .sha256))
        } catch {
            throw ArtifactError("\(error)")
        }
    }

    private static func failure(_ path: String) -> ArtifactError {
        ArtifactError("\(path): \(systemText(errno))", isUsage: true)
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

/// The system's words for a value of `errno`.
func systemText(_ code: Int32) -> String {
    unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
}

/// A variable of the process's environment that is not empty.
func environmentVariable(_ name: String) -> String? {
    guard let text = unsafe getenv(name).map({ unsafe String(cString: $0) }), !text.isEmpty else { return nil }
    return text
}
