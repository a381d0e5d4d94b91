import Foundation
import Testing

/// What `Golden/record.py` recorded of the real U-Boot and mkimage.
enum GoldenFile {
    struct Console: Decodable {
        var uboot: String
        var cases: [Case]
    }
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        struct Command: Decodable, Sendable {
            var command: String
            var output: String
            var status: Int?
        }
        var about: String
        var address: UInt64
        var image: String
        var commands: [Command]

        var testDescription: String { about }
        var bytes: [UInt8] { GoldenFile.bytes(image) }
    }
    struct Made: Decodable {
        var mkimage: String
        var cases: [MadeImage]
    }
    struct MadeImage: Decodable, Sendable, CustomTestStringConvertible {
        var arguments: String
        var time: UInt32
        var parts: [String]
        var image: String

        var testDescription: String { arguments }
    }

    static func data(_ name: String) throws -> Data {
        try Data(contentsOf: Bundle.module.bundleURL.appendingPathComponent("Golden/" + name))
    }

    static func console(_ name: String) throws -> [Case] {
        try JSONDecoder().decode(Console.self, from: data(name)).cases
    }

    static func madeImages() throws -> [MadeImage] {
        try JSONDecoder().decode(Made.self, from: data("mkimage.json")).cases
    }

    static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal)
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0..<$0 + 2]), radix: 16) }
    }
}
