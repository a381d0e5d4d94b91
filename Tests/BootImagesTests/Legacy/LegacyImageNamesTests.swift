import BootImages
import Foundation
import Testing

struct LegacyImageNamesTests {
    @Test func everyNumberHasTheNameThatUBootPrints() throws {
        var lines: [String] = []
        let numbers = 0...255 as ClosedRange<UInt8>
        lines += numbers.map { "type \($0) \(LegacyImageType(rawValue: $0).name(.v2023))" }
        lines += numbers.map { "os \($0) \(LegacyImageOS(rawValue: $0).name(.v2023))" }
        lines += numbers.map { "arch \($0) \(LegacyImageArchitecture(rawValue: $0))" }
        lines += numbers.map { "comp \($0) \(LegacyImageCompression(rawValue: $0))" }
        let recorded = String(decoding: try GoldenFile.data("legacy-names.txt"), as: UTF8.self)
        #expect(recorded.split(separator: "\n").map(String.init) == lines)
    }

    @Test func newerReleasesKnowMoreNames() {
        let numbers = 0...255 as ClosedRange<UInt8>
        let types = numbers.map { LegacyImageType(rawValue: $0) }.filter { $0.name(.v2023) != $0.name(.v2025) }
        #expect(
            types.map(\.description) == [
                "legacy Image with Flat Device Tree ", "Renesas SPKG Image", "StarFive SPL Image",
            ])
        let systems = numbers.map { LegacyImageOS(rawValue: $0) }.filter { $0.name(.v2023) != $0.name(.v2025) }
        #expect(systems.map(\.description) == ["ELF Image"])
    }
}
