import BootImages
import Testing

struct LegacyImagePartsTests {
    /// Each case: for part 0, 1, … and one more, `imxtract` and `echo $fileaddr $filesize`.
    @Test(arguments: try GoldenFile.console("parts.json"))
    func liesWhereImxtractFindsIt(recorded: GoldenFile.Case) throws {
        let parts = LegacyImageParts(recorded.bytes)
        let found = recorded.commands.filter { $0.command.hasPrefix("echo") }.map(\.output)
        let expected = parts.ranges.map { range in
            let address = String(recorded.address + UInt64(range.lowerBound), radix: 16)
            return "\(address) \(String(range.count, radix: 16))\n"
        }
        #expect(found == expected + ["\n"])
        #expect(parts.isTerminated)
        #expect(parts.firstOutside(byteCount: recorded.bytes.count) == nil)
    }

    @Test func partsReadBackAreThePartsWritten() throws {
        let written: [[UInt8]] = [[1], [2, 2], [3, 3, 3], [4, 4, 4, 4], [5, 5, 5, 5, 5]]
        let image = try LegacyImage(type: .multi).encode(parts: written)
        let parts = LegacyImageParts(image)
        #expect(parts.ranges.map { Array(image[$0]) } == written)
    }

    @Test func eachTruncationIsToldByItsFirstMissingPart() throws {
        let image = try LegacyImage(type: .multi).encode(parts: [[1, 1, 1], [2], [3]])
        for count in 0...image.count {
            let parts = LegacyImageParts(Array(image.prefix(count)))
            #expect(parts.isTerminated == (count >= 80))
            #expect(parts.ranges.count == max(0, min(3, (count - 64) / 4)))
            guard parts.isTerminated else { continue }
            let missing: Int? = count < 83 ? 0 : count < 85 ? 1 : count < 89 ? 2 : nil
            #expect(parts.firstOutside(byteCount: count) == missing)
        }
    }

    @Test func hugeSizesDoNotOverflow() throws {
        let bytes = [UInt8](repeating: 0xff, count: 4096)
        let parts = LegacyImageParts(bytes)
        #expect(parts.ranges.count == (4096 - 64) / 4)
        #expect(parts.ranges.last?.count == 0xffff_ffff)
        #expect(!parts.isTerminated)
    }

    @Test func tableWithoutEndIsReadUpToTheLimit() {
        let bytes = [UInt8](repeating: 1, count: 64 + 4 * LegacyImageParts.limit + 4)
        let parts = LegacyImageParts(bytes)
        #expect(parts.ranges.count == LegacyImageParts.limit)
        #expect(!parts.isTerminated)
    }
}
