/// Takes the serial line of a machine apart: each writer gets back the very bytes that it wrote.
///
/// Firmware and Xen send a carriage return before each line feed of everybody's text; those are taken out. Xen writes
/// a line of its own, or of a domain whose UART it emulates, in one piece behind `(XEN) `; text of Dom0 comes as it is,
/// at any byte of which such a line may stand. A domain that has the input gets its characters out at once, behind
/// `(XEN) ` but without a tag, so that only its wording tells a line of Xen from one of that domain. Each processor of
/// Xen knows for itself whether it is within a line: where such a domain was cut off, the next line that the same
/// processor writes has its tag but no `(XEN) `. A domain that gets the input has what Xen had collected of its line
/// written with a line feed of Xen's.
public struct SerialSplitter: Sendable {
    /// Bytes of one writer.
    public struct Piece: Sendable, Equatable {
        /// The writer.
        public var source: SerialSource
        /// What it wrote.
        public var bytes: [UInt8]

        /// A piece from its parts.
        public init(source: SerialSource, bytes: [UInt8]) {
            self.source = source
            self.bytes = bytes
        }
    }

    /// What the firmware starts.
    public enum Payload: Sendable, Equatable {
        /// Xen, with or without Dom0.
        case xen(hasDom0: Bool)
        /// A kernel.
        case linux
    }

    /// The characters of a domain's line that Xen collects before it writes them without waiting for the line's end.
    public static let tagLimit = 126

    private enum Mode: Sendable, Equatable {
        /// Text as its writer wrote it.
        case raw
        /// Behind `(XEN) `, where a tag may come.
        case head
        /// In a line of a domain, with so many characters of it.
        case tagged(Int, count: Int)
        /// In a line without a tag.
        case plain
    }

    /// A line without a tag that has no end yet.
    private struct Line: Sendable {
        var text: [UInt8] = []
        /// Who got the beginning of the line, which is no longer in `text`.
        var owner: SerialSource?
        /// The last byte of that beginning.
        var last: UInt8?
    }

    private static let start = Array("Starting kernel ...".utf8)
    /// So many lines can begin inside one another: one whenever who has the input moves to another processor.
    private static let depthLimit = 4096

    /// A line without an end is given to its writer in pieces of this size.
    private static let lineLimit = 4096

    private let payload: Payload
    private var isFirmware = true
    private var mode = Mode.raw
    private var hasCarriageReturn = false
    /// The beginning of a marker, perhaps.
    private var held: [UInt8] = []
    private var head: [UInt8] = []
    private var open: [Line] = []
    private var firmwareLine: [UInt8] = []
    private var startsKernel = false
    private var wording = HypervisorWording()
    private var habits = LineHabits()
    /// Whether Xen's own lines begin with a time.
    private var hasTimes = false
    private var pieces: [Piece] = []
    /// The domain that has the input; nil before Xen has said so, and while Xen itself has it.
    public private(set) var focus: Int?
    /// Whether Xen has given the input to anyone, which it does at the end of its own start.
    public private(set) var hasStartedDomains = false

    /// A splitter at the start of the firmware.
    public init(_ payload: Payload) {
        self.payload = payload
    }

    /// Whether firmware still has the line.
    public var isInFirmware: Bool { isFirmware }

    /// The bytes by writer, in the order in which they came; what cannot be told yet comes later.
    public mutating func split(_ bytes: [UInt8]) -> [Piece] {
        for byte in bytes { take(byte) }
        return flush()
    }

    /// What a domain with the input has written of a line that has no end, such as a prompt; for times of silence.
    public mutating func settle() -> [Piece] {
        if mode == .plain, let focus, focus > 0, let line = open.last, line.owner == nil,
            !wording.mayMatch(line.text), open.count == 1
        {
            release(.domain(focus))
        }
        return flush()
    }

    /// Everything that is left, at the end of the stream.
    public mutating func finish() -> [Piece] {
        if hasCarriageReturn { feed(0x0d) }
        hasCarriageReturn = false
        if mode == .head { becomePlain() }
        switch mode {
        case .plain:
            appendToLine(held)
            held = []
            while let line = open.popLast() { emit(line.owner ?? owner(of: line.text), line.text) }
        case .raw:
            let rest = held
            held = []
            for byte in rest { emitRaw(byte) }
        case .head, .tagged: break
        }
        mode = .raw
        return flush()
    }

    private mutating func flush() -> [Piece] {
        defer { pieces = [] }
        return pieces
    }

