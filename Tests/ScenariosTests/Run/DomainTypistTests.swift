import Testing

@testable import Scenarios

struct DomainTypistTests {
    private static let switches: [UInt8] = [1, 1, 1]

    private func typist(_ steps: String) throws -> DomainTypist {
        let text = "artifacts: {xen: {file: xen}}\nconfig: c\nexpect: {xen: [x]}\nsteps: \(steps)\n"
        let scenario = try Scenario(text: Array(text.utf8), path: "s.yaml", name: "s")
        return DomainTypist(scenario, names: [0: "dom0", 1: "domU0"])
    }

    private func take(
        _ typist: inout DomainTypist, _ text: String, _ name: String, hasEnd: Bool = true, at time: Double
    ) {
        typist.take(Array(text.utf8), of: name, hasEnd: hasEnd, at: time)
    }

    @Test func lineWaitsForTextThenForSilence() throws {
        var typist = try typist("[{at: dom0, after: HELLO, type: ls}]")
        take(&typist, "Linux", "dom0", at: 1)
        #expect(typist.next(focus: 0, hasHypervisor: true, at: 2) == [])
        take(&typist, "HELLO", "dom0", at: 3)
        #expect(typist.next(focus: 0, hasHypervisor: true, at: 3.1) == [])
        take(&typist, "more", "dom0", at: 3.1)
        #expect(typist.next(focus: 0, hasHypervisor: true, at: 3.2) == [])
        #expect(typist.next(focus: 0, hasHypervisor: true, at: 3.3) == Array("ls\r".utf8))
        #expect(typist.isDone)
    }

    @Test func whoeverNeverIsSilentGetsItsLine() throws {
        var typist = try typist("[{at: dom0, after: HELLO, type: ls}]")
        for tenths in 0..<30 { take(&typist, "HELLO", "dom0", at: Double(tenths) / 10) }
        #expect(typist.next(focus: 0, hasHypervisor: true, at: 2.95) == Array("ls\r".utf8))
    }

    @Test func inputIsMovedFirst() throws {
        var typist = try typist("[{at: domU0, type: ls}]")
        take(&typist, "x", "domU0", at: 1)
        #expect(typist.next(focus: 0, hasHypervisor: true, at: 2) == Self.switches)
        #expect(typist.next(focus: 0, hasHypervisor: true, at: 2.1) == [])
        typist.noteSwitch()
        #expect(typist.next(focus: nil, hasHypervisor: true, at: 2.2) == Self.switches)
        typist.noteSwitch()
        #expect(typist.next(focus: 1, hasHypervisor: true, at: 2.3) == Array("ls\r".utf8))
    }

    @Test func domainWithoutInputIsAFailure() throws {
        var typist = try typist("[{at: domU0, type: ls}]")
        take(&typist, "x", "domU0", at: 1)
        for index in 0..<81 {
            _ = typist.next(focus: 0, hasHypervisor: true, at: Double(index) + 2)
            typist.noteSwitch()
        }
        #expect(typist.failure == "Xen does not give the input to domU0")
    }

    @Test func nextStepWaitsForNewText() throws {
        var typist = try typist("[{at: dom0, after: '#', type: one}, {at: dom0, after: '#', type: two}]")
        take(&typist, "/ # ", "dom0", hasEnd: false, at: 1)
        #expect(typist.next(focus: 0, hasHypervisor: true, at: 2) == Array("one\r".utf8))
        // The same prompt again, with the echo behind it.
        take(&typist, "/ # one", "dom0", hasEnd: false, at: 2.1)
        #expect(typist.next(focus: 0, hasHypervisor: true, at: 3) == [])
        take(&typist, "/ # one", "dom0", at: 3)
        take(&typist, "/ # ", "dom0", hasEnd: false, at: 3)
        #expect(typist.next(focus: 0, hasHypervisor: true, at: 3.5) == Array("two\r".utf8))
    }

    @Test func textOfOneDomainCountsWhileAnotherIsNext() throws {
        var typist = try typist("[{at: domU0, after: A, type: a}, {at: dom0, after: B, type: b}]")
        take(&typist, "B", "dom0", at: 1)
        take(&typist, "A", "domU0", at: 2)
        #expect(typist.next(focus: 1, hasHypervisor: true, at: 3) == Array("a\r".utf8))
        #expect(typist.next(focus: 0, hasHypervisor: true, at: 4) == Array("b\r".utf8))
    }
}
