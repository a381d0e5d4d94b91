import Foundation
import Testing
import UBoot

@testable import ImageBuilder

extension TestBuild {
    /// Puts a key of 2048 bits and its certificate into `keys`, under a name.
    func makeKey(_ name: String = "dev") throws {
        try FileManager.default.createDirectory(atPath: folder + "/keys", withIntermediateDirectories: true)
        let pair = try (name == "dev" ? Self.usual : Self.other).get()
        try write("keys/\(name).key", pair.key)
        try write("keys/\(name).crt", pair.certificate)
    }

    private typealias Pair = (key: [UInt8], certificate: [UInt8])

    /// Made once, since finding primes takes a while.
    private static let usual = Result { try pair() }
    private static let other = Result { try pair() }

    private static func pair() throws -> Pair {
        let folder = try TestFolder()
        let made = try ChildProcess.run(
            [
                "openssl", "req", "-batch", "-new", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=dev",
                "-keyout", "key", "-out", "crt",
            ], environment: ["PATH=/usr/bin:/bin"], folder: folder.path)
        #expect(made.status == 0, "\(String(decoding: made.errors, as: UTF8.self))")
        return (
            try RegularFile.read(folder.path + "/key", limit: 1 << 16) ?? [],
            try RegularFile.read(folder.path + "/crt", limit: 1 << 16) ?? []
        )
    }
}