    // MARK: Bytes

    private mutating func take(_ byte: UInt8) {
        if byte == 0x0d {
            if hasCarriageReturn { feed(byte) }
            hasCarriageReturn = true
            return
        }
        if hasCarriageReturn, byte != 0x0a { feed(0x0d) }
        hasCarriageReturn = false
        feed(byte)
    }

    private mutating func feed(_ byte: UInt8) {
        switch mode {
        case .raw, .plain: feedText(byte)
        case .head: feedHead(byte)
        case .tagged(let domain, let count):
            habits.note(byte, of: domain, isFull: count == Self.tagLimit)
            if byte != 0x0a || count != Self.tagLimit { emit(.domain(domain), [byte]) }
            mode = byte == 0x0a ? outer : .tagged(domain, count: count + 1)
        }
    }

    private var outer: Mode { open.isEmpty ? .raw : .plain }

    /// Text in which a line of Xen may begin at any byte.
    private mutating func feedText(_ byte: UInt8) {
        held.append(byte)
        var mark = LineMark(held, marks)
        while !held.isEmpty, mark == .none {
            pass([held.removeFirst()])
            if case .tagged = mode {
                // What is held belongs to the line of that domain.
                let rest = held
                held = []
                for byte in rest { feed(byte) }
                return
            }
            mark = LineMark(held, marks)
        }
        guard mark != .none, mark != .incomplete else { return }
        let text = held
        held = []
        begin(mark, text)
    }

    /// What may begin within text now.
    private var marks: LineMark.Kinds {
        guard !isFirmware, payload != .linux else { return [] }
        if mode == .raw {
            return habits.wasCutOff && payload == .xen(hasDom0: true) ? [.announcements, .tags] : [.announcements]
        }
        guard let line = open.last, line.owner != nil || !wording.isTime(line.text) else { return [] }
        // Where a domain with the input has begun a line, a kernel's time begins one of Dom0's.
        guard payload == .xen(hasDom0: true), let focus, focus > 0, line.owner ?? .domain(focus) == .domain(focus)
        else {
            return [.announcements]
        }
        return [.announcements, .times]
    }

    private mutating func begin(_ mark: LineMark, _ text: [UInt8]) {
        switch mark {
        case .none, .incomplete: pass(text)
        case .hypervisor:
            // Firmware may print what it likes; Xen's first line stands alone.
            guard !isFirmware || firmwareLine.isEmpty, payload != .linux, open.count < Self.depthLimit else {
                return pass(text)
            }
            isFirmware = false
            head = []
            mode = .head
        case .announcement:
            // The processor was within a line, which is over for it.
            if let line = open.last {
                emit(line.owner ?? owner(of: line.text), line.text)
                open.removeLast()
            } else if habits.cutOff.count == 1 {
                habits.cutOff = []
            }
            open.append(Line())
            mode = .plain
            appendToLine(text)
        case .tag(let domain):
            habits.cutOff.remove(domain)
            mode = .tagged(domain, count: 0)
        case .time:
            guard open.count < Self.depthLimit, wording.owns(open.last?.text ?? []) == false else { return pass(text) }
            open.append(Line(text: [], owner: .domain(0), last: nil))
            appendToLine(text)
        }
    }

    /// Text in which nothing begins.
    private mutating func pass(_ bytes: [UInt8]) {
        for byte in bytes { if mode == .plain { appendToLine([byte]) } else { emitRaw(byte) } }
    }

    private mutating func feedHead(_ byte: UInt8) {
        head.append(byte)
        switch DomainTag(head, hasTimes: hasTimes) {
        case .incomplete: break
        case .domain(let number): mode = .tagged(number, count: 0)
        case .none: becomePlain()
        }
    }

    private mutating func becomePlain() {
        let text = head
        head = []
        open.append(Line())
        mode = .plain
        for byte in text { feed(byte) }
    }

    // MARK: Lines without a tag

    private mutating func appendToLine(_ bytes: [UInt8]) {
        for byte in bytes {
            guard !open.isEmpty else { return emitRaw(byte) }
            open[open.count - 1].text.append(byte)
            if byte != 0x0a, let line = open.last, line.text.count >= Self.lineLimit {
                release(line.owner ?? owner(of: line.text))
            }
            if byte == 0x0a { endLine() }
            if byte == 0x20 { noteTagInside() }
        }
    }

