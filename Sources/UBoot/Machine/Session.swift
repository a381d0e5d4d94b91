/// Running a machine from outside: typed lines, or a script as after ImageBuilder's hint.
extension Machine {
    /// One typed line or construct and what came of it.
    public struct TypedCommand: Sendable, Codable, Equatable {
        /// The line; lines of a construct are joined by line feeds.
        public var command: ByteString
        /// What the console showed, without echo and prompt.
        public var output: ByteString
        /// `$?` behind it; nil if U-Boot does not come back.
        public var status: Int?

        /// Writes all three fields, `status` also where it is null.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(command, forKey: .command)
            try container.encode(output, forKey: .output)
            try container.encode(status, forKey: .status)
        }
    }

    /// Types lines at the prompt; ends early where U-Boot does not come back.
    ///
    /// - Parameters:
    ///   - text: lines, each ended by a line feed but perhaps the last one.
    ///   - source: the name of the lines in places.
    ///   - firstLine: the number of the first line in places.
    /// - Returns: what each line printed and left in `$?`, and how it ended.
    public mutating func type(
        _ text: [UInt8], source: String, firstLine: Int = 1
    ) -> (commands: [TypedCommand], ending: BootRecord.Ending) {
        var reader = TypedLines(
            text, source: source, firstLine: firstLine, lineLimit: TypedLines.lineLimit(release),
            depthLimit: limits.nesting)
        var typed: [TypedCommand] = []
        while !reader.isAtEnd {
            let shown = console.count
            if !typed.isEmpty { interruption?.clear() }
            var (lines, result) = reader.next(separators: environment.separators)
            isRepeating = lines == [TypedLines.lineFeed]
            if isRepeating {
                guard canRepeat else {
                    typed.append(Self.entry(lines, "", lastStatus))
                    continue
                }
                let (more, again) = reader.again(repeatedLine, separators: environment.separators)
                keepForRepeating(more)
                lines += more
                result = again
            } else {
                repeatedLine = []
                canRepeat = true
                keepForRepeating(lines)
            }
            if result.end == .error || result.end == .unfinished { canRepeat = false }
            do throws(MachineStop) {
                try runTyped(result)
            } catch .interruption {
                lastStatus = 1
            } catch {
                typed.append(Self.entry(lines, console.text(from: shown), nil))
                return (typed, error.ending)
            }
            if interruption?.isAsked == true { canRepeat = false }
            typed.append(Self.entry(lines, console.text(from: shown), lastStatus))
        }
        return (typed, .prompt)
    }

    /// Keeps lines for an empty one to repeat: those of a construct as one line, which need not mean the same.
    ///
    /// U-Boot joins them by blanks, without empty ones, and gives up where the line gets longer than can be typed.
    private mutating func keepForRepeating(_ lines: [UInt8]) {
        for line in lines.split(separator: TypedLines.lineFeed) {
            guard !repeatedLine.isEmpty else {
                repeatedLine = line + [TypedLines.lineFeed]
                continue
            }
            guard repeatedLine.count + line.count + 1 <= TypedLines.lineLimit(release) else {
                canRepeat = false
                return
            }
            repeatedLine[repeatedLine.count - 1] = UInt8(ascii: " ")
            repeatedLine += line + [TypedLines.lineFeed]
        }
    }

    /// Whether the prompt asks for another line behind these, because a construct or a quote is open.
    public func isOpen(_ lines: [UInt8]) -> Bool {
        let repeats = canRepeat && lines.first == TypedLines.lineFeed
        let text = repeats ? repeatedLine.dropLast() + lines : lines
        var reader = TypedLines(
            text, source: "", firstLine: 1, lineLimit: TypedLines.lineLimit(release), depthLimit: limits.nesting)
        return reader.isOpen(separators: environment.separators)
    }

    /// Types Ctrl-C at the prompt: an empty line behind it repeats nothing.
    public mutating func interruptLine() {
        canRepeat = false
        print("<INTERRUPT>\n")
    }

    /// Runs one line with the effect of typing it, for setting a machine up; false if U-Boot does not come back.
    @discardableResult
    public mutating func type(line: String) -> Bool {
        type(Array(line.utf8), source: "<setup>").ending == .prompt
    }

    private mutating func runTyped(_ result: Parser.Result) throws(MachineStop) {
        try checkDepth(result)
        for place in result.errors where result.end != .unfinished {
            recorder.note(.syntaxError, at: place, callers: [])
            print("syntax error\n")
        }
        guard result.end == .line || result.end == .text else { return }
        try runAtPrompt(result.list)
    }

    private static func entry(_ lines: [UInt8], _ output: ByteString, _ status: Int?) -> TypedCommand {
        TypedCommand(
            command: ByteString(lines.last == TypedLines.lineFeed ? lines.dropLast() : lines), output: output,
            status: status)
    }

    /// Runs a script file that lies in memory already, with `source`, and gives how that ended.
    public mutating func source(at address: Address) -> BootRecord.Ending {
        do {
            _ = try call(["source", "\(hex: address.value)"], at: ScriptPlace(source: "<prompt>", line: 1, column: 1))
            return .prompt
        } catch {
            return error.ending
        }
    }

    /// Puts a file into RAM as a load at the prompt would have done, and notes it; false where that is no free RAM.
    public mutating func place(
        _ bytes: [UInt8], file: ByteString, path: String?, at address: Address
    ) throws(MemoryFault) -> Bool {
        let range = AddressRange(start: address, size: UInt64(bytes.count))
        guard isLoadable(range) else { return false }
        reserve(range)
        let writer = memory.identify(Provenance(source: .file(file), place: nil))
        try memory.write(bytes, at: address, by: writer)
        recordLoad(file, path: path, range: range, source: "tftp", place: nil)
        environment.set("fileaddr", "\(hex: address.value)")
        environment.set("filesize", "\(hex: bytes.count)")
        return true
    }
}

extension MachineStop {
    /// The same as the end of a run.
    public var ending: BootRecord.Ending {
        switch self {
        case .handOff: .handOff
        case .reset(let reason): .reset(reason)
        case .hang(let reason): .hang(reason)
        case .abort(let fault): .abort(fault.range)
        case .limit(let limit): .limit(limit)
        case .unknownCommand(let word): .unknownCommand(word.display)
        case .interruption: .prompt
        }
    }
}
