import Testing

@testable import Compression

struct LZ4Tests {
    private func run(_ input: [UInt8], room: Int) -> (LZ4.Result, [UInt8]) {
        var output = [UInt8](repeating: 0, count: room)
        var span = output.mutableSpan
        var bytes = unsafe span.mutableBytes
        let result = LZ4.run(input, into: &bytes)
        return (result, Array(output.prefix(result.byteCount)))
    }

    @Test func frameGivesItsText() {
        let (result, text) = run(Samples.lz4, room: 20000)
        #expect(result == LZ4.Result(code: 0, byteCount: 10000))
        #expect(text.elementsEqual(Samples.text), "\(text.count) bytes")
    }

    @Test(
        arguments: [
            ([], -22), ([1, 2, 3, 4, 5, 6, 7], -93), ([4, 0x22, 0x4d, 0x18, 0x24, 0x40, 0], -93),
            ([4, 0x22, 0x4d, 0x18, 0x65, 0x40, 0], -22), ([4, 0x22, 0x4d, 0x18, 0x64, 0x41, 0], -22),
            ([4, 0x22, 0x4d, 0x18, 0x44, 0x40, 0], -93), ([4, 0x22, 0x4d, 0x18, 0x64, 0x40, 0, 9, 0, 0, 0], -22),
            ([4, 0x22, 0x4d, 0x18, 0x64, 0x40, 0, 2, 0, 0, 0, 0x0f, 0], -71),
        ] as [([UInt8], Int)])
    func damageHasUBootsNumbers(frame: [UInt8], code: Int) {
        #expect(run(frame, room: 100).0 == LZ4.Result(code: code, byteCount: 0))
    }

    @Test func wholeBlocksThatDoNotFitAreDamaged() {
        #expect(run(Samples.lz4, room: 9999).0 == LZ4.Result(code: -71, byteCount: 0))
    }

    @Test func storedBlocksFillWhatThereIs() {
        let frame: [UInt8] = [4, 0x22, 0x4d, 0x18, 0x60, 0x40, 0, 3, 0, 0, 0x80, 7, 8, 9, 0, 0, 0, 0]
        #expect(run(frame, room: 10).1 == [7, 8, 9])
        #expect(run(frame, room: 2).0 == LZ4.Result(code: -105, byteCount: 2))
    }

    @Test func anyFlippedByteEndsWell() {
        for index in Samples.lz4.indices {
            var frame = Samples.lz4
            frame[index] ^= 0x55
            #expect(run(frame, room: 20000).0.byteCount <= 20000)
        }
    }
}