    /// Another domain's line may go on where the line of the one with the input was cut off.
    private mutating func noteTagInside() {
        guard let focus, focus > 0, let text = open.last?.text, text.count >= 6, text[text.count - 2] == 0x3a else {
            return
        }
        let digits = text.dropLast(2).reversed().prefix { (0x30...0x39).contains($0) }
        let number = digits.reversed().reduce(0) { $0 * 10 + Int($1 & 15) }
        let rest = text.dropLast(2 + digits.count)
        guard (1...5).contains(digits.count), number != focus, rest.suffix(3).elementsEqual("DOM".utf8) else { return }
        open[open.count - 1].text = Array(rest.dropLast(3))
        if open[open.count - 1].text.isEmpty, open[open.count - 1].owner == nil { open.removeLast() }
        mode = .tagged(number, count: 0)
    }

    private mutating func endLine() {
        guard var line = open.popLast() else { return }
        let source = line.owner ?? owner(of: line.text)
        if source != .hypervisor, source != .domain(0), let outer = open.last,
            outer.owner == nil || outer.owner == source
        {
            // The same domain went on, on another processor.
            open[open.count - 1].text += line.text
            endLine()
            return
        }
        if case .domain(let number) = source {
            habits.cutOff.remove(number)
            let last = line.text.count > 1 ? line.text[line.text.count - 2] : line.last
            if habits.hasLineFeedOfHypervisor(number, last) { line.text.removeLast() }
        }
        emit(source, line.text)
        if source == .hypervisor {
            if !hasStartedDomains { hasTimes = line.text.first == UInt8(ascii: "[") }
            noteFocus(line.text)
        }
        mode = outer
    }

    /// A domain that loses the input is cut off within its line.
    private mutating func cutOff(_ domain: Int) {
        let source = SerialSource.domain(domain)
        while let line = open.last, line.owner == source || line.owner == nil && owner(of: line.text) == source {
            emit(source, line.text)
            open.removeLast()
            habits.cutOff.insert(domain)
        }
    }

    /// Gives what is there of the innermost line to its writer.
    private mutating func release(_ source: SerialSource) {
        let text = open[open.count - 1].text
        emit(source, text)
        open[open.count - 1] = Line(text: [], owner: source, last: text.last)
    }

    private mutating func owner(of text: [UInt8]) -> SerialSource {
        guard !wording.matches(text), let focus, focus > 0 else { return .hypervisor }
        return .domain(focus)
    }

    private mutating func noteFocus(_ line: [UInt8]) {
        let text = String(decoding: line, as: UTF8.self)
        guard let start = text.firstRange(of: "*** Serial input to ") else { return }
        hasStartedDomains = true
        let name = text[start.upperBound...].prefix { $0 != " " && !$0.isNewline }
        if let focus, focus > 0 { cutOff(focus) }
        focus = name.hasPrefix("DOM") ? Int(name.dropFirst(3)) : nil
        guard let focus, focus > 0 else { return }
        habits.gotInput = focus
        // It goes on where it was cut off, if on the same processor.
        if payload == .xen(hasDom0: true), habits.cutOff.contains(focus), open.isEmpty {
            open.append(Line(text: [], owner: .domain(focus), last: nil))
        }
    }

    // MARK: Writers

    private mutating func emitRaw(_ byte: UInt8) {
        if !isFirmware, payload == .xen(hasDom0: false), let focus, focus > 0 {
            // A processor that was within a line writes the next one as if it went on.
            open.append(Line())
            mode = .plain
            return appendToLine([byte])
        }
        emit(rawOwner, [byte])
        guard isFirmware else { return }
        if byte != 0x0a {
            // Longer lines are none that matter.
            if firmwareLine.count < 256 { firmwareLine.append(byte) }
            return
        }
        if startsKernel, firmwareLine.isEmpty {
            isFirmware = false
            startsKernel = false
        } else {
            startsKernel = firmwareLine == Self.start
        }
        firmwareLine = []
    }

    private var rawOwner: SerialSource {
        if isFirmware { return .firmware }
        switch payload {
        case .linux: return .domain(0)
        case .xen(let hasDom0):
            guard hasStartedDomains else { return .hypervisor }
            return hasDom0 ? .domain(0) : focus.map { .domain($0) } ?? .hypervisor
        }
    }

    private mutating func emit(_ source: SerialSource, _ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        if pieces.last?.source == source {
            pieces[pieces.count - 1].bytes += bytes
        } else {
            pieces.append(Piece(source: source, bytes: bytes))
        }
    }
}
