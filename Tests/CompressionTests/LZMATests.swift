import Testing

@testable import Compression

struct LZMATests {
    private func run(_ input: [UInt8], room: Int) -> (LZMA.Result, [UInt8]) {
        var output = [UInt8](repeating: 0, count: room)
        var span = output.mutableSpan
        var bytes = unsafe span.mutableBytes
        let result = LZMA.run(input, into: &bytes)
        return (result, Array(output.prefix(result.byteCount)))
    }

    private func changed(_ index: Int, to byte: UInt8) -> [UInt8] {
        var stream = Samples.lzma
        stream[index] = byte
        return stream
    }

    @Test func streamGivesItsText() {
        let (result, text) = run(Samples.lzma, room: 20000)
        #expect(result == LZMA.Result(code: 0, byteCount: 10000))
        #expect(text.elementsEqual(Samples.text), "\(text.count) bytes")
    }

    @Test func failuresHaveTheNumbersOfTheSDK() {
        #expect(run(Samples.lzma, room: 9999).0.code == 7)
        #expect(run(Array(Samples.lzma.prefix(17)), room: 20000).0.code == 6)
        #expect(run(Array(Samples.lzma.prefix(60)), room: 20000).0.code == 6)
        #expect(run(changed(0, to: 225), room: 20000).0.code == 4)
        #expect(run(changed(13, to: 1), room: 20000).0.code == 1)
        #expect(run(changed(5, to: 0x0f), room: 20000).0.code == 1)
    }

    @Test func anyFlippedByteEndsWell() {
        for index in Samples.lzma.indices {
            #expect(run(changed(index, to: Samples.lzma[index] ^ 0x55), room: 20000).0.byteCount <= 20000)
        }
    }
}
