import Testing

@testable import Scenarios

/// Writes known texts of several writers to one line, as Xen does, and takes them apart again.
struct SerialInterleavingTests {
    /// Xen's console: who writes what, and what comes out of the wire.
    private struct Console {
        var wire: [UInt8] = []
        var written: [SerialSource: [UInt8]] = [:]
        private var buffers: [Int: [UInt8]] = [:]
        /// For each processor, whether its next text begins a line.
        private var isAtStart = [true, true, true]
        private var processor = 0
        private var random: SeededGenerator

        init(seed: UInt64) { random = SeededGenerator(seed: seed) }

        private mutating func put(_ bytes: [UInt8]) {
            for byte in bytes { wire += byte == 0x0a ? [0x0d, 0x0a] : [byte] }
        }

        mutating func firmware(_ text: [UInt8]) {
            put(text)
            written[.firmware, default: []] += text
        }

        /// On a processor that is not within a line: what Xen writes on another one looks like the line's rest.
        mutating func xen(_ line: String) {
            guard isAtStart.contains(true) else { return }
            put(Array("(XEN) \(line)\n".utf8))
            written[.hypervisor, default: []] += Array("\(line)\n".utf8)
        }

        mutating func dom0(_ text: [UInt8]) {
            put(text)
            written[.domain(0), default: []] += text
        }

        /// A byte on the UART of a domain without the input.
        mutating func domain(_ number: Int, _ byte: UInt8) {
            written[.domain(number), default: []].append(byte)
            var buffer = buffers[number] ?? []
            buffer.append(byte)
            if byte == 0x0a || buffer.count == SerialSplitter.tagLimit {
                let processor = isPinned ? number : Int.random(in: 0..<isAtStart.count, using: &random)
                let marker = isAtStart[processor] ? "(XEN) " : ""
                put(Array("\(marker)DOM\(number): ".utf8) + buffer + (byte == 0x0a ? [] : [0x0a]))
                isAtStart[processor] = true
                buffer = []
            }
            buffers[number] = buffer
        }

        /// A byte on the UART of the domain with the input.
        mutating func owner(_ number: Int, _ byte: UInt8) {
            written[.domain(number), default: []].append(byte)
            // It moves from one processor to another now and then.
            if isPinned {
                processor = number
            } else if Int.random(in: 0..<12, using: &random) == 0 {
                processor = Int.random(in: 0..<3, using: &random)
            }
            if isAtStart[processor] { put(Array("(XEN) ".utf8)) }
            put([byte])
            isAtStart[processor] = byte == 0x0a
        }

        /// The domain with the input, of those on UARTs; nil for Dom0 and Xen.
        private(set) var focus: Int?
        private var isFresh = false
        /// Whether each domain stays on a processor of its own.
        var isPinned = false

        /// Xen says who has the input now, on any processor.
        mutating func move(_ number: Int?) {
            guard number != focus else { return }
            let processor = Int.random(in: 0..<isAtStart.count, using: &random)
            let text = "*** Serial input to DOM\(number ?? 0) (type 'CTRL-a' three times to switch input)\n"
            put(Array((isAtStart[processor] ? "(XEN) " : "").utf8) + Array(text.utf8))
            isAtStart[processor] = true
            written[.hypervisor, default: []] += Array(text.utf8)
            (focus, isFresh) = (number, true)
        }

        /// A byte on the UART of a domain, which may have the input.
        mutating func write(_ number: Int, _ byte: UInt8) {
            guard focus == number else { return domain(number, byte) }
            guard isFresh, let buffer = buffers[number], !buffer.isEmpty else {
                isFresh = false
                return owner(number, byte)
            }
            // What was collected comes out with a line feed of Xen's.
            isFresh = false
            buffers[number] = []
            written[.domain(number), default: []].append(byte)
            processor = number
            put(Array((isAtStart[processor] ? "(XEN) " : "").utf8) + buffer + [byte] + (byte == 0x0a ? [] : [0x0a]))
            isAtStart[processor] = true
        }

        /// Whether a domain on a UART is within a line that is on the wire.
        var isWithinLine: Bool { isAtStart.contains(false) }

        /// Ends what has no end, so that all that was written has come out.
        mutating func settle(owner number: Int?) {
            for (domain, buffer) in buffers.sorted(by: { $0.key < $1.key }) where !buffer.isEmpty {
                self.domain(domain, 0x0a)
            }
            if let number { owner(number, 0x0a) }
        }
    }

    private static let messages = [
        "d1v0: vGICD: unhandled word write 0x000000ffffffff to ICACTIVER4", "Freed 348kB init memory.",
        "common/grant_table.c:1909:d0v0 Expanding d0 grant table from 1 to 2 frames", "*** something",
    ]

    /// Text as domains write it, made of what is hard to tell apart.
    private static func text(_ random: inout SeededGenerator, hasTags: Bool = true) -> [UInt8] {
        let parts = [
            // Where there is no tag, text that looks like one is one.
            "[    0.123456] ", "(XEN", "(XEN)", hasTags ? "DOM1: " : "DOM", "\r", "\n", "\n", "x", "HELLO from ",
            "/ # ", "\u{1b}[6n", "é",
            String(repeating: "y", count: Int.random(in: 1...140, using: &random)), "\u{1}", "((XEN", " ", ": ",
        ]
        return (0..<Int.random(in: 1...6, using: &random)).flatMap { _ in
            Array((parts.randomElement(using: &random) ?? "").utf8)
        }
    }

