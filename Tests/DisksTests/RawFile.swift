import Foundation

/// A file that a script made.
enum RawFile {
    static func bytes(_ path: String) -> [UInt8] { FileManager.default.contents(atPath: path).map(Array.init) ?? [] }
}
