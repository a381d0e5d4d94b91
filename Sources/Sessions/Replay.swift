public import Boards
internal import FoundationEssentials
internal import Reports
public import UBoot

/// A session typed again, and what came out otherwise.
public struct Replay: Sendable {
    /// Something that came out otherwise.
    public struct Difference: Sendable, Equatable {
        /// The number of the line or construct in the file, from 1; nil for the device tree at the end.
        public var number: Int?
        /// The line.
        public var command: ByteString
        /// What the file says.
        public var expected: Answer
        /// What came out.
        public var found: Answer
    }

    /// An output with its status.
    public struct Answer: Sendable, Equatable {
        /// What was printed.
        public var output: ByteString
        /// `$?`; nil if U-Boot does not come back.
        public var status: Int?
    }

    /// How many lines and constructs the file has.
    public let count: Int
    /// Where they came out otherwise.
    public private(set) var differences: [Difference] = []

    /// Types the lines of a file at a fresh board whose network has its files.
    public init(_ file: SessionFile, on simulation: Simulation) throws {
        guard file.disks?.isEmpty ?? true else { throw SessionFileError.needsDisks }
        count = file.commands.count
        let before = SessionFile.network + (file.setup ?? [])
        let lines = before + file.commands.map(\.command)
        let text = ByteString(lines.flatMap { $0.bytes + [UInt8(ascii: "\n")] })
        let outcome = try simulation.run(typed: text, name: Session.source)
        compare(file, with: outcome.typed.dropFirst(before.count))
        try compareTree(file, with: outcome)
    }

    private mutating func compare(_ file: SessionFile, with typed: ArraySlice<Machine.TypedCommand>) {
        var rest = typed
        for (index, entry) in file.commands.enumerated() {
            // A construct over several lines may be one entry or several.
            var length = 0
            var found = Answer(output: "", status: nil)
            repeat {
                guard let next = rest.popFirst() else { break }
                length += next.command.count + 1
                found.output.bytes += next.output.bytes
                found.status = next.status
            } while length < entry.command.count
            let expected = Answer(output: entry.output ?? "", status: entry.status)
            let isSame = entry.match == "status" || Self.timeless(expected.output) == Self.timeless(found.output)
            guard !isSame || expected.status != found.status else { continue }
            differences.append(
                Difference(number: index + 1, command: entry.command, expected: expected, found: found))
        }
    }

    private mutating func compareTree(
        _ file: SessionFile, with outcome: Simulation.Outcome
    ) throws(SessionFileError) {
        guard let place = file.finalFDT, let text = file.expectedFDT else { return }
        guard let expected = Data(base64Encoded: text) else { throw .badTree }
        let found: [UInt8]?
        if place == "x0" {
            found = outcome.record.handOff?.treeBytes.bytes
        } else {
            guard let address = UInt64(place, radix: 16) else { throw .badTree }
            found = outcome.machine.treeBlob(at: Address(address))
        }
        guard found != [UInt8](expected) else { return }
        differences.append(
            Difference(
                number: nil, command: "",
                expected: Answer(
                    output: ByteString(utf8: "a device tree of \(expected.count) bytes at \(place)"), status: nil),
                found: Answer(
                    output: ByteString(utf8: found.map { "another one of \($0.count) bytes" } ?? "none"), status: nil)))
    }

    /// The output without what depends on time.
    private static func timeless(_ output: ByteString) -> String {
        output.latin1.replacing(/\n\t [0-9.]+ (?:[KMG]iB|Bytes)\/s(?=\n)/, with: "")
            .replacing(/\ in \d+ ms(?: \([^)\n]*\/s\))?/, with: " in T ms")
    }
}

extension Replay {
    /// The differences for people, ended by a line with their number and a line feed.
    public func text(name: String) -> String {
        var lines: [String] = []
        for difference in differences {
            guard let number = difference.number else {
                lines += ["\(name): the device tree at the end:"]
                lines += [
                    "  expected \(difference.expected.output.display)", "  found    \(difference.found.output.display)",
                ]
                continue
            }
            lines.append("\(name): line \(number): \(difference.command.display.printable)")
            if difference.expected.status != difference.found.status {
                lines.append("  expected \(difference.expected.ending), found \(difference.found.ending)")
            }
            lines += Self.changes(from: difference.expected.output, to: difference.found.output)
        }
        let same = count - differences.count { $0.number != nil }
        lines.append("\(name): \(same) of \(count) lines as recorded" + (differences.isEmpty ? "" : ", not the rest"))
        return lines.joined(separator: "\n") + "\n"
    }

    /// The lines of both outputs that are not the same, a few of each.
    private static func changes(from expected: ByteString, to found: ByteString) -> [String] {
        var left = timeless(expected).split(separator: "\n", omittingEmptySubsequences: false)[...]
        var right = timeless(found).split(separator: "\n", omittingEmptySubsequences: false)[...]
        let same = zip(left, right).prefix { $0 == $1 }.count
        left = left.dropFirst(same)
        right = right.dropFirst(same)
        while let last = left.last, last == right.last {
            left.removeLast()
            right.removeLast()
        }
        guard !left.isEmpty || !right.isEmpty else { return [] }
        return (same > 0 ? ["  in line \(same + 1) of the output:"] : [])
            + shown(left, "expected") + shown(right, "found   ")
    }

    private static func shown(_ lines: ArraySlice<Substring>, _ title: String) -> [String] {
        let limit = 4
        guard !lines.isEmpty else { return ["  \(title) nothing"] }
        let more = lines.count > limit ? ["           (\(lines.count - limit) more)"] : []
        return lines.prefix(limit).enumerated().map { index, line in
            "  \(index == 0 ? title : "        ") | \(String(line).printable)"
        } + more
    }
}

extension Replay.Answer {
    fileprivate var ending: String { status.map { "status \($0)" } ?? "that U-Boot does not come back" }
}