    /// Without the marker itself, which only Xen writes.
    private static func plain(_ text: [UInt8], after last: [UInt8]) -> [UInt8] {
        var result = last.suffix(5) + []
        let kept = result.count
        for byte in text where !(byte == 0x20 && result.suffix(5).elementsEqual("(XEN)".utf8)) { result.append(byte) }
        return Array(result.dropFirst(kept))
    }

    private static func check(_ console: Console, _ payload: SerialSplitter.Payload, _ random: inout SeededGenerator) {
        var splitter = SerialSplitter(payload)
        var streams: [SerialSource: [UInt8]] = [:]
        var rest = console.wire[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...200, using: &random)
            for piece in splitter.split(Array(rest.prefix(count))) { streams[piece.source, default: []] += piece.bytes }
            rest = rest.dropFirst(count)
        }
        for piece in splitter.finish() { streams[piece.source, default: []] += piece.bytes }
        #expect(Set(streams.keys) == Set(console.written.keys))
        for (source, bytes) in console.written {
            let found = streams[source] ?? []
            let same = zip(found, bytes).prefix { $0 == $1 }.count
            #expect(
                found == bytes,
                """
                \(String(decoding: console.wire, as: UTF8.self))
                \(source) differs at \(same): found \(String(decoding: found[same...].prefix(60), as: UTF8.self)), \
                expected \(String(decoding: bytes[same...].prefix(60), as: UTF8.self))
                """)
        }
    }

    @Test(arguments: 0..<200)
    func dom0AndDomainsComeOutByteForByte(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var console = Console(seed: seed)
        console.firmware(Array("U-Boot\n=> source\n\nStarting kernel ...\n\n".utf8))
        console.xen("Xen version 4.17.7")
        console.xen("*** Serial input to DOM0 (type 'CTRL-a' three times to switch input)")
        for _ in 0..<Int.random(in: 1...80, using: &random) {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<2: console.xen(Self.messages.randomElement(using: &random) ?? "")
            case 2..<6:
                let last = console.written[.domain(0)] ?? []
                console.dom0(Self.plain(Self.text(&random), after: last))
            default:
                let number = Int.random(in: 1...3, using: &random)
                for byte in Self.text(&random) { console.domain(number, byte) }
            }
        }
        console.settle(owner: nil)
        Self.check(console, .xen(hasDom0: true), &random)
    }

    /// A person moves the input between Dom0 and domains whose shells write prompts and echoes.
    @Test(arguments: 0..<300)
    func inputMovesByteForByte(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var console = Console(seed: seed)
        console.isPinned = true
        console.firmware(Array("\nStarting kernel ...\n\n".utf8))
        console.xen("Xen version 4.17.7")
        console.xen("*** Serial input to DOM0 (type 'CTRL-a' three times to switch input)")
        for number in 1...2 { for byte in Array("[    0.000000] Booting\r\n".utf8) { console.domain(number, byte) } }
        for _ in 0..<Int.random(in: 1...40, using: &random) {
            let number = Int.random(in: 1...2, using: &random)
            switch Int.random(in: 0..<8, using: &random) {
            case 0: console.xen(Self.messages.randomElement(using: &random) ?? "")
            case 1: console.move([nil, 1, 2].randomElement(using: &random) ?? nil)
            case 2, 3:
                // Within another one's line, only a kernel's time tells whose it is.
                let text = console.isWithinLine ? "[   12.345678] brought up\r\n" : "/ # ls\r\nbin dev\r\n"
                console.dom0(Array(text.utf8))
            default:
                let line = ["/ # \u{1b}[6n", "ls\r\n", "bin  dev\r\n", "[ x ]\r\n", "\r\n", "DOM\r\n"]
                for byte in Array((line.randomElement(using: &random) ?? "").utf8) { console.write(number, byte) }
            }
        }
        console.settle(owner: nil)
        Self.check(console, .xen(hasDom0: true), &random)
    }

    @Test(arguments: 0..<200)
    func ownerOfTheInputComesOutByteForByte(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var console = Console(seed: seed)
        console.firmware(Array("\nStarting kernel ...\n\n".utf8))
        console.xen("Xen version 4.20.3")
        console.xen("*** Serial input to DOM1 (type 'CTRL-a' three times to switch input)")
        for _ in 0..<Int.random(in: 1...80, using: &random) {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<2: console.xen(Self.messages.randomElement(using: &random) ?? "")
            case 2..<6:
                let last = console.written[.domain(1)] ?? []
                for byte in Self.plain(Self.text(&random, hasTags: false), after: last) {
                    // Any writer may come between two characters.
                    if Int.random(in: 0..<20, using: &random) == 0 { console.domain(2, 0x0a) }
                    if Int.random(in: 0..<40, using: &random) == 0 { console.xen("d2v0: x") }
                    console.owner(1, byte)
                }
            default:
                for byte in Self.text(&random) { console.domain(Int.random(in: 2...4, using: &random), byte) }
            }
        }
        console.settle(owner: 1)
        Self.check(console, .xen(hasDom0: false), &random)
    }
}
