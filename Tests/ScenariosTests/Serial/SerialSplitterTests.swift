import Testing

@testable import Scenarios

struct SerialSplitterTests {
    private func streams(
        _ text: String, _ payload: SerialSplitter.Payload = .xen(hasDom0: true), settles: Bool = false
    ) -> [SerialSource: String] {
        var splitter = SerialSplitter(payload)
        var streams: [SerialSource: [UInt8]] = [:]
        func add(_ pieces: [SerialSplitter.Piece]) {
            for piece in pieces { streams[piece.source, default: []] += piece.bytes }
        }
        add(splitter.split(Array(text.utf8)))
        if settles { add(splitter.settle()) } else { add(splitter.finish()) }
        return streams.mapValues { String(decoding: $0, as: UTF8.self) }
    }

    private static let start = "Starting kernel ...\r\n\r\n(XEN) Xen version 4.17\r\n"
    private static let dom0 = start + "(XEN) *** Serial input to DOM0 (type 'CTRL-a' three times to switch input)\r\n"
    private static let dom1 = start + "(XEN) *** Serial input to DOM1 (type 'CTRL-a' three times to switch input)\r\n"

    @Test func firmwareEndsWhereTheKernelStarts() {
        let streams = streams("=> boot\r\n\r\n" + Self.start)
        #expect(streams[.firmware] == "=> boot\n\nStarting kernel ...\n\n")
        #expect(streams[.hypervisor] == "Xen version 4.17\n")
    }

    @Test func xenLineCutsDom0Line() {
        let streams = streams(Self.dom0 + "[ 0.6] gov 'user_sp(XEN) DOM1: [ 0.1] x\r\r\n(XEN) d0v0: y\r\nace'\r\r\n")
        #expect(streams[.domain(0)] == "[ 0.6] gov 'user_space'\r\n")
        #expect(streams[.domain(1)] == "[ 0.1] x\r\n")
        #expect(streams[.hypervisor]?.hasSuffix("d0v0: y\n") == true)
    }

    @Test func fullBufferIsNoLineEnd() {
        let long = String(repeating: "x", count: SerialSplitter.tagLimit)
        let streams = streams(
            Self.dom0 + "(XEN) DOM1: \(long)\r\n(XEN) DOM1: rest\r\n(XEN) DOM1: \(long)\r\n(XEN) DOM1: \r\n")
        #expect(streams[.domain(1)] == "\(long)rest\n\(long)\n")
    }

    @Test func tagMayStandBehindATime() {
        let start = Self.dom0.replacing("(XEN) ", with: "(XEN) [    0.5] ")
        let streams = streams(start + "(XEN) [    1.25] DOM12: a\r\n(XEN) [2026-01-02 03:04:05] DOM3: b\r\n")
        #expect(streams[.domain(12)] == "a\n")
        #expect(streams[.domain(3)] == "b\n")
    }

    @Test func focusOwnerHasNoTag() {
        let text =
            Self.dom1 + "(XEN) HELLO\r\n(XEN) DOM2: two\r\n(XEN) d1v0: vGICD: unhandled\r\n(XEN) [    0.1] x\r\r\n"
        let streams = streams(text, .xen(hasDom0: false))
        #expect(streams[.domain(1)] == "HELLO\n[    0.1] x\r\n")
        #expect(streams[.domain(2)] == "two\n")
        #expect(streams[.hypervisor]?.hasSuffix("d1v0: vGICD: unhandled\n") == true)
    }

    @Test func focusOwnerLineIsCutByOthers() {
        let text = Self.dom1 + "(XEN) HEL(XEN) DOM2: two\r\nLO (XEN) d2v0: y\r\nthere\r\n"
        let streams = streams(text, .xen(hasDom0: false))
        #expect(streams[.domain(1)] == "HELLO there\n")
        #expect(streams[.domain(2)] == "two\n")
        #expect(streams[.hypervisor]?.hasSuffix("d2v0: y\n") == true)
    }

    @Test func cutOffLineLeavesTheNextOneWithoutMarker() {
        let text =
            Self.dom1
            + "(XEN) HEL(XEN) DOM2: two\r\nDOM3: three\r\n(XEN) L(XEN) DOM4: four\r\n(XEN) O\r\nDOM5: five\r\n"
        let streams = streams(text, .xen(hasDom0: false))
        #expect(streams[.domain(1)] == "HELLO\n")
        #expect([2, 3, 4, 5].map { streams[.domain($0)] } == ["two\n", "three\n", "four\n", "five\n"])
    }

    @Test func promptComesOutInSilence() {
        let streams = streams(Self.dom1 + "(XEN) / # ", settles: true)
        #expect(streams[.domain(1)] == "/ # ")
    }

    @Test func lineWithoutEndComesOutInPieces() {
        let long = String(repeating: "x", count: 10_000)
        var splitter = SerialSplitter(.xen(hasDom0: false))
        let pieces = splitter.split(Array((Self.dom1 + "(XEN) " + long).utf8))
        #expect(pieces.filter { $0.source == .domain(1) }.reduce(0) { $0 + $1.bytes.count } == 8192)
        let rest = splitter.split(Array("yz\r\n(XEN) DOM2: a\r\n".utf8))
        #expect(rest.first?.bytes.suffix(3) == [0x79, 0x7a, 0x0a])
        #expect(rest.last == .init(source: .domain(2), bytes: [0x61, 0x0a]))
    }

    @Test func focusIsFollowed() {
        let xen = "(XEN) *** Serial input to Xen (type 'CTRL-a' three times to switch input)\r\n"
        let streams = streams(Self.dom1 + "(XEN) one\r\n" + xen + "(XEN) two\r\n")
        #expect(streams[.domain(1)] == "one\n")
        #expect(streams[.hypervisor]?.hasSuffix("two\n") == true)
    }

    @Test func announcementMayCutAPrompt() {
        let text = Self.dom0 + "/ # (XEN) *** Serial input to DOM1 (type 'CTRL-a' three times)\r\n(XEN) / # \r\r\n"
        let streams = streams(text)
        #expect(streams[.domain(0)] == "/ # ")
        #expect(streams[.domain(1)] == "/ # \r\n")
    }

    @Test func markerInATaggedLineIsText() {
        #expect(streams(Self.dom0 + "(XEN) DOM1: (XEN) DOM2: x\r\n")[.domain(1)] == "(XEN) DOM2: x\n")
    }

    @Test func kernelWithoutHypervisorIsNumberZero() {
        let streams = streams("Starting kernel ...\r\n\r\n[ 0.0] Linux\r\n(XEN) no\r\n", .linux)
        #expect(streams[.domain(0)] == "[ 0.0] Linux\n(XEN) no\n")
    }

    @Test(arguments: ["(XEN) ", "(XEN", "(XEN) DOM", "(XEN) [1.0", "\r", "(XEN) DOM1: x"])
    func nothingIsKeptAtTheEnd(_ text: String) {
        let all = streams(Self.dom0 + text).values.reduce(0) { $0 + $1.utf8.count }
        let without = streams(Self.dom0).values.reduce(0) { $0 + $1.utf8.count }
        let markers = text.hasPrefix("(XEN) DOM1: ") ? 12 : text.hasPrefix("(XEN) ") ? 6 : 0
        #expect(all == without + text.utf8.count - markers)
    }
}
