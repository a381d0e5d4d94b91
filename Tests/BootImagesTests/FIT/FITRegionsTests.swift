import DeviceTree
import Testing

@testable import BootImages

struct FITRegionsTests {
    private let blob = try? DeviceTreeDocument(root: SampleFIT.root).blob()

    private func regions(_ nodes: [String], excluding names: [String] = []) throws -> [Range<Int>] {
        let blob = try #require(blob)
        return try unsafe FITRegions.find(
            in: blob.span.bytes, nodes: nodes.map { Array($0.utf8) }, excluding: Set(names.map { Array($0.utf8) }))
    }

    @Test func onlyTheEndIsCoveredWithoutNodes() throws {
        let blob = try #require(blob)
        let header = try unsafe FDTHeader(blob.span.bytes)
        let end = Int(header.offDtStruct + header.sizeDtStruct)
        #expect(try regions([]) == [(end - 4)..<end])
    }

    @Test func excludedValuesAreLeftOut() throws {
        let all = try regions(["/", "/images/kernel"])
        let without = try regions(["/", "/images/kernel"], excluding: ["data"])
        #expect(without.count == all.count + 1)
        // Tag, length, name and the five bytes with their padding.
        let covered: Int = all.reduce(0) { $0 + $1.count }
        let rest: Int = without.reduce(0) { $0 + $1.count }
        #expect(covered - rest == 20)
    }

    @Test func hashesBelowAnImageCountOnlyByName() throws {
        let blob = try #require(blob)
        let value = try unsafe FITImage(blob.span.bytes).images[0].hashes[0].property("value")?.range
        let range = try #require(value)
        #expect(try !regions(["/images/kernel"]).contains { $0.overlaps(range) })
        #expect(try regions(["/images/kernel/hash-1"]).contains { $0.overlaps(range) })
    }
}
