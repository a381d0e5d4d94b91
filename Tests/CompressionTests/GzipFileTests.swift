import Foundation
import Testing

@testable import Compression

struct GzipFileTests {
    /// `abcdefghij` as gzip packs it.
    private static let packed: [UInt8] = [
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0x4c, 0x4a, 0x4e, 0x49, 0x4d, 0x4b, 0xcf, 0xc8, 0xcc, 0x02, 0,
        0x3a, 0x70, 0x81, 0x39, 10, 0, 0, 0,
    ]

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: [UInt8]
        var damage: String?
    }

    private static func changed(_ index: Int, _ value: UInt8) -> [UInt8] {
        var bytes = packed
        bytes[index] = value
        return bytes
    }

    private static let cases = [
        Case(testDescription: "whole", bytes: packed),
        Case(testDescription: "followed by zeros", bytes: packed + [0, 0, 0, 0]),
        Case(testDescription: "two in a row", bytes: packed + packed),
        Case(testDescription: "another kind", bytes: Array("not packed".utf8)),
        Case(testDescription: "empty", bytes: []),
        Case(testDescription: "no data", bytes: Array(packed.prefix(12)), damage: "unexpected end of file"),
        Case(testDescription: "no checksum", bytes: Array(packed.dropLast(8)), damage: "unexpected end of file"),
        Case(testDescription: "no length", bytes: Array(packed.dropLast(3)), damage: "unexpected end of file"),
        Case(testDescription: "damaged text", bytes: changed(12, 0x4d), damage: "incorrect data check"),
        Case(testDescription: "other checksum", bytes: changed(22, 0), damage: "incorrect data check"),
        Case(testDescription: "other length", bytes: changed(26, 11), damage: "incorrect length check"),
        Case(testDescription: "damaged block", bytes: changed(10, 0xff), damage: "invalid block type"),
    ]

    @Test(arguments: cases)
    func damageIsNamed(_ sample: Case) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "ibtest-gzip-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(sample.bytes).write(to: file)
        #expect(GzipFile.damage(file.path) == sample.damage)
    }

    @Test func missingFileIsNotDamaged() {
        #expect(GzipFile.damage("/nowhere/file") == nil)
    }
}
