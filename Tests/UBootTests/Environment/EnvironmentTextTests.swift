import Testing

@testable import UBoot

struct EnvironmentTextTests {
    @Test func entriesAreEncoded() {
        let entries: [(name: ByteString, value: ByteString)] = [("a", "1"), ("b", "x\ny\\")]
        #expect(EnvironmentText.text(entries) == Array("a=1\nb=x\\\ny\\\\\n\0".utf8))
        #expect(EnvironmentText.binary(entries) == Array("a=1\0b=x\ny\\\\\0\0".utf8))
        #expect(EnvironmentText.text([]) == [0])
    }

    @Test(arguments: [
        ("a=1\nb=2\n", "a=1 b=2"), ("a=1", "a=1"), ("  a=1\n\tb=2\n", "a=1 b=2"), ("# c\na=1\n", "a=1"), ("a\n", "-a"),
        ("a=\n", "-a"), ("a=x\\\ny\n", "a=x\ny"), ("a=x\\\\y\n", "a=x\\y"), ("a=1\0b=2\n", "a=1 b=2"), ("=1\n", "!"),
        ("a=b=c\n", "a=b=c"), ("a=1\r\n", "a=1\r"), ("", "-"),
    ])
    func textIsRead(_ text: String, _ changes: String) {
        #expect(show(text, separator: UInt8(ascii: "\n"), dropsCR: false) == changes)
    }

    @Test(arguments: [("a=1\0b=2\0\0", "a=1 b=2"), ("a=1\n\0", "a=1\n"), ("a=x\\\0\0", "a=x\\")])
    func binaryIsRead(_ text: String, _ changes: String) {
        #expect(show(text, separator: 0, dropsCR: false) == changes)
    }

    @Test(arguments: [("a=1\r\nb=2\r\n", "a=1 b=2"), ("a=1\rx\n", "a=1\rx")])
    func carriageReturnsAreDropped(_ text: String, _ changes: String) {
        #expect(show(text, separator: UInt8(ascii: "\n"), dropsCR: true) == changes)
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func randomBlocksComeToAnEnd(_ seed: UInt64) {
        var random = SeededBytes(seed: seed)
        let characters = Array("ab=\\\n\r# \0\t".utf8)
        for _ in 0..<500 {
            let bytes = random.bytes(24).map { characters[Int($0) % characters.count] }
            _ = EnvironmentText.parse(bytes, separator: UInt8(ascii: "\n"), dropsCR: true)
            _ = EnvironmentText.parse(bytes, separator: 0, dropsCR: false)
        }
    }

    private func show(_ text: String, separator: UInt8, dropsCR: Bool) -> String {
        EnvironmentText.parse(Array(text.utf8), separator: separator, dropsCR: dropsCR).map { change in
            guard let change else { return "!" }
            return change.value.map { "\(change.name)=\($0)" } ?? "-\(change.name)"
        }.joined(separator: " ")
    }
}
