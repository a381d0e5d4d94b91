import Testing

@testable import Compression

struct InflateTests {
    private func run(_ input: [UInt8], room: Int) -> (Inflate.Result, [UInt8]) {
        var output = [UInt8](repeating: 0, count: room)
        var span = output.mutableSpan
        var bytes = unsafe span.mutableBytes
        let result = unsafe Inflate.run(input.span.bytes, into: &bytes)
        return (result, Array(output.prefix(result.byteCount)))
    }

    @Test func streamEndsWithItsText() {
        let (result, text) = run(Samples.deflate, room: 20000)
        #expect(result.code == 1)
        #expect(text.elementsEqual(Samples.text), "\(text.count) bytes")
    }

    @Test(arguments: [(84, 9999), (30, 20000), (0, 20000)])
    func inputOrRoomThatEndsIsABufferError(input: Int, room: Int) {
        #expect(run(Array(Samples.deflate.prefix(input)), room: room).0.code == -5)
    }

    @Test func damagedDataIsADataError() {
        #expect(run([0xff, 0xff, 0xff, 0xff], room: 100).0.code == -3)
    }
}
