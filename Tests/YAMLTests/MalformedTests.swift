import Testing
import YAML

/// Damaged texts must give an error or a value, never a crash; places must lie in the text.
struct MalformedTests {
    private static let seed = """
        # a board
        name: &n "virt \\u00e9 board"
        memory:
          - base: 0x40000000
            size: 1024
            label: *n
          - {base: 0x880000000, size: 2048, label: 'it''s'}
        timeout: 30
        mode: probe
        notes: |
          several
            lines
        folded: >-
          one
          text
        empty: ~
        ...
        """

    /// A small linear congruential generator: the same damage in each run.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 31)
        }
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func damagedTextsNeverCrash(_ run: UInt64) {
        var dice = Dice(state: run &* 977 &+ 1)
        let original = Array(Self.seed.utf8)
        let marks = Array("[]{}:,-?&*!|>'\"%@`#\n\t \\~<\0".utf8) + [0xff, 0xc3, 0x85, 0xe2]
        for _ in 0..<300 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...6, using: &dice) {
                let index = Int.random(in: 0..<bytes.count, using: &dice)
                switch Int.random(in: 0..<4, using: &dice) {
                case 0: bytes[index] = marks.randomElement(using: &dice) ?? 0
                case 1: bytes.insert(marks.randomElement(using: &dice) ?? 0, at: index)
                case 2: bytes.remove(at: index)
                default: bytes[index] = UInt8.random(in: 0...255, using: &dice)
                }
            }
            check(bytes)
        }
    }

    @Test func truncatedTextsNeverCrash() {
        let original = Array(Self.seed.utf8)
        for count in 0..<original.count { check(Array(original.prefix(count))) }
    }

    @Test func randomBytesNeverCrash() {
        var dice = Dice(state: 42)
        for count in 0..<500 { check((0..<count).map { _ in UInt8.random(in: 0...255, using: &dice) }) }
    }

    private func check(_ bytes: [UInt8]) {
        let decoder = YAMLDecoder(file: "f.yaml")
        do {
            _ = try decoder.decode(YAMLNode.self, from: bytes)
            _ = try decoder.decode(Sample.self, from: bytes)
        } catch {
            let lines = bytes.count { $0 == 0x0a || $0 == 0x0d || $0 == 0x85 || $0 == 0xa8 || $0 == 0xa9 } + 1
            #expect(error.line >= 1 && error.line <= lines, "\(error)")
            #expect(error.column >= 1 && error.column <= bytes.count + 1, "\(error)")
            #expect(!error.description.contains("\n"), "\(error)")
        }
    }
}
