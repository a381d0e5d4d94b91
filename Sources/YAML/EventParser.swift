internal import CYAML

/// Owns libyaml's parser and the copy of the text that it reads.
@safe
struct EventParser: ~Copyable {
    /// A syntax error with its place.
    struct Problem: Error {
        var syntax: YAMLError.Syntax
        var mark: SourceMark
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let text: SourceText
    private let isReady: Bool

    init(_ text: SourceText) {
        self.text = text
        unsafe parser = UnsafeMutablePointer.allocate(capacity: 1)
        unsafe input = UnsafeMutableBufferPointer.allocate(capacity: text.bytes.count)
        _ = unsafe input.initialize(from: text.bytes)
        unsafe parser.initialize(to: yaml_parser_t())
        isReady = unsafe yaml_parser_initialize(parser) == 1
        guard isReady else { return }
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe input.deallocate()
    }

    /// The next event; after the stream's end, or after an error, there is none to ask for.
    mutating func next() throws(Problem) -> Event {
        guard isReady else { throw Problem(syntax: .other("out of memory"), mark: .start) }
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw problem() }
        defer { unsafe yaml_event_delete(&event) }
        return unsafe Self.copy(event)
    }

    private static func copy(_ event: yaml_event_t) -> Event {
        let mark = unsafe SourceMark(event.start_mark)
        switch unsafe event.type {
        case YAML_STREAM_START_EVENT: return Event(kind: .streamStart, mark: mark)
        case YAML_DOCUMENT_START_EVENT: return Event(kind: .documentStart, mark: mark)
        case YAML_DOCUMENT_END_EVENT: return Event(kind: .documentEnd, mark: mark)
        case YAML_ALIAS_EVENT:
            return unsafe Event(kind: .alias(string(event.data.alias.anchor) ?? ""), mark: mark)
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let value = unsafe String(decoding: bytes, as: UTF8.self)
            let plain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE
            return unsafe Event(
                kind: .scalar(value, plain: plain), anchor: string(scalar.anchor), tag: string(scalar.tag), mark: mark)
        case YAML_SEQUENCE_START_EVENT:
            let start = unsafe event.data.sequence_start
            return unsafe Event(kind: .sequenceStart, anchor: string(start.anchor), tag: string(start.tag), mark: mark)
        case YAML_SEQUENCE_END_EVENT: return Event(kind: .sequenceEnd, mark: mark)
        case YAML_MAPPING_START_EVENT:
            let start = unsafe event.data.mapping_start
            return unsafe Event(kind: .mappingStart, anchor: string(start.anchor), tag: string(start.tag), mark: mark)
        case YAML_MAPPING_END_EVENT: return Event(kind: .mappingEnd, mark: mark)
        default: return Event(kind: .streamEnd, mark: mark)
        }
    }

    private static func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        guard let text = unsafe text else { return nil }
        return unsafe String(decodingCString: text, as: UTF8.self)
    }

    private func problem() -> Problem {
        let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "out of memory"
        guard unsafe parser.pointee.error != YAML_READER_ERROR else { return readerProblem(problem) }
        let mark = unsafe SourceMark(parser.pointee.problem_mark)
        let context = unsafe parser.pointee.context.map { unsafe String(cString: $0) } ?? ""
        let opened = unsafe SourceMark(parser.pointee.context_mark)
        let found = text.scalar(at: mark)
        let syntax = YAMLError.Syntax(problem: problem, context: context, opened: opened, found: found)
        // The missing colon is noticed lines later; libyaml's end of the text is a line of its own.
        return Problem(syntax: syntax, mark: syntax == .missingColon ? opened : min(mark, text.end))
    }

    /// The reader tells a byte offset, no line.
    private func readerProblem(_ problem: String) -> Problem {
        let offset = unsafe Int(parser.pointee.problem_offset)
        let value = unsafe UInt32(bitPattern: parser.pointee.problem_value)
        let isControl = problem.hasPrefix("control")
        let byte = text.byte(at: offset) ?? 0
        return Problem(
            syntax: isControl ? .controlCharacter(value) : .invalidUTF8(byte: byte), mark: text.mark(at: offset))
    }
}

extension SourceMark {
    /// From libyaml's 0-based mark.
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }
}
